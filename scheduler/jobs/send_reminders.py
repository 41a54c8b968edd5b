"""Reminds those who still owe, shortly before the due time; after it there is nothing to remind of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.kinds import asked_kinds
from handlers.rounds.reminding import send_reminders
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 9


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    send_reminders(tx, tick.day, now)


def rows(tx: Connection) -> tuple[Row, ...]:
    times = sorted({kind.plan.reminds for kind in asked_kinds(tx) if kind.plan is not None})
    return tuple(Row(time, "working", GRACE_MINUTES) for time in times)


JOB = Job(name="send_reminders", title="Nhắc báo cáo", run=run, rows=rows, order=20, is_missed_aloud=False)
