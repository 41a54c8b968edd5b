"""Says reminders whose hour has come, once; what came to light much too late is told to its author alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.local_time import clock_time, local_day, short_day, short_moment
from handlers.telling import tell_office, tell_person, tell_room
from handlers.timed_reminders.cards import line_of
from handlers.timed_reminders.rhythm import Rhythm
from handlers.timed_reminders.rooms import rooms_meant
from handlers.wording import bold
from storage.messages import Lane
from storage.records.people import find_person, posts_of
from storage.records.schedules import exceptional_days
from storage.records.timed_reminders import (
    ReminderState,
    TimedReminder,
    go_on_with_reminder,
    reminders_due,
    settle_due,
)

GRACE = timedelta(minutes=45)
"""Later than this after its hour a reminder may be untrue: nobody is called to what is over."""


def say_due(tx: Connection, now: datetime) -> int:
    """Says how many were said. Call it every minute."""
    return sum(_say(tx, one, now) for one in reminders_due(tx, now))


def _say(tx: Connection, due: TimedReminder, now: datetime) -> bool:
    is_late = now - due.due_at > GRACE
    if due.rhythm is not None and not posts_of(tx, due.author_id, local_day(now)):
        return _end_with_its_author(tx, due, now)
    if not _settle(tx, due, ReminderState.MISSED if is_late else ReminderState.SAID, now):
        return False
    if is_late:
        _tell_author(
            tx,
            due,
            f"⏰ Lời nhắc lúc {short_moment(due.due_at)} chưa được nhắn vì khi ấy Trực Ban không chạy: nhắc {due.called}, “{due.text}”.",
            now,
        )
        return False
    return _tell(tx, due, now)


def _settle(tx: Connection, due: TimedReminder, state: ReminderState, now: datetime) -> bool:
    """What comes again waits for its next time, however many it has missed."""
    rhythm = Rhythm.from_json(due.rhythm) if due.rhythm else None
    next_at = rhythm.next_after(max(now, due.due_at), exceptional_days(tx)) if rhythm else None
    if next_at is not None:
        return go_on_with_reminder(tx, due, next_at)
    return settle_due(tx, due, state, now)


def _tell(tx: Connection, due: TimedReminder, now: datetime) -> bool:
    author = find_person(tx, due.author_id)
    by = f"\n({author.called if author else 'Trực Ban'} hẹn nhắc {_when(tx, due)})"
    rooms = rooms_meant(tx, due.audience, local_day(now))
    for person_id in due.audience["people"]:
        _tell_person(tx, due, person_id, "" if person_id == due.author_id else by, now)
    for room in rooms:
        tell_room(tx, room, f"⏰ {bold('Nhắc')}: {due.text}{by}", key=_key(due), lane=Lane.REMINDER, now=now)
    if not rooms and not due.audience["people"]:
        words = f"⏰ Lời nhắc này không tới được nhóm nào: {line_of(due)}. Nhóm của {due.called} chưa nối hoặc đã tháo (xem /maphong)."
        _tell_author(tx, due, words, now)
    return True


def _when(tx: Connection, due: TimedReminder) -> str:
    """ "lúc 16:00", "16:00 thứ Sáu hằng tuần; nhắc sớm vì 01/01 là ngày nghỉ"."""
    if due.rhythm is None:
        return f"lúc {clock_time(due.due_at)}"
    rhythm = Rhythm.from_json(due.rhythm)
    day_off = rhythm.moved_from(local_day(due.due_at), exceptional_days(tx))
    return rhythm.told() + (f"; nhắc sớm vì {short_day(day_off)} là ngày nghỉ" if day_off else "")


def _tell_person(tx: Connection, due: TimedReminder, person_id: int, by: str, now: datetime) -> None:
    person = find_person(tx, person_id)
    if person is None:
        return
    words = f"⏰ {bold(f'Nhắc {person.called}')}: {due.text}{by}"
    if not tell_person(tx, person_id, words, key=_key(due), lane=Lane.REMINDER, now=now):
        _tell_author(tx, due, f"⏰ Tôi chưa nhắn được cho {person.called}: “{due.text}”. Xin báo giúp.", now)


def _tell_author(tx: Connection, due: TimedReminder, words: str, now: datetime) -> None:
    tell_person(tx, due.author_id, words, key=f"{_key(due)}/author", lane=Lane.REMINDER, now=now)


def _end_with_its_author(tx: Connection, due: TimedReminder, now: datetime) -> bool:
    """Who has left the office sets nobody's days any more; the office may set it anew."""
    author = find_person(tx, due.author_id)
    if settle_due(tx, due, ReminderState.DROPPED, now) and author is not None and not due.audience["people"]:
        words = f"⏰ Đã dừng lời nhắc của {author.called}, người không còn giữ chức vụ nào: {line_of(due)}. Cần nhắc tiếp thì xin hẹn lại."
        tell_office(tx, words, key=_key(due), lane=Lane.REMINDER, now=now)
    return False


def _key(due: TimedReminder) -> str:
    return f"reminder/{due.id}/{due.due_at:%Y%m%d%H%M}"
