"""At night: asks for a backup. It is made outside of any transaction, by the process that was given a folder."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.backups import want_backup
from scheduler.job import Job, Row
from scheduler.timetable import Tick


def run(tx: Connection, tick: Tick, _now: datetime) -> None:
    want_backup(tx, tick.due_at)


JOB = Job(
    name="back_up",
    title="Sao lưu dữ liệu",
    run=run,
    rows=lambda _tx: (Row("01:30", "daily", 20 * 60),),
    order=80,
    is_missed_aloud=False,
)
