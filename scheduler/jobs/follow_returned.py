"""Early every day: who came back from an area of risk is followed from then on."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.follow_ups import begin_for_returned
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 1080


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    begin_for_returned(tx, tick.day, now)


JOB = Job(
    name="follow_returned",
    title="Theo dõi sức khỏe người về từ vùng nguy cơ",
    run=run,
    rows=lambda _tx: (Row("05:00", "daily", GRACE_MINUTES),),
)
