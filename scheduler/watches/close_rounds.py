"""Rounds that fall due outside the calendar: opened late (after downtime) or left over from days when nobody was there.

Those of today are chased and summed up when they do. Those of days past are only closed and summed up, without chasing
anybody, and not before what people had said meanwhile could be heard.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.rounds import close_due
from handlers.rounds.reminding import send_chasers
from handlers.summaries import send_summary
from scheduler.watch import Watch
from storage.records.rounds import rounds_to_sum_up
from storage.records.schedules import last_missed

LOOK_BACK = timedelta(days=7)
UNTIL_HEARD = timedelta(minutes=3)
"""So long after a downtime came to light the backlog of the platforms has been heard."""


def look(tx: Connection, now: datetime) -> None:
    today = local_day(now)
    due = rounds_to_sum_up(tx, since=today - LOOK_BACK, now=now)
    if any(each.day == today for each in due):
        send_chasers(tx, today, now)
        send_summary(tx, today, now)
    past = [each for each in due if each.day < today]
    missed = last_missed(tx) if past else None
    if missed is not None and now - missed < UNTIL_HEARD:
        return
    for each in past:
        close_due(tx, each, now)
    for day in sorted({each.day for each in past}):
        send_summary(tx, day, now)


WATCH = Watch(name="close_rounds", look=look)
