"""When an outward duty is spoken of: before it is due, when it is, and after, ever more rarely, until somebody settles it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from handlers.local_time import at, local_day

SOON = (timedelta(minutes=15), timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=4))
"""After "at once"."""
BEFORE_HOURS = (timedelta(hours=6), timedelta(hours=1))
BEFORE_DAYS = (timedelta(days=3), timedelta(days=1))
AFTER = (timedelta(), timedelta(hours=1), timedelta(hours=3))
MORNING = "08:00"
MORNINGS = 10  # then it stands in the record as not done; nobody is woken for ever
LONG = timedelta(days=3)


def moments(raised_at: datetime, due_at: datetime) -> list[datetime]:
    """Every moment at which a duty that stays owed is spoken of, in order."""
    if due_at <= raised_at:
        found = [raised_at + wait for wait in SOON]
    elif due_at - raised_at > LONG:
        found = [*(at(local_day(due_at - ahead), MORNING) for ahead in BEFORE_DAYS), due_at]
    else:
        found = [*(due_at - ahead for ahead in BEFORE_HOURS), *(due_at + wait for wait in AFTER)]
    return sorted({moment for moment in [*found, *_mornings_after(found[-1])] if moment > raised_at})


def _mornings_after(moment: datetime) -> Iterator[datetime]:
    for number in range(1, MORNINGS + 1):
        yield at(local_day(moment) + timedelta(days=number), MORNING)


def next_moment(raised_at: datetime, due_at: datetime, now: datetime) -> datetime | None:
    """The next of them after `now`; none: it has been spoken of often enough."""
    return next((moment for moment in moments(raised_at, due_at) if moment > now), None)
