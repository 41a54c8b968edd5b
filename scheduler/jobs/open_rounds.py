"""Opens the rounds of the day: every kind whose time has come asks the units."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.kinds import asked_kinds
from handlers.local_time import at
from handlers.rounds import open_round
from scheduler.job import Job
from scheduler.round_rows import rows_of_rounds
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    for kind in asked_kinds(tx):
        if kind.plan is not None and at(tick.day, kind.plan.opens) <= tick.due_at:
            open_round(tx, kind, tick.day, now)


JOB = Job(
    name="open_rounds",
    title="Mở đợt báo cáo",
    run=run,
    rows=rows_of_rounds(lambda plan: plan.opens, grace_minutes=GRACE_MINUTES),
    order=10,
)
