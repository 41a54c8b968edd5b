"""Working days: Monday to Friday, except the days that the calendar table names (holidays, swapped days)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from handlers.local_time import ONE_DAY
from storage.records.schedules import DayKind

SATURDAY = 5


def is_working_day(day: date, exceptions: Mapping[date, str]) -> bool:
    kind = exceptions.get(day)
    if kind is not None:
        return kind == DayKind.WORKING
    return day.weekday() < SATURDAY


def next_working_day(day: date, exceptions: Mapping[date, str]) -> date:
    """The first working day after `day`."""
    day += ONE_DAY
    while not is_working_day(day, exceptions):
        day += ONE_DAY
    return day


def working_day_before(day: date, exceptions: Mapping[date, str]) -> date:
    """The last working day before `day`."""
    day -= ONE_DAY
    while not is_working_day(day, exceptions):
        day -= ONE_DAY
    return day
