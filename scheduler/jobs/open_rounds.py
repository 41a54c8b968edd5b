"""Opens the rounds of the day: every kind whose time has come asks the units."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.kinds import asked_kinds
from handlers.local_time import at
from handlers.rounds import open_round
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 240


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    for kind in asked_kinds(tx):
        if kind.plan is not None and at(tick.day, kind.plan.opens) <= tick.due_at:
            open_round(tx, kind, tick.day, now)


def rows(tx: Connection) -> tuple[Row, ...]:
    """One for every time at which some kind is asked."""
    times = sorted({kind.plan.opens for kind in asked_kinds(tx) if kind.plan is not None})
    return tuple(Row(time, "working", GRACE_MINUTES) for time in times)


JOB = Job(name="open_rounds", title="Mở đợt báo cáo", run=run, rows=rows, order=10)
