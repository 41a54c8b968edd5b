"""Alerts: tell those who must act, at once and again, until one of them has taken it; then remind him until it is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection, and_, or_
from sqlalchemy.exc import DBAPIError

from handlers.access import Right
from handlers.command import Press
from handlers.local_time import clock_time, local_day
from handlers.telling import Buttons, tell_office, tell_person
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, bold
from storage.bells import ring
from storage.messages import Button, Lane
from storage.record import add, change, find_all, find_one
from storage.records import audit
from storage.records.alerts import (
    Alert,
    AlertState,
    alert_notices,
    alerts,
    alerts_due,
    find_alert,
    notices_of,
)
from storage.records.check_ins import find_check_in
from storage.records.people import Person, Role, find_person, people_named, people_with

log = structlog.get_logger()

REPEAT_AFTER = timedelta(minutes=5)
OFFICE_AFTER = 2  # repeats without an answer, then the office's room hears of it too
REMIND_TAKER_AFTER = timedelta(minutes=30)
BELL = "ticks"


def whom_to_alert(tx: Connection, unit_id: int, now: datetime) -> list[Person]:
    """Leaders, the monitoring team, and the head of the unit concerned."""
    day = local_day(now)
    leaders = people_with(tx, day, Role.LEADER, Role.MONITORING)
    heads = people_with(tx, day, Role.HEAD_OF_UNIT, unit_ids=[unit_id])
    return list({person.id: person for person in [*leaders, *heads]}.values())


def raise_alert(
    tx: Connection,
    *,
    rule: str,
    subject: str,
    check_in_id: int | None,
    unit_id: int,
    people: Iterable[Person],
    now: datetime,
) -> int:
    """Open an alert and tell everybody of `people` at once; returns its id."""
    alert_id = add(
        tx,
        alerts,
        rule=rule,
        subject=subject,
        check_in_id=check_in_id,
        unit_id=unit_id,
        state=AlertState.OPEN,
        step=0,
        next_at=now + REPEAT_AFTER,
        raised_at=now,
    )
    unreached = [p for p in people if not _tell(tx, alert_id, p, subject, step=0, raised_at=now, now=now)]
    if unreached:
        names = ", ".join(person.called for person in unreached)
        text = f"⚠️ Có một tin khẩn nhưng chưa chuyển được tới {names} (chưa liên kết tài khoản). Xin gọi điện báo giúp."
        tell_office(tx, text, key=f"alert/{alert_id}/unreached", lane=Lane.ALERT, now=now)
    ring(tx, BELL)
    return alert_id


def has_raised(tx: Connection, check_in_id: int) -> bool:
    """Was anybody alarmed because of this report?"""
    return find_one(tx, Alert, alerts, check_in_id=check_in_id) is not None


def amend_alert(tx: Connection, check_in_id: int, subject: str, *, successor_id: int, now: datetime) -> bool:
    """The report behind an alert was corrected: tell the same people; false if that report raised none."""
    alert = next(iter(_alerts_of(tx, check_in_id)), None)
    if alert is None:
        return False
    change(tx, alerts, alerts.c.id == alert.id, subject=subject, check_in_id=successor_id)
    text = f"✏️ {bold('Đính chính tin khẩn')} lúc {clock_time(now)}\n{subject}"
    _tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/amended/{successor_id}", now=now)
    return True


def retract_alert(tx: Connection, check_in_id: int, *, now: datetime) -> None:
    """The report behind an alert was withdrawn: the same people hear so, and it is they who close it."""
    for alert in _alerts_of(tx, check_in_id):
        subject = f"(Người báo đã rút lại) {alert.subject}"
        change(tx, alerts, alerts.c.id == alert.id, subject=subject)
        text = f"↩️ {bold('Rút lại tin khẩn')} lúc {clock_time(now)}\n{subject}"
        _tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/retracted/{check_in_id}", now=now)


def _tell_everybody_told(tx: Connection, alert: Alert, text: str, *, key: str, now: datetime) -> None:
    for person_id in sorted({notice.person_id for notice in notices_of(tx, alert.id)}):
        tell_person(tx, person_id, text, key=key, lane=Lane.ALERT, now=now, about=f"alert/{alert.id}")


def _alerts_of(tx: Connection, check_in_id: int) -> list[Alert]:
    return find_all(tx, Alert, alerts, alerts.c.check_in_id == check_in_id)


def _tell(
    tx: Connection, alert_id: int, person: Person, subject: str, *, step: int, raised_at: datetime, now: datetime
) -> bool:
    again = "" if step == 0 else f" (nhắc lại lần {step}, tin lúc {clock_time(raised_at)})"
    text = f"🚨 {bold('Tin khẩn')}{again}\n{subject}\n\nXin bấm “Đã nhận” để mọi người biết đã có người lo."
    add(tx, alert_notices, alert_id=alert_id, person_id=person.id, step=step, told_at=now)
    key = f"alert/{alert_id}/step/{step}"
    about = f"alert/{alert_id}"
    return tell_person(
        tx, person.id, text, key=key, lane=Lane.ALERT, now=now, about=about, buttons=_open_buttons(alert_id)
    )


def _open_buttons(alert_id: int) -> Buttons:
    return ((Button("✅ Đã nhận", f"alert:take:{alert_id}"), Button("Tôi không xử lý được", f"alert:pass:{alert_id}")),)


def escalate_due(tx: Connection, now: datetime) -> int:
    """Everything whose time has come: repeat what nobody took, remind who took it. Returns how many were moved."""
    return sum(_move_alone(tx, alert, now) for alert in alerts_due(tx, now))


def _move_alone(tx: Connection, alert: Alert, now: datetime) -> bool:
    """One alert in its own savepoint: a fault in it must not hold up the others. It is tried again after its wait."""
    try:
        with tx.begin_nested():
            return _move(tx, alert, now)
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the other alerts must go out
        log.error("alert_not_moved", alert=alert.id, error=type(error).__name__)
        change(tx, alerts, alerts.c.id == alert.id, next_at=now + REPEAT_AFTER)
        return False


def _move(tx: Connection, alert: Alert, now: datetime) -> bool:
    # the condition makes it once, whoever else looks at the same moment
    wait = REPEAT_AFTER if alert.state == AlertState.OPEN else REMIND_TAKER_AFTER
    is_mine = and_(alerts.c.id == alert.id, alerts.c.next_at == alert.next_at)
    if change(tx, alerts, is_mine, step=alert.step + 1, next_at=now + wait) != 1:
        return False
    if alert.state == AlertState.OPEN:
        _repeat(tx, alert, now)
    else:
        _remind_taker(tx, alert, now)
    return True


def _repeat(tx: Connection, alert: Alert, now: datetime) -> None:
    notices = notices_of(tx, alert.id)
    declined = {notice.person_id for notice in notices if notice.answer == "declined"}
    told = {notice.person_id for notice in notices}
    step = alert.step + 1
    still_here = [person for person in people_named(tx, list((told - declined) or told)) if person.is_active]
    for person in still_here:
        _tell(tx, alert.id, person, alert.subject, step=step, raised_at=alert.raised_at, now=now)
    if step >= OFFICE_AFTER:
        text = (
            f"🚨 Tin khẩn lúc {clock_time(alert.raised_at)} chưa có lãnh đạo nào bấm nhận. Xin Văn phòng gọi điện ngay."
        )
        tell_office(tx, text, key=f"alert/{alert.id}/office/{step}", lane=Lane.ALERT, now=now)


def _remind_taker(tx: Connection, alert: Alert, now: datetime) -> None:
    if alert.taken_by is None:
        return
    text = f"⏳ Tin khẩn anh/chị đã nhận lúc {clock_time(alert.taken_at or now)} còn mở:\n{alert.subject}"
    buttons = ((Button("Đã xử lý xong", f"alert:close:{alert.id}"),),)
    key = f"alert/{alert.id}/open/{alert.step + 1}"
    about = f"alert/{alert.id}"
    if not tell_person(tx, alert.taken_by, text, key=key, lane=Lane.ALERT, now=now, about=about, buttons=buttons):
        taker = find_person(tx, alert.taken_by)
        whom = taker.called if taker is not None else "người đã nhận"
        text = f"🚨 Tin khẩn lúc {clock_time(alert.raised_at)} còn mở mà tôi không nhắn được cho {whom}. Xin gọi điện ngay."
        tell_office(tx, text, key=key, lane=Lane.ALERT, now=now, about=about)


def _was_told(tx: Connection, alert: Alert, person_id: int) -> bool:
    return any(notice.person_id == person_id for notice in notices_of(tx, alert.id))


def _press(visit: Visit, parts: list[str]) -> None:
    deed, alert_id = parts[0], int(parts[1])
    alert = find_alert(visit.tx, alert_id)
    if alert is None:
        visit.close_press("Tin này không còn trong sổ.")
    elif not (visit.may(Right.TAKE_ALERTS) or _was_told(visit.tx, alert, visit.known.id)):
        visit.close_press(NOT_ALLOWED)
    elif alert.state == AlertState.CLOSED:
        visit.close_press("Việc này đã được xử lý xong.")
    else:
        DEEDS[deed](visit, alert)


def take(visit: Visit, alert: Alert) -> None:
    """ "Đã nhận": the first one takes it; the others learn who has it."""
    free = and_(alerts.c.id == alert.id, alerts.c.state == AlertState.OPEN)
    mine = change(
        visit.tx,
        alerts,
        free,
        state=AlertState.TAKEN,
        taken_by=visit.known.id,
        taken_at=visit.now,
        next_at=visit.now + REMIND_TAKER_AFTER,
    )
    _note_answer(visit, alert, "taken")
    if mine != 1:
        taker = find_person(visit.tx, alert.taken_by) if alert.taken_by else None
        visit.close_press(f"Đã ghi nhận. {taker.called if taker else 'Một người khác'} nhận trước và đang xử lý.")
        return
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="take_alert", subject=f"alert/{alert.id}")
    visit.close_press("Đã ghi nhận anh/chị nhận tin. Xong việc xin bấm “Đã xử lý xong”.")
    visit.reply(
        f"Anh/chị đã nhận tin lúc {clock_time(visit.now)}. Xong việc xin bấm nút dưới đây.",
        buttons=((Button("Đã xử lý xong", f"alert:close:{alert.id}"),),),
        about=f"alert/{alert.id}",
    )
    _tell_others_who_has_it(visit, alert)


def _tell_others_who_has_it(visit: Visit, alert: Alert) -> None:
    text = f"✅ {visit.known.called} đã nhận tin khẩn lúc {clock_time(visit.now)}."
    others = {notice.person_id for notice in notices_of(visit.tx, alert.id)}
    check_in = find_check_in(visit.tx, alert.check_in_id) if alert.check_in_id else None
    if check_in is not None:
        others.add(check_in.reported_by)  # who reported it should know that he was heard
    key = f"alert/{alert.id}/taken/{visit.message.key}"  # each time anew: he may pass it on, and the next one takes it
    for person_id in sorted(others - {visit.known.id}):
        tell_person(visit.tx, person_id, text, key=key, lane=Lane.ANSWER, now=visit.now)


def decline(visit: Visit, alert: Alert) -> None:
    """ "Tôi không xử lý được": the others are told again at once."""
    _note_answer(visit, alert, "declined")
    visit.close_press("Đã ghi nhận. Tin được chuyển ngay tới người khác.")
    if alert.state == AlertState.TAKEN and alert.taken_by != visit.known.id:
        return
    is_mine = and_(alerts.c.state == AlertState.TAKEN, alerts.c.taken_by == visit.known.id)  # never what was closed
    back = or_(alerts.c.state == AlertState.OPEN, is_mine)
    change(
        visit.tx,
        alerts,
        alerts.c.id == alert.id,
        back,
        state=AlertState.OPEN,
        taken_by=None,
        taken_at=None,
        next_at=visit.now,
    )
    ring(visit.tx, BELL)


def close(visit: Visit, alert: Alert) -> None:
    """ "Đã xử lý xong": nobody is reminded any more."""
    closed = change(
        visit.tx,
        alerts,
        alerts.c.id == alert.id,
        alerts.c.state != AlertState.CLOSED,
        state=AlertState.CLOSED,
        closed_by=visit.known.id,
        closed_at=visit.now,
        next_at=None,
    )
    if closed == 1:
        audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act="close_alert", subject=f"alert/{alert.id}")
        visit.reply(f"Đã khép tin khẩn lúc {clock_time(visit.now)}. Cảm ơn anh/chị.")
    visit.close_press("Đã khép.")


def _note_answer(visit: Visit, alert: Alert, answer: str) -> None:
    mine = and_(alert_notices.c.alert_id == alert.id, alert_notices.c.person_id == visit.known.id)
    change(visit.tx, alert_notices, mine, answer=answer, answered_at=visit.now)


DEEDS = {"take": take, "pass": decline, "close": close}
PRESSES: dict[str, Press] = {"alert": _press}


def take_by_word(visit: Visit, alert_id: int) -> bool:
    """ "đã nhận" in answer to the alert; false if there is nothing to take."""
    alert = find_alert(visit.tx, alert_id)
    if alert is None or alert.state == AlertState.CLOSED or not _was_told(visit.tx, alert, visit.known.id):
        return False
    take(visit, alert)
    return True
