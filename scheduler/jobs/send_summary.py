"""At the due time, after the chasers: the day's summary for the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.summaries import send_summary
from scheduler.job import Job
from scheduler.round_rows import rows_of_rounds
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_summary(tx, tick.day, now)


JOB = Job(
    name="send_summary",
    title="Tổng hợp cuối ngày",
    run=run,
    rows=rows_of_rounds(lambda plan: plan.due, grace_minutes=GRACE_MINUTES),
    order=40,
)
