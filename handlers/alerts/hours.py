"""Night and free days, when the duty roster comes first, and the quiet hours of what may wait."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from handlers.days.working_days import is_working_day
from handlers.local_time import ONE_DAY, at, local_day

OFFICE_HOURS = ("07:00", "17:30")
QUIET_FROM, QUIET_UNTIL = "21:30", "06:30"


def is_duty_time(now: datetime, exceptions: Mapping[date, str]) -> bool:
    """At night, on weekends and holidays."""
    day = local_day(now)
    begins, ends = OFFICE_HOURS
    return not (is_working_day(day, exceptions) and at(day, begins) <= now < at(day, ends))


def out_of_quiet(moment: datetime) -> datetime:
    """This moment, or the end of the quiet hours it falls into."""
    day = local_day(moment)
    if moment < at(day, QUIET_UNTIL):
        return at(day, QUIET_UNTIL)
    return at(day + ONE_DAY, QUIET_UNTIL) if moment >= at(day, QUIET_FROM) else moment
