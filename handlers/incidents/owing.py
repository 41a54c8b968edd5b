"""The duties of one incident as rows: brought by what becomes known, settled by somebody's word, never forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.incidents.all_kinds import incident_kind
from handlers.incidents.clocks import next_moment
from handlers.incidents.duties import Duty, all_duties, duties_brought
from handlers.incidents.kind import Facts
from storage.bells import ring
from storage.record import change, keep
from storage.records.incidents import DutyState, Incident, IncidentState, OwedDuty, duties, duties_of
from storage.records.journals import write_journal

BELL = "ticks"


def facts_of(incident: Incident) -> Facts:
    return incident_kind(incident.kind).facts(incident.answers)


def bring_duties(tx: Connection, incident: Incident, now: datetime) -> list[Duty]:
    """Bring the rows to what is known now; returns what is newly owed."""
    if incident.state != IncidentState.OPEN:
        return []
    standing = {owed.name: owed for owed in duties_of(tx, incident.id)}
    brought = {duty.name: duty for duty in duties_brought(incident.kind, facts_of(incident))}
    for name, owed in standing.items():
        if name not in brought and owed.state == DutyState.OWED:
            _lapse(tx, incident, owed, now)
    new = [duty for name, duty in brought.items() if name not in standing or standing[name].state == DutyState.LAPSED]
    for duty in new:
        _owe(tx, incident, duty, standing.get(duty.name), now)
    return new


def _owe(tx: Connection, incident: Incident, duty: Duty, lapsed: OwedDuty | None, now: datetime) -> None:
    due_at = incident.raised_at + duty.within
    # known only later: "at once" runs from the moment it became known
    next_at = next_moment(now if duty.is_at_once else incident.raised_at, now if duty.is_at_once else due_at, now)
    values = {"state": DutyState.OWED, "due_at": due_at, "next_at": next_at}
    if lapsed is None:
        keep(tx, duties, incident_id=incident.id, name=duty.name, chases=0, **values)
    else:
        change(tx, duties, duties.c.id == lapsed.id, **values)
    text = f"{duty.whom}: {duty.clock} ({duty.law})"
    write_journal(tx, incident.about, at=now, actor_id=None, act="duty_owed", text=text)
    ring(tx, BELL)


def _lapse(tx: Connection, incident: Incident, owed: OwedDuty, now: datetime) -> None:
    change(tx, duties, duties.c.id == owed.id, state=DutyState.LAPSED, next_at=None)
    text = f"{all_duties()[owed.name].whom}: không còn phải báo theo những gì đã rõ"
    write_journal(tx, incident.about, at=now, actor_id=None, act="duty_lapsed", text=text)


def settle_duty(
    tx: Connection,
    incident: Incident,
    owed: OwedDuty,
    state: DutyState,
    *,
    by: int,
    now: datetime,
    note: str | None = None,
) -> bool:
    """Somebody says it is done, or why it need not be; false where it was settled already."""
    is_owed = (duties.c.id == owed.id, duties.c.state == DutyState.OWED)
    values = {"state": state, "settled_at": now, "settled_by": by, "note": note, "next_at": None}
    if change(tx, duties, *is_owed, **values) != 1:
        return False
    whom = all_duties()[owed.name].whom
    told = f"Đã báo, đã làm: {whom}" if state == DutyState.DONE else f"Không phải báo {whom}: {note}"
    write_journal(tx, incident.about, at=now, actor_id=by, act=f"duty_{state}", text=told)
    return True


def note_duty(tx: Connection, incident: Incident, owed: OwedDuty, note: str, *, by: int, now: datetime) -> None:
    """Who took the message, on which number."""
    change(tx, duties, duties.c.id == owed.id, note=note)
    text = f"{all_duties()[owed.name].whom}: {note}"
    write_journal(tx, incident.about, at=now, actor_id=by, act="duty_noted", text=text)


def still_owed(tx: Connection, incident_id: int) -> list[OwedDuty]:
    return [owed for owed in duties_of(tx, incident_id) if owed.state == DutyState.OWED]


def rest_duties(tx: Connection, incident_id: int) -> None:
    """The incident is over, joined or withdrawn: what is still owed stays in the record, nobody is reminded of it."""
    change(tx, duties, duties.c.incident_id == incident_id, next_at=None)


def wake_duties(tx: Connection, incident: Incident, now: datetime) -> None:
    """It is followed up by itself again: what is still owed is spoken of again."""
    for owed in still_owed(tx, incident.id):
        moment = next_moment(incident.raised_at, owed.due_at, now)
        change(tx, duties, duties.c.id == owed.id, next_at=moment)
    ring(tx, BELL)
