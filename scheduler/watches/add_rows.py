"""A kind that the office defined gets its calendar rows while we run."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from scheduler.calendar_rows import add_rows, lacks_rows
from scheduler.job import Watch


def look(tx: Connection, now: datetime) -> None:
    if lacks_rows(tx):
        add_rows(tx, now)


WATCH = Watch(name="add_rows", look=look)
