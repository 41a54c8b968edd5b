"""Incidents: nothing closed without a moment, nothing settled without somebody, nobody reminded of what is over."""

from __future__ import annotations

from sqlalchemy import exists, or_, select

from storage.invariant import Invariant
from storage.records.incidents import DutyState, IncidentState, duties, incidents, likenesses

_host = incidents.alias("host")
_settled = (DutyState.DONE, DutyState.WAIVED)

INVARIANTS = (
    Invariant(
        "Sự việc có trạng thái lạ (số)", select(incidents.c.id).where(incidents.c.state.not_in(list(IncidentState)))
    ),
    Invariant(
        "Sự việc đã khép mà không ghi ai, lúc nào (số)",
        select(incidents.c.id).where(
            incidents.c.state == IncidentState.CLOSED, incidents.c.closed_by.is_(None) | incidents.c.closed_at.is_(None)
        ),
    ),
    Invariant(
        "Sự việc đã gộp mà không ghi gộp vào đâu, hoặc ngược lại (số)",
        select(incidents.c.id).where(
            (incidents.c.state == IncidentState.JOINED) != incidents.c.joined_into_id.is_not(None)
        ),
    ),
    Invariant(
        "Sự việc gộp vào chính nó (số)", select(incidents.c.id).where(incidents.c.joined_into_id == incidents.c.id)
    ),
    Invariant(
        "Sự việc gộp vào một việc khác loại (số)",
        select(incidents.c.id).where(
            exists().where(_host.c.id == incidents.c.joined_into_id, _host.c.kind != incidents.c.kind)
        ),
    ),
    Invariant(
        "Việc phải báo ra ngoài có trạng thái lạ (số)",
        select(duties.c.id).where(duties.c.state.not_in(list(DutyState))),
    ),
    Invariant(
        "Việc phải báo ra ngoài đã ghi xong mà không ghi ai, lúc nào (số)",
        select(duties.c.id).where(
            duties.c.state.in_(_settled), or_(duties.c.settled_by.is_(None), duties.c.settled_at.is_(None))
        ),
    ),
    Invariant(
        "Việc không phải báo mà không ghi lý do (số)",
        select(duties.c.id).where(duties.c.state == DutyState.WAIVED, duties.c.note.is_(None)),
    ),
    Invariant(
        "Việc phải báo đã xong mà còn bị nhắc (số)",
        select(duties.c.id).where(duties.c.state != DutyState.OWED, duties.c.next_at.is_not(None)),
    ),
    Invariant(
        "Hai tin đã có người quyết định mà không ghi ai, lúc nào (số)",
        select(likenesses.c.id).where(
            likenesses.c.decision.is_not(None),
            or_(likenesses.c.decided_by.is_(None), likenesses.c.decided_at.is_(None)),
        ),
    ),
)
