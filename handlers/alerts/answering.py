"""What people answer to an alert, by button or by word: taken, passed on, put off, closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import and_

from handlers.access import Right
from handlers.alerts import letters, machine
from handlers.alerts.changing import reporters_of
from handlers.alerts.machine import Move
from handlers.alerts.moving import move
from handlers.alerts.rooms import reassure_rooms
from handlers.alerts.standing import command_for, hold_alert, keep_standing, policy_of, standing_of, terms_of
from handlers.alerts.ways import keep_deliveries
from handlers.command import Press
from handlers.local_time import clock_time
from handlers.telling import Buttons, tell_person
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.bells import ring
from storage.messages import Button, Lane
from storage.record import add, change
from storage.records import audit
from storage.records.alerts import (
    Alert,
    AlertState,
    Answer,
    Happened,
    alert_notices,
    alerts,
    find_alert,
    note_event,
    notices_of,
    people_told,
    reports_of,
)
from storage.records.incidents import IncidentState, incident_of
from storage.records.people import find_person

BELL = "ticks"
OLD_AFTER = timedelta(days=7)
"""An older button still answers for those who hold a post of the chain; whoever was only told once no more."""
CLOSED = "Việc này đã được xử lý xong."
GONE = "Tin này không còn trong sổ."


def press(visit: Visit, parts: list[str]) -> None:
    deed, number = parts[0], parts[1]
    alert = the_one_meant(visit, int(number))
    if alert is None or deed not in DEEDS:
        visit.close_press(GONE)
    elif not may_answer(visit, alert):
        visit.close_press(NOT_ALLOWED)
    elif alert.state == AlertState.CLOSED:
        visit.close_press(CLOSED)
    else:
        DEEDS[deed](visit, alert)


def the_one_meant(visit: Visit, alert_id: int) -> Alert | None:
    """The alert itself, or the one it was merged into."""
    alert = hold_alert(visit.tx, alert_id)
    while alert is not None and alert.merged_into_id is not None:
        alert = hold_alert(visit.tx, alert.merged_into_id)
    return alert


def may_answer(visit: Visit, alert: Alert) -> bool:
    """Whoever holds a post that takes alerts, and whoever was told of this one lately."""
    if visit.may(Right.TAKE_ALERTS):
        return True
    told = [notice.told_at for notice in notices_of(visit.tx, alert.id) if notice.person_id == visit.known.id]
    return bool(told) and visit.now - max(told) < OLD_AFTER


def take(visit: Visit, alert: Alert) -> None:
    """ "Đã nhận": the first has it, unless several are needed; the others learn who."""
    policy, command = policy_of(visit.tx, alert), command_for(visit.tx, alert, visit.now)
    done = machine.take(standing_of(visit.tx, alert), terms_of(policy, command), visit.known.id, visit.now)
    _note_answer(visit, alert, Answer.TAKEN)
    if done.why in ("already", "mine"):
        _say_who_has_it(visit, alert, is_own=done.why == "mine")
        return
    keep_standing(visit.tx, alert, done.standing, policy, visit.now)
    _write_down(visit, alert, Happened.TAKEN, "take_alert")
    is_one_of_several = done.why == "one_of_several"
    count = f" ({len(done.standing.confirmed)}/{policy.needed} người cần nhận)" if is_one_of_several else ""
    _tell_of_taking(visit, alert, count)
    reassure_rooms(visit.tx, alert, visit.now)


def _say_who_has_it(visit: Visit, alert: Alert, *, is_own: bool) -> None:
    taker = find_person(visit.tx, alert.taken_by) if alert.taken_by else None
    called = "Anh/chị" if is_own else taker.called if taker else "Một người khác"
    visit.answer_shortly(f"Đã ghi nhận. {called} nhận trước và đang xử lý.")


def _tell_of_taking(visit: Visit, alert: Alert, count: str) -> None:
    """Whoever took it, and everybody who was told. `count`: how many of those needed have, where several are."""
    at = clock_time(visit.now)
    done = f"Xong việc xin báo “{letters.CLOSE}”"
    visit.close_press(f"Đã ghi nhận anh/chị nhận tin{count}. {done}.")
    text = f"Anh/chị đã nhận tin số {alert.id} lúc {at}{count}. {done} (hoặc nhắn: đóng)."
    visit.reply(text, buttons=letters.close_buttons(alert)[:1], about=f"alert/{alert.id}")
    _tell_others(visit, alert, f"✅ {visit.known.called} đã nhận tin khẩn số {alert.id} lúc {at}{count}.")


def decline(visit: Visit, alert: Alert) -> None:
    """ "Tôi không xử lý được": the next step is told at once, in this transaction."""
    done = machine.decline(standing_of(visit.tx, alert), visit.known.id, visit.now)
    _note_answer(visit, alert, Answer.DECLINED)
    _write_down(visit, alert, Happened.DECLINED, "decline_alert")
    visit.answer_shortly("Đã ghi nhận. Tin được chuyển ngay tới người khác.")
    if alert.taken_by == visit.known.id:  # nobody must go on trusting in him
        _tell_others(
            visit, alert, f"↪️ {visit.known.called} không xử lý được tin khẩn số {alert.id}: đang báo người khác."
        )
    if done.why == "goes_on":
        _keep(visit, alert, done)
        move(visit.tx, alert.id, visit.now)
        ring(visit.tx, BELL)


def snooze(visit: Visit, alert: Alert) -> None:
    """ "Hoãn 15 phút": once before somebody has taken it, and never for what is severe."""
    policy, command = policy_of(visit.tx, alert), command_for(visit.tx, alert, visit.now)
    done = machine.snooze(standing_of(visit.tx, alert), terms_of(policy, command), visit.known.id, visit.now)
    if done.why == "snoozed":
        if alert.state == AlertState.OPEN:
            _note_answer(visit, alert, Answer.SNOOZED)
        _keep(visit, alert, done)
        note_event(visit.tx, alert.id, Happened.SNOOZED, at=visit.now, person_id=visit.known.id)
        visit.answer_shortly(f"Đã hoãn: tôi nhắc lại anh/chị lúc {clock_time(visit.now + machine.SNOOZE)}.")
    elif done.why == "already":
        visit.answer_shortly("Đã có người nhận tin này, anh/chị không phải làm gì thêm.")
    else:
        visit.answer_shortly("Tin này không hoãn được nữa. Xin chọn “Đã nhận” hoặc “Tôi không xử lý được”.")


def close(visit: Visit, alert: Alert) -> None:
    """ "Đóng": nobody is reminded any more, and all who were told hear that it is over."""
    keep_deliveries(visit.tx, alert.id)
    done = machine.close(standing_of(visit.tx, alert))
    change(
        visit.tx,
        alerts,
        alerts.c.id == alert.id,
        state=done.standing.state,
        next_at=None,
        closed_by=visit.known.id,
        closed_at=visit.now,
    )
    _write_down(visit, alert, Happened.CLOSED, "close_alert")
    visit.close_press("Đã khép.")
    still_open, buttons = _open_incident(visit, alert)
    visit.reply(
        f"Đã khép tin khẩn số {alert.id} lúc {clock_time(visit.now)}. Cảm ơn anh/chị.{still_open}", buttons=buttons
    )
    text = f"🟢 Hết báo động: {visit.known.called} đã khép tin khẩn số {alert.id} lúc {clock_time(visit.now)}."
    _tell_others(visit, alert, text)


def _open_incident(visit: Visit, alert: Alert) -> tuple[str, Buttons]:
    """An alert is over when nobody need come any more; its incident goes on until everything outside was told."""
    told_of = (incident_of(visit.tx, report) for report in reports_of(visit.tx, alert.id))
    incident = next((found for found in told_of if found is not None), None)
    if incident is None or incident.state != IncidentState.OPEN:
        return "", ()
    if not (visit.may(Right.SEE_HEALTH) or incident.unit_id in visit.headed_unit_ids):
        return "", ()
    button = Button(f"Khép cả sự việc {incident.id}", f"incident:close:{incident.id}")
    return f" Sự việc {incident.id} còn mở để theo dõi và lập biên bản.", ((button,),)


DEEDS: dict[str, Callable[[Visit, Alert], None]] = {"take": take, "pass": decline, "snooze": snooze, "close": close}
PRESSES: dict[str, Press] = {"alert": press}


def _keep(visit: Visit, alert: Alert, done: Move) -> None:
    keep_standing(visit.tx, alert, done.standing, policy_of(visit.tx, alert), visit.now)


def _write_down(visit: Visit, alert: Alert, what: Happened, act: str) -> None:
    note_event(visit.tx, alert.id, what, at=visit.now, person_id=visit.known.id)
    audit.note(visit.tx, at=visit.now, actor_id=visit.known.id, act=act, subject=f"alert/{alert.id}")


def _note_answer(visit: Visit, alert: Alert, answer: Answer) -> None:
    """On the latest telling of this person; who takes it unasked gets one."""
    own = [notice for notice in notices_of(visit.tx, alert.id) if notice.person_id == visit.known.id]
    values = {"answer": answer, "answered_at": visit.now}
    if own:
        latest = max(own, key=lambda notice: notice.step)
        change(visit.tx, alert_notices, alert_notices.c.id == latest.id, **values)
    else:
        asked = {"alert_id": alert.id, "person_id": visit.known.id, "step": 0, "told_at": visit.now}
        add(visit.tx, alert_notices, **asked, **values)
    mine = and_(alert_notices.c.alert_id == alert.id, alert_notices.c.person_id == visit.known.id)
    change(visit.tx, alert_notices, mine, next_way_at=None)


def _tell_others(visit: Visit, alert: Alert, text: str) -> None:
    """Everybody who was told, and whoever reported it: he should know that he was heard."""
    key = f"alert/{alert.id}/news/{visit.message.key}"  # each time anew: it may be passed on, and the next one takes it
    me = visit.known.id
    told = people_told(visit.tx, alert.id, besides={me})
    others = {*told, *reporters_of(visit.tx, alert.id)} - {me}
    for person_id in sorted(others):
        tell_person(visit.tx, person_id, text, key=key, lane=Lane.ANSWER, now=visit.now, about=f"alert/{alert.id}")


def is_open_alert(visit: Visit, parts: list[str]) -> bool:
    """Whether a button of this alert still does something for this person."""
    alert = find_alert(visit.tx, int(parts[1])) if parts[1:] and parts[1].isdecimal() else None
    if alert is None or alert.state == AlertState.CLOSED:
        return False
    return parts[0] != "take" or alert.taken_by != visit.known.id
