"""At the due time: marks who is missing and tells the rooms and the heads of unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.kinds import asked_kinds
from handlers.rounds.reminding import send_chasers
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_chasers(tx, tick.day, now)


def rows(tx: Connection) -> tuple[Row, ...]:
    times = sorted({kind.plan.due for kind in asked_kinds(tx) if kind.plan is not None})
    return tuple(Row(time, "working", GRACE_MINUTES) for time in times)


JOB = Job(name="send_chasers", title="Đôn đốc đơn vị chưa báo cáo", run=run, rows=rows, order=30)
