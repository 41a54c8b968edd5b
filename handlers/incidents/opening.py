"""An incident from its first report: opened with it, corrected with it, taken back with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.incidents.all_kinds import kind_for
from handlers.incidents.cards import refresh_cards
from handlers.incidents.likeness import propose_joining
from handlers.incidents.owing import bring_duties, rest_duties
from storage.record import add, change, require
from storage.records.check_ins import CheckIn
from storage.records.incidents import (
    Incident,
    IncidentState,
    find_incident,
    incident_of,
    incidents,
    incidents_joined_into,
)
from storage.records.journals import write_journal


def open_incident(tx: Connection, kind: CheckInKind, check_in: CheckIn, subject: str, now: datetime) -> Incident | None:
    """Follow up what was just reported; None where this kind of report opens no incident. `subject`: one line, with names."""
    type_ = kind.incident(check_in.answers)
    if type_ is None:
        return None
    words = _words(check_in)
    found = kind_for(type_, words)
    incident_id = add(
        tx,
        incidents,
        check_in_id=check_in.id,
        kind=found.name,
        unit_id=check_in.unit_id,
        reported_by=check_in.reported_by,
        subject=subject,
        answers=found.prefill(type_, words),
        state=IncidentState.OPEN,
        raised_at=now,
    )
    incident = require(find_incident(tx, incident_id))
    write_journal(tx, incident.about, at=now, actor_id=check_in.reported_by, act="raised", text=subject)
    bring_duties(tx, incident, now)
    refresh_cards(tx, incident.id, now)
    propose_joining(tx, incident, now)
    return incident


def _words(check_in: CheckIn) -> str:
    return str(check_in.answers.get("what") or check_in.said)


def amend_incident(
    tx: Connection, kind: CheckInKind, old_id: int, new: CheckIn, *, subject: str, now: datetime
) -> Incident | None:
    """The first report was corrected: the incident goes on under the new one. Opened now where there was none."""
    incident = incident_of(tx, old_id)
    if incident is None:
        return open_incident(tx, kind, new, subject, now)
    type_, words = kind.incident(new.answers) or "other", _words(new)
    found = kind_for(type_, words)
    answers = {**found.prefill(type_, words), **({} if found.name != incident.kind else incident.answers)}
    values = {"kind": found.name, "subject": subject, "check_in_id": new.id, "answers": answers}
    change(tx, incidents, incidents.c.id == incident.id, **values)
    write_journal(tx, incident.about, at=now, actor_id=new.reported_by, act="corrected", text=subject)
    incident = require(find_incident(tx, incident.id))
    bring_duties(tx, incident, now)
    refresh_cards(tx, incident.id, now, is_news=True)
    return incident


def withdraw_incident(tx: Connection, check_in: CheckIn, now: datetime) -> None:
    """Whoever reported it took it back. One that others joined goes on: they have not taken theirs back."""
    incident = incident_of(tx, check_in.id)
    if incident is None:
        return
    write_journal(
        tx, incident.about, at=now, actor_id=check_in.reported_by, act="withdrawn", text="Người báo rút lại tin"
    )
    is_open = (incidents.c.id == incident.id, incidents.c.state == IncidentState.OPEN)
    if not incidents_joined_into(tx, incident.id):
        change(tx, incidents, *is_open, state=IncidentState.WITHDRAWN, closed_at=now)
        rest_duties(tx, incident.id)
    refresh_cards(tx, incident.id, now, is_news=True)
