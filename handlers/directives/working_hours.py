"""Working hours: when two of them have passed, and when somebody may be reminded at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from handlers.days.working_days import is_working_day, next_working_day
from handlers.local_time import ONE_DAY, at, local_day

SPANS = (("07:30", "11:30"), ("13:30", "17:00"))
DAYTIME = ("07:00", "18:00")
MORNING = "08:00"


def after_working_time(start: datetime, length: timedelta, exceptions: Mapping[date, str]) -> datetime:
    """The moment when so much working time has passed since `start`."""
    day = local_day(start)
    while True:
        if is_working_day(day, exceptions):
            for begins, ends in SPANS:
                begin, end = max(at(day, begins), start), at(day, ends)
                if begin < end and end - begin >= length:
                    return begin + length
                length -= max(end - begin, timedelta(0))
        day += ONE_DAY


def is_daytime(now: datetime, exceptions: Mapping[date, str]) -> bool:
    """False at night and on free days: nobody is reminded then."""
    day = local_day(now)
    begins, ends = DAYTIME
    return is_working_day(day, exceptions) and at(day, begins) <= now < at(day, ends)


def next_morning(now: datetime, exceptions: Mapping[date, str]) -> datetime:
    """08:00 of the next working day."""
    return at(next_working_day(local_day(now), exceptions), MORNING)


def coming_morning(now: datetime, exceptions: Mapping[date, str]) -> datetime:
    """08:00 of this working day, if that still comes, else of the next."""
    day = local_day(now)
    if is_working_day(day, exceptions) and now < at(day, MORNING):
        return at(day, MORNING)
    return next_morning(now, exceptions)
