"""Moments named in somebody's words: "16:00", "8 giờ sáng mai", "chiều thứ Năm 3h", "30 phút nữa"; with their places in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from handlers.local_time import VIETNAM, local, local_day
from understanding.dates import read_dates
from understanding.phrases.normalize import fold
from understanding.times import read_times

PART = re.compile(r"\s*(?:buoi\s+)?(?P<part>sang|trua|chieu|toi|dem)(?:\s+nay)?(?![a-z])")
MINUTE_MARK = re.compile(r"\s*(?:['’]|phut(?![a-z]))")
LATE = {"trua": range(1, 3), "chieu": range(1, 12), "toi": range(1, 12), "dem": range(6, 12)}
"""The hours that these parts of the day move behind noon."""
TO_A_DAY_AFTER = re.compile(r"[\s,]*(?:(?:cua|vao|hom|ngay)\s+)*")
TO_A_DAY_BEFORE = re.compile(r"[\s,:]*(?:(?:vao|luc|hoi|khoang)\s*)*")
LIMIT = re.compile(r"(?:truoc|han(?:\s+chot)?(?:\s+la)?|cham nhat|muon nhat)(?:\s+(?:luc|la|vao|ngay|den))*[\s:]*\Z")
SOON = re.compile(
    r"(?<![a-z\d])(?:sau\s+)?(?P<count>\d{1,3}|nua|mot)\s*(?P<unit>phut|p|tieng|gio|h)\s+nua(?![a-z])"
    r"|(?<![a-z])sau\s+(?P<after>\d{1,3}|mot)\s*(?P<after_unit>phut|tieng)(?![a-z])"
)
MINUTES = {"phut": 1, "p": 1, "tieng": 60, "gio": 60, "h": 60}


class _Day(NamedTuple):
    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMoment:
    """`start`, `end`: its words; `day_at` those of its day, where that stands apart. `is_limit`: "trước 16:00"; `names_part`:
    "3 giờ chiều", or so and so long from now."""

    at: datetime
    start: int
    end: int
    names_day: bool
    names_part: bool
    is_limit: bool = False
    day_at: tuple[int, int] | None = None


def moments_in(text: str, said_at: datetime) -> list[NamedMoment]:
    """In the order of the text. An hour without a day is that of the day it was said on, past or not."""
    folded = fold(text)
    soon = [_soon(found, said_at) for found in SOON.finditer(folded)]
    dates = read_dates(text, local(said_at))
    days = [_Day(slot.value, *slot.span) for slot in dates if slot.span and isinstance(slot.value, date)]
    hours = [(slot.value, slot.span) for slot in read_times(text) if slot.span and not _is_in(slot.span, soon)]
    found = [_moment(folded, hour, span, days, local_day(said_at)) for hour, span in hours]
    return sorted([*soon, *found], key=lambda one: one.start)


def last_moment_in(text: str, said_at: datetime) -> datetime | None:
    """When everything that a text speaks of is past: its last hour, or the end of its last day."""
    hours = [one.at for one in moments_in(text, said_at)]
    with_hour = {local_day(at) for at in hours}
    last_days = [
        slot.value[1] if isinstance(slot.value, tuple) else slot.value for slot in read_dates(text, local(said_at))
    ]
    ends = [datetime.combine(day, time(23, 59), VIETNAM) for day in last_days if day not in with_hour]
    return max([*hours, *ends], default=None)


def _soon(found: re.Match[str], said_at: datetime) -> NamedMoment:
    count, unit = found["count"] or found["after"], found["unit"] or found["after_unit"]
    length = {"nua": 0.5, "mot": 1.0}.get(count) or float(count)
    at = (said_at + timedelta(minutes=round(length * MINUTES[unit]))).replace(second=0, microsecond=0)
    return NamedMoment(at=at, start=found.start(), end=found.end(), names_day=True, names_part=True)


def _is_in(span: tuple[int, int], soon: Sequence[NamedMoment]) -> bool:
    return any(one.start < span[1] and span[0] < one.end for one in soon)


def _moment(folded: str, hour: time, span: tuple[int, int], days: Sequence[_Day], today: date) -> NamedMoment:
    """The day whose words touch those of the hour counts first, else the last one named before it."""
    marked = MINUTE_MARK.match(folded, span[1])
    start, end = span[0], marked.end() if marked else span[1]
    part = PART.match(folded, end)
    end = part.end() if part else end
    beside = _day_beside(folded, span, end, days)
    chosen = beside or next((one for one in reversed(days) if one.end <= start), None)
    if part is None and chosen is not None:
        part = PART.search(f" {folded[chosen.start : chosen.end]}")
    late = part is not None and hour.hour in LATE.get(part["part"], ())
    on = today if chosen is None else chosen.day
    return NamedMoment(
        at=datetime.combine(on, hour, VIETNAM) + (timedelta(hours=12) if late else timedelta(0)),
        start=start if beside is None else min(start, beside.start),
        end=end if beside is None else max(end, beside.end),
        names_day=chosen is not None,
        names_part=part is not None,
        is_limit=LIMIT.search(folded[:start]) is not None,
        day_at=None if chosen is None or beside is not None else (chosen.start, chosen.end),
    )


def _day_beside(folded: str, hour: tuple[int, int], end: int, days: Sequence[_Day]) -> _Day | None:
    """ "8 giờ sáng mai", "mai lúc 8 giờ"; `end`: behind the part of the day that follows the hour."""
    for day in days:
        if day.start >= hour[1] and (day.start <= end or TO_A_DAY_AFTER.fullmatch(folded, end, day.start)):
            return day
        if day.end <= hour[0] and TO_A_DAY_BEFORE.fullmatch(folded, day.end, hour[0]):
            return day
    return None
