"""On a working morning: asks those who came back since the last working day for their health declaration."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.rounds.returning import ask_returned
from scheduler.job import Job, Row
from scheduler.timetable import Tick

GRACE_MINUTES = 600


def run(tx: Connection, tick: Tick, now: datetime) -> None:
    ask_returned(tx, tick.day, now)


JOB = Job(
    name="ask_returned",
    title="Hỏi khai báo y tế người đi công tác về",
    run=run,
    rows=lambda _tx: (Row("07:30", "working", GRACE_MINUTES),),
)
