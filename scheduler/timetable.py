"""Which ticks are due: a pure function from the calendar rows, what was ticked already, and two moments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.days.working_days import is_working_day
from handlers.local_time import at, local_day
from storage.records.schedules import Schedule

ONE_DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Tick:
    """One moment of one schedule. `is_missed`: it came to light after its grace, and is only written down."""

    schedule: Schedule
    due_at: datetime
    is_missed: bool

    @property
    def day(self) -> date:
        return local_day(self.due_at)


def due_ticks(
    schedules: Iterable[Schedule],
    ticked: Collection[tuple[int, datetime]],
    *,
    since: datetime,
    now: datetime,
    exceptions: Mapping[date, str],
) -> list[Tick]:
    """The ticks after `since` and up to `now` that nobody has claimed, in the order of their times."""
    found = [
        Tick(schedule, due_at, now - due_at > timedelta(minutes=schedule.grace_minutes))
        for schedule in schedules
        for due_at in _moments(schedule, max(since, schedule.since), now, exceptions)
        if (schedule.id, due_at) not in ticked
    ]
    return sorted(found, key=lambda tick: (tick.due_at, tick.schedule.id))


def _moments(schedule: Schedule, since: datetime, now: datetime, exceptions: Mapping[date, str]) -> Iterator[datetime]:
    day = local_day(since)
    while day <= local_day(now):
        due_at = at(day, schedule.at)
        if since < due_at <= now and falls_on(schedule.days, day, exceptions):
            yield due_at
        day += ONE_DAY


def falls_on(days: str, day: date, exceptions: Mapping[date, str]) -> bool:
    """Does "working", "daily" or "mon,thu" mean this day?"""
    wanted = {part.strip() for part in days.split(",")}
    if "daily" in wanted or WEEKDAYS[day.weekday()] in wanted:
        return True
    return "working" in wanted and is_working_day(day, exceptions)
