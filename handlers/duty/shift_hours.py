"""From when to when a turn of duty lasts: "17:00-07:00", "7h30 đến 17h", or the whole day and night."""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers.local_time import ONE_DAY, at, clock_time, local_day

WHOLE_DAY = ("07:30", "07:30")  # until the next morning: trực 24/24
HOURS = re.compile(
    r"(\d{1,2})(?:[:hg.](\d{2})?)?\s*(?:-|–|—|đến|tới|den|toi)\s*(\d{1,2})(?:[:hg.](\d{2})?)?", re.IGNORECASE
)
ALL_DAY_WORDS = frozenset({"", "24/24", "24/24h", "cả ngày", "ca ngay", "24h"})


def read_hours(text: str) -> tuple[str, str] | None:
    """("17:00", "07:00"); None where it says no hours."""
    said = text.strip().casefold()
    if said in ALL_DAY_WORDS:
        return WHOLE_DAY
    found = HOURS.fullmatch(said)
    if found is None:
        return None
    hours = (int(found[1]), int(found[2] or 0), int(found[3]) % 24, int(found[4] or 0))
    if hours[0] > 23 or hours[1] > 59 or int(found[3]) > 24 or hours[3] > 59:
        return None
    return f"{hours[0]:02}:{hours[1]:02}", f"{hours[2]:02}:{hours[3]:02}"


def span_of(day: date, hours: tuple[str, str]) -> tuple[datetime, datetime]:
    """A turn that ends no later than it begins ends on the next day."""
    starts, ends = at(day, hours[0]), at(day, hours[1])
    return starts, ends if ends > starts else at(day + ONE_DAY, hours[1])


def say_hours(starts_at: datetime, ends_at: datetime) -> str:
    """ "07:30 đến 07:30 hôm sau"."""
    is_next_day = local_day(ends_at) > local_day(starts_at)
    return f"{clock_time(starts_at)} đến {clock_time(ends_at)}{' hôm sau' if is_next_day else ''}"
