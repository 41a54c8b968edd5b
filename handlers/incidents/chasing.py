"""Outward duties nobody has settled: spoken of before they are due, when they are, and after."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection

from handlers.incidents.cards import duty_buttons, title_of
from handlers.incidents.clocks import next_moment
from handlers.incidents.duties import all_duties
from handlers.incidents.following import who_follows
from handlers.incidents.telling import tell_followers
from handlers.local_time import short_moment
from handlers.wording import bold, bullets
from storage.messages import Lane
from storage.record import change
from storage.records.incidents import DutyState, Incident, IncidentState, OwedDuty, duties, duties_due, find_incident


def chase_duties(tx: Connection, now: datetime) -> int:
    """Speak of every duty whose moment has come, in one message for each incident; returns how many messages."""
    told = 0
    for incident_id, group in groupby(duties_due(tx, now), key=lambda owed: owed.incident_id):
        incident = find_incident(tx, incident_id)
        if incident is None:
            continue
        mine = [owed for owed in group if _claim(tx, incident, owed, now)]
        if mine and incident.state == IncidentState.OPEN:
            _speak(tx, incident, mine, now)
            told += 1
    return told


def _claim(tx: Connection, incident: Incident, owed: OwedDuty, now: datetime) -> bool:
    # the condition makes it once, whoever else looks at the same moment
    still = (duties.c.id == owed.id, duties.c.state == DutyState.OWED, duties.c.next_at == owed.next_at)
    raised_at = max(incident.raised_at, owed.due_at) if all_duties()[owed.name].is_at_once else incident.raised_at
    next_at = next_moment(raised_at, owed.due_at, now) if incident.state == IncidentState.OPEN else None
    return change(tx, duties, *still, next_at=next_at, chases=owed.chases + 1) == 1


def _speak(tx: Connection, incident: Incident, owed: list[OwedDuty], now: datetime) -> None:
    lines = [f"{all_duties()[one.name].whom}: {_how_late(one, now)}" for one in owed]
    text = (
        f"⏰ {bold(title_of(incident))}: chưa ghi nhận đã báo, đã làm\n{bullets(lines)}\n\n"
        "Xin chọn việc bên dưới: làm rồi thì ghi vào sổ, chưa làm thì lấy chữ soạn sẵn."
    )
    is_pressing = any(one.due_at <= now for one in owed)
    key = "duties/" + "-".join(f"{one.id}.{one.chases + 1}" for one in owed)
    people = who_follows(tx, incident, now)
    lane = Lane.ALERT if is_pressing else Lane.REMINDER
    tell_followers(tx, incident, people, text, key=key, now=now, lane=lane, buttons=duty_buttons(owed))


def _how_late(owed: OwedDuty, now: datetime) -> str:
    duty = all_duties()[owed.name]
    if duty.is_at_once:
        return f"phải báo ngay, từ {short_moment(owed.due_at)}"
    return f"{'quá hạn' if owed.due_at <= now else 'hạn'} {short_moment(owed.due_at)}"
