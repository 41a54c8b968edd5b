"""The contract of a job: what is done when a tick falls due, and the calendar rows it starts with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from scheduler.timetable import Tick


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the calendar as a new installation gets it; the office may change it later."""

    at: str
    days: str
    grace_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One thing the clock does, in one transaction.

    `run(tx, tick, now)`: the tick tells when it was due, `now` what the time really is (later, after downtime).
    """

    name: str
    title: str  # how the office reads of it when it was missed
    run: Callable[[Connection, Tick, datetime], None]
    rows: Callable[[Connection], tuple[Row, ...]]
    order: int = 50  # among the jobs of one minute
    is_missed_aloud: bool = True  # false: nobody lacks anything when it is left out
