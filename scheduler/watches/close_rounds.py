"""Rounds that were opened late (after downtime) fall due outside the calendar: chased and summed up when they do."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.reminders import send_chasers
from handlers.summaries import send_summary
from scheduler.job import Watch
from storage.records.rounds import rounds_to_sum_up


def look(tx: Connection, now: datetime) -> None:
    today = local_day(now)
    if rounds_to_sum_up(tx, since=today, now=now):
        send_chasers(tx, today, now)
        send_summary(tx, today, now)


WATCH = Watch(name="close_rounds", look=look)
