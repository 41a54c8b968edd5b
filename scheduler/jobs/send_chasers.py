"""At the due time: marks who is missing and tells the rooms and the heads of unit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.rounds.reminding import send_chasers
from scheduler.job import Job
from scheduler.round_rows import rows_of_rounds
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_chasers(tx, tick.day, now)


JOB = Job(
    name="send_chasers",
    title="Đôn đốc đơn vị chưa báo cáo",
    run=run,
    rows=rows_of_rounds(lambda plan: plan.due, grace_minutes=GRACE_MINUTES),
    order=30,
)
