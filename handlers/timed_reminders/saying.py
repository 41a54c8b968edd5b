"""Says reminders whose hour has come, once; what came to light much too late is told to its author alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.local_time import clock_time, short_moment
from handlers.telling import tell_person, tell_room
from handlers.timed_reminders.rooms import rooms_meant
from handlers.wording import bold
from storage.messages import Lane
from storage.records.people import find_person
from storage.records.timed_reminders import ReminderState, TimedReminder, reminders_due, settle_reminder

GRACE = timedelta(minutes=45)
"""Later than this after its hour a reminder may be untrue: nobody is called to what is over."""


def say_due(tx: Connection, now: datetime) -> int:
    """Says how many were said. Call it every minute."""
    return sum(_say(tx, one, now) for one in reminders_due(tx, now))


def _say(tx: Connection, due: TimedReminder, now: datetime) -> bool:
    is_late = now - due.due_at > GRACE
    if not settle_reminder(tx, due.id, ReminderState.MISSED if is_late else ReminderState.SAID, now):
        return False
    if is_late:
        words = f"⏰ Lời nhắc lúc {short_moment(due.due_at)} chưa được nhắn vì khi ấy Trực Ban không chạy: nhắc {due.called}, “{due.text}”."
        tell_person(tx, due.author_id, words, key=f"reminder/{due.id}", lane=Lane.REMINDER, now=now)
        return False
    author = find_person(tx, due.author_id)
    by = f"\n({author.called if author else 'Trực Ban'} hẹn nhắc lúc {clock_time(due.due_at)})"
    for person_id in due.audience["people"]:
        _tell_person(tx, due, person_id, "" if person_id == due.author_id else by, now)
    for room in rooms_meant(tx, due.audience):
        tell_room(tx, room, f"⏰ {bold('Nhắc')}: {due.text}{by}", key=f"reminder/{due.id}", lane=Lane.REMINDER, now=now)
    return True


def _tell_person(tx: Connection, due: TimedReminder, person_id: int, by: str, now: datetime) -> None:
    person = find_person(tx, person_id)
    if person is not None:
        words = f"⏰ {bold(f'Nhắc {person.called}')}: {due.text}{by}"
        tell_person(tx, person_id, words, key=f"reminder/{due.id}", lane=Lane.REMINDER, now=now)
