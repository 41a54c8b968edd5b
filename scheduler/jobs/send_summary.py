"""At the due time, after the chasers: the day's summary for the office."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.kinds import asked_kinds
from handlers.summaries import send_summary
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_summary(tx, tick.day, now)


def rows(tx: Connection) -> tuple[Row, ...]:
    times = sorted({kind.plan.due for kind in asked_kinds(tx) if kind.plan is not None})
    return tuple(Row(time, "working", GRACE_MINUTES) for time in times)


JOB = Job(name="send_summary", title="Tổng hợp cuối ngày", run=run, rows=rows, order=40)
