"""Alerts move when their time has come: the next step is told, or the taker reminded. A step is told once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from handlers.alerts import letters
from handlers.alerts.chain import Command
from handlers.alerts.machine import Move, pass_time
from handlers.alerts.policies import Policy
from handlers.alerts.standing import command_for, hold_alert, keep_standing, policy_of, standing_of, terms_of
from handlers.alerts.ways import keep_deliveries, put_first_way
from handlers.telling import tell_office, tell_person
from handlers.telling.phones import phones_of
from handlers.wording import bullets
from storage.inserts import insert_or_ignore
from storage.messages import Lane
from storage.record import change
from storage.records.alerts import (
    Alert,
    Happened,
    alert_notices,
    alerts,
    alerts_due,
    note_event,
    notices_of,
)
from storage.records.people import Person, find_person, people_named

log = structlog.get_logger()

NO_NUMBER = "chưa ghi số điện thoại"
MOST_TO_CALL = 8
AGAIN_AFTER_FAULT = timedelta(minutes=5)


def escalate_due(tx: Connection, now: datetime) -> int:
    """Everything whose time has come. Returns how many were moved."""
    return sum(_move_alone(tx, alert, now) for alert in alerts_due(tx, now))


def _move_alone(tx: Connection, alert: Alert, now: datetime) -> bool:
    """One alert in its own savepoint: a fault in it must not hold up the others. It is tried again after its wait."""
    try:
        with tx.begin_nested():
            return move(tx, alert.id, now)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other alerts must go out
        log.error("alert_not_moved", alert=alert.id, error=type(error).__name__)
        change(tx, alerts, alerts.c.id == alert.id, next_at=now + AGAIN_AFTER_FAULT)
        return False


def move(tx: Connection, alert_id: int, now: datetime, command: Command | None = None) -> bool:
    """Tell the next step, or remind the taker; false where somebody was faster or it rests."""
    alert = hold_alert(tx, alert_id)
    if alert is None or alert.next_at is None or alert.next_at > now:
        return False
    keep_deliveries(tx, alert.id)
    policy = policy_of(tx, alert)
    command = command or command_for(tx, alert, now)
    step = pass_time(standing_of(tx, alert), terms_of(policy, command), now)
    keep_standing(tx, alert, step.standing, policy, now)
    if step.remind is not None:
        _remind(tx, alert, step, now)
    else:
        _tell_step(tx, alert, step, policy=policy, command=command, now=now)
    return True


def _tell_step(tx: Connection, alert: Alert, step: Move, *, policy: Policy, command: Command, now: datetime) -> None:
    number = step.standing.step
    told = Counter(notice.person_id for notice in notices_of(tx, alert.id) if notice.step > 0)
    named = {person.id: person for person in people_named(tx, [*step.tell, *command.away])}
    unreached: list[Person] = []
    to_call = number_to_call(tx, alert)
    for person_id in step.tell:
        instead_of = [named[absent].called for absent in command.stands_for(person_id) if absent in named]
        text = letters.call_text(
            alert, told_before=told[person_id], is_first_step=number == 1, instead_of=instead_of, now=now
        )
        if not call(tx, alert, person_id, text + to_call, step=number, policy=policy, now=now):
            unreached.append(named[person_id])
    if unreached:
        _tell_of_unreached(tx, alert, unreached, number, now)
    if step.tell_office:
        text = f"🚨 Tin khẩn số {alert.id} {letters.since(alert, now)} chưa có lãnh đạo nào nhận. Xin Văn phòng gọi điện ngay{whom_to_call(tx, alert)}"
        _to_office(tx, alert, text, key=f"alert/{alert.id}/office/{number}", now=now)


def call(tx: Connection, alert: Alert, person_id: int, text: str, *, step: int, policy: Policy, now: datetime) -> bool:
    """Tell one person that it is his turn (`step` 0: a copy, so that he knows); false if he can be reached nowhere."""
    notice = {"alert_id": alert.id, "person_id": person_id, "step": step, "told_at": now}
    if not insert_or_ignore(tx, alert_notices, notice):
        return True
    is_reached = put_first_way(tx, alert, person_id, text, step=step, policy=policy, now=now)
    what = (Happened.TOLD if step else Happened.COPIED) if is_reached else Happened.UNREACHED
    note_event(tx, alert.id, what, at=now, person_id=person_id, step=step)
    return is_reached


def number_to_call(tx: Connection, alert: Alert) -> str:
    """At night nobody looks for the list of numbers: that of whoever told it, where the office has entered it."""
    reporter = find_person(tx, alert.reported_by) if alert.reported_by else None
    phone = phones_of(tx, [reporter.id]).get(reporter.id) if reporter else None
    return f"\n☎ {reporter.called} (người báo): {phone}" if reporter and phone else ""


def whom_to_call(tx: Connection, alert: Alert) -> str:
    """Those who were told and neither took it nor passed it on, the latest step first, with their numbers."""
    asked = sorted((notice for notice in notices_of(tx, alert.id) if notice.answer is None), key=lambda n: -n.step)
    ids = list(dict.fromkeys(notice.person_id for notice in asked))[:MOST_TO_CALL]
    named, phones = {person.id: person for person in people_named(tx, ids)}, phones_of(tx, ids)
    lines = [f"{named[one].in_full}: {phones.get(one, NO_NUMBER)}" for one in ids if one in named]
    return f":\n{bullets(lines)}" if lines else "."


def _tell_of_unreached(tx: Connection, alert: Alert, unreached: list[Person], step: int, now: datetime) -> None:
    names = ", ".join(person.called for person in unreached)
    text = f"⚠️ Có một tin khẩn nhưng chưa chuyển được tới {names} (chưa liên kết tài khoản). Xin gọi điện báo giúp."
    _to_office(tx, alert, text, key=f"alert/{alert.id}/unreached/{step}", now=now)


def _remind(tx: Connection, alert: Alert, step: Move, now: datetime) -> None:
    taker_id = step.remind or 0
    taker = find_person(tx, taker_id)
    called = taker.called if taker is not None else "người đã nhận"
    key = f"alert/{alert.id}/open/{taker_id}/{now.isoformat()}"
    is_reached = taker is not None and taker.is_active and _remind_taker(tx, alert, taker, key, now)
    note_event(tx, alert.id, Happened.REMINDED, at=now, person_id=taker_id)
    since = f"Tin khẩn số {alert.id} {letters.since(alert, now)}"
    if not is_reached:
        text = f"🚨 {since} còn mở mà tôi không nhắn được cho {called}. Xin gọi điện ngay."
        _to_office(tx, alert, text, key=key, now=now)
    elif step.tell_office:
        _to_office(
            tx, alert, f"⏳ {since}: {called} đã nhận nhưng chưa khép. Xin Văn phòng hỏi giúp.", key=key, now=now
        )


def _remind_taker(tx: Connection, alert: Alert, taker: Person, key: str, now: datetime) -> bool:
    text, buttons = letters.reminder_text(alert, now), letters.close_buttons(alert)
    about = f"alert/{alert.id}"
    return tell_person(tx, taker.id, text, key=key, lane=Lane.ALERT, now=now, about=about, buttons=buttons)


def _to_office(tx: Connection, alert: Alert, text: str, *, key: str, now: datetime) -> None:
    """The office's room: never what it is about, only that somebody must be called."""
    tell_office(tx, text, key=key, lane=Lane.ALERT, now=now, about=f"alert/{alert.id}")
    note_event(tx, alert.id, Happened.OFFICE_TOLD, at=now)
