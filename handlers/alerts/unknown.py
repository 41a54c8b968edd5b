"""Something urgent told in a room of ours by somebody nobody has tied to a name: passed on as unverified, never lost for a code."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.alerts.changing import tell_of_one_more
from handlers.alerts.raising import raise_alert
from handlers.kinds import kind_named
from handlers.local_time import local
from handlers.visit import Visit
from storage.holding import hold
from storage.record import find_all
from storage.records.alerts import Alert, AlertState, Happened, alerts, note_event
from storage.records.units import UnitKind, units, units_on
from understanding import read

RULE = "incident"
MARK = "(chưa xác minh)"
SAME_FOR = timedelta(hours=1)
HEALTH = "health"
PASSED_ON = (
    "🚨 Tôi đã báo người có trách nhiệm, ghi rõ là chưa xác minh vì tôi chưa biết anh/chị là ai. "
    "Xin {first}nhắn riêng cho tôi mã cá nhân do Văn phòng cấp."
)
CALL_FIRST = "gọi ngay 114 (cháy), 115 (cấp cứu), 113 (công an), và "
"""Not to who tells of an illness: of that a room hears as little as can be."""


def pass_on_unverified(visit: Visit) -> bool:
    """False where the room is not ours or nothing certain and urgent is told."""
    message, room = visit.message, visit.room
    if room is None or room.audience is None or message.forwarded or not message.text:
        return False
    reports = read(message.text, local(visit.said_at)).reports
    told = next((report for report in reports if report.kind == RULE and report.is_certain), None)
    if told is None:
        return False
    kind, answers = kind_named(visit.tx, RULE), {"type": told.get("type")}
    field, severity = kind.field(answers), kind.severity(answers)
    subject = f"{MARK} {message.user_name or 'một người'} trong nhóm {room.title or 'của đơn vị'}: {message.text}"
    unit_id = room.unit_id or _body(visit)
    hold(visit.tx, units, unit_id)  # of two who cry at once the second finds the alert of the first
    standing = _standing(visit.tx, unit_id, visit.now - SAME_FOR)
    if standing is not None:
        _tell_at_once(visit, standing, subject)
    else:
        raise_alert(
            visit.tx, rule=RULE, subject=subject, unit_id=unit_id, now=visit.now, severity=severity, field=field
        )
    visit.reply(PASSED_ON.format(first="" if field == HEALTH else CALL_FIRST))
    return True


def _tell_at_once(visit: Visit, standing: Alert, subject: str) -> None:
    """No report is kept of it that could be told of later, with others."""
    note_event(visit.tx, standing.id, Happened.JOINED, at=visit.now)
    key = f"alert/{standing.id}/unverified/{visit.message.key}"
    tell_of_one_more(visit.tx, standing, subject, key=key, now=visit.now)


def _body(visit: Visit) -> int:
    return units_on(visit.tx, visit.today, UnitKind.ORGANIZATION)[0].id


def _standing(tx: Connection, unit_id: int, since: datetime) -> Alert | None:
    """What somebody unknown told of this unit a while ago: one alert for what many shout."""
    where = (
        alerts.c.unit_id == unit_id,
        alerts.c.reported_by.is_(None),
        alerts.c.rule == RULE,
        alerts.c.state != AlertState.CLOSED,
        alerts.c.raised_at >= since,
    )
    return next(iter(find_all(tx, Alert, alerts, *where, order_by=(alerts.c.id,))), None)
