"""The working calendar: seeded with the public holidays, then the office's own to change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.days.public_holidays import public_holidays
from handlers.local_time import local_day
from storage.records.options import option, set_option
from storage.records.schedules import DayKind, name_day

SEEDED_TO = "calendar_seeded_to"
FIRST_YEAR = 2026


def seed_calendar(tx: Connection, now: datetime) -> None:
    """Write the public holidays of this year and the next, each year once: what the office removed stays removed."""
    year = local_day(now).year
    first = max(option(tx, SEEDED_TO, FIRST_YEAR - 1) + 1, min(year, FIRST_YEAR))
    for each_year in range(first, year + 2):
        for each in public_holidays(each_year):
            name_day(tx, each.day, DayKind(each.kind), each.note)
    if first < year + 2:
        set_option(tx, SEEDED_TO, year + 1)
