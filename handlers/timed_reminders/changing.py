"""Reminders that wait: listed, taken back, moved half an hour ahead, given another hour, brought in line with the calendar."""

from __future__ import annotations

import re
from datetime import datetime, time

from sqlalchemy import Connection

from handlers.access import Right
from handlers.command import Press
from handlers.local_time import VIETNAM, clock_time, local, local_day
from handlers.timed_reminders.cards import (
    TOPIC,
    buttons_of,
    half_an_hour_earlier,
    line_of,
    next_time,
    when_next,
    with_hour,
)
from handlers.timed_reminders.rhythm import Rhythm
from handlers.visit import Visit
from handlers.wording import OLD_BUTTON, bold, bullets
from storage.messages import Button
from storage.records.audit import note
from storage.records.schedules import exceptional_days
from storage.records.timed_reminders import (
    ReminderState,
    TimedReminder,
    change_reminder,
    find_reminder,
    settle_reminder,
    waiting_reminders,
)
from understanding.phrases.normalize import fold
from understanding.times import read_times

HOW = (
    "Hẹn: nhắc cả phòng 16:00 nộp báo cáo · nhắc Phòng KT 9:00 mai gửi số liệu · nhắc tôi 14:00 họp\n"
    "Lặp lại: nhắc cả phòng 16:00 thứ Sáu hằng tuần nộp báo cáo · nhắc các đơn vị ngày 5 hằng tháng gửi số liệu\n"
    "Bỏ: /nhac bỏ 3 · đổi giờ: /nhac đổi 3 9:30\n"
    "Báo cáo phải nộp đều đặn, có theo dõi ai chưa nộp: /loaibao"
)
STOP = re.compile(
    r"(?:(?:xin|nho|hay|em|anh|chi|toi)\s+)*(?:thoi|dung|ngung|bo|huy|xoa|khong)\s+(?:can\s+)?(?:(?:loi|hen)\s+)?nhac"
    r"(?:\s+(?:nho|nua|lai|viec nay))*(?:\s+(?:so\s+)?(?P<number>\d{1,6}))?(?:\s+(?:nua|nhe|a|di|giup|em|toi))*[\s.!]*"
)
NOT_OWN = "Không có lời nhắc ấy, hoặc không phải của anh/chị. Xem /nhac."
NO_CHANGE = "Giờ ấy đã qua, hoặc lời nhắc không còn chờ nữa, nên tôi chưa đổi gì. Xem /nhac."
MOST_BUTTONS = 6
IN_A_ROW = 3


def stops(visit: Visit) -> bool:
    """ "thôi nhắc số 3", "đừng nhắc nữa": taken back, or chosen from one's own; nobody's words who has set none."""
    found = STOP.fullmatch(fold(visit.message.text).strip())
    if found is None or not _shown_to(visit):
        return False
    if found["number"]:
        visit.reply(drop(visit, int(found["number"])))
    else:
        list_waiting(visit)
    return True


def list_waiting(visit: Visit) -> None:
    shown = _shown_to(visit)
    lines = bullets([f"Số {one.id}: {line_of(one)}{_next(one)}" for one in shown])
    drops = [Button(f"Bỏ số {one.id}", f"{TOPIC}:drop:{one.id}") for one in shown[:MOST_BUTTONS]]
    rows = tuple(tuple(drops[start : start + IN_A_ROW]) for start in range(0, len(drops), IN_A_ROW))
    words = f"{bold('Lời nhắc đã hẹn')}\n{lines or 'Không có lời nhắc nào đang chờ.'}\n\n{HOW}"
    visit.reply_privately(words, buttons=rows)


def _shown_to(visit: Visit) -> list[TimedReminder]:
    """One's own; the office reads everybody's but what people set for themselves alone."""
    known = visit.known.id
    waiting = waiting_reminders(visit.tx, None if visit.may(Right.SET_UP) else known)
    return [one for one in waiting if one.author_id == known or not one.audience["people"]]


def _next(kept: TimedReminder) -> str:
    return f" (lần tới: {next_time(kept)})" if kept.rhythm else ""


def drop(visit: Visit, reminder_id: int) -> str:
    found = _own(visit, reminder_id)
    if found is None:
        return NOT_OWN
    if not settle_reminder(visit.tx, found.id, ReminderState.DROPPED, visit.now):
        return "Lời nhắc ấy không còn chờ nữa."
    note(visit.tx, at=visit.now, actor_id=visit.known.id, act="reminder.dropped", subject=f"reminder/{found.id}")
    return f"Đã bỏ lời nhắc {line_of(found)}."


def _own(visit: Visit, reminder_id: int) -> TimedReminder | None:
    found = find_reminder(visit.tx, reminder_id)
    if found is None or (
        found.author_id != visit.known.id and (found.audience["people"] or not visit.may(Right.SET_UP))
    ):
        return None
    return found


def _press(visit: Visit, parts: list[str]) -> None:
    found = _own(visit, int(parts[1]))
    if found is None:
        visit.close_press(OLD_BUTTON)
    elif parts[0] == "drop":
        visit.close_press()
        visit.reply(drop(visit, found.id))
    elif parts[0] == "at":
        _change(visit, found, _at_hour(visit, found, time.fromisoformat(f"{parts[2][:2]}:{parts[2][2:]}")))
    else:
        _move_ahead(visit, found)


def _move_ahead(visit: Visit, found: TimedReminder) -> None:
    """The words keep the hour that was named: that is what people are to be ready for."""
    text = found.text if found.text.endswith(")") else f"{found.text} (lúc {clock_time(found.due_at)})"
    earlier = half_an_hour_earlier(found, visit.now)
    if earlier is None:
        visit.close_press(OLD_BUTTON)
    elif found.rhythm is None:
        _change(visit, found, {"due_at": earlier, "text": text})
    else:
        values = with_hour(found, local(earlier).time(), visit.now, exceptional_days(visit.tx))
        _change(visit, found, values and {**values, "text": text})


def say_at(visit: Visit, reminder_id: int, told: str) -> None:
    """/nhac đổi 3 9:30: the same days, another hour."""
    found, hours = _own(visit, reminder_id), read_times(told)
    if found is None:
        visit.reply(NOT_OWN)
    elif not hours:
        visit.reply(f"“{told}” không phải là giờ. Xin gõ như: /nhac đổi {reminder_id} 9:30.")
    else:
        _change(visit, found, _at_hour(visit, found, hours[0].value))


def _at_hour(visit: Visit, found: TimedReminder, hour: time) -> dict[str, object] | None:
    if found.rhythm is not None:
        return with_hour(found, hour, visit.now, exceptional_days(visit.tx))
    at = datetime.combine(local_day(found.due_at), hour, VIETNAM)
    return {"due_at": at} if at > visit.now else None


def _change(visit: Visit, found: TimedReminder, values: dict[str, object] | None) -> None:
    if values is None or not change_reminder(visit.tx, found.id, **values):
        visit.answer_shortly(OLD_BUTTON if visit.message.pressed else NO_CHANGE)
        return
    visit.close_press()
    changed = find_reminder(visit.tx, found.id)
    if changed is not None:
        visit.reply(f"⏰ Đã đổi: {line_of(changed)}{when_next(changed)}", buttons=buttons_of(changed, visit.now))


def follow_calendar(tx: Connection, now: datetime) -> None:
    """A day has become a day off or a working day: what comes again looks for its next time anew."""
    exceptions = exceptional_days(tx)
    for each in waiting_reminders(tx):
        found = Rhythm.from_json(each.rhythm).next_after(now, exceptions) if each.rhythm else None
        if found is not None and found != each.due_at and each.due_at > now:
            change_reminder(tx, each.id, due_at=found)


PRESSES: dict[str, Press] = {TOPIC: _press}
