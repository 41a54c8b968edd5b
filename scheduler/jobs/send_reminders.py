"""Reminds those who still owe, shortly before the due time; after it there is nothing to remind of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.rounds.reminding import send_reminders
from scheduler.job import Job
from scheduler.round_rows import rows_of_rounds
from scheduler.timetable import Tick

GRACE_MINUTES = 9


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_reminders(tx, tick.day, now)


JOB = Job(
    name="send_reminders",
    title="Nhắc báo cáo",
    run=run,
    rows=rows_of_rounds(lambda plan: plan.reminds, grace_minutes=GRACE_MINUTES),
    order=20,
    is_missed_aloud=False,
)
