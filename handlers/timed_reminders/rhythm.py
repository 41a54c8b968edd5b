"""How often a reminder comes again: its days by the week, month, quarter or year, its hour, and what a day off does to it; pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from handlers.days.working_days import SATURDAY, is_working_day, working_day_before
from handlers.local_time import ONE_DAY, VIETNAM, WEEKDAYS, full_day, local_day

LONGEST = timedelta(days=400)
"""No rhythm is slower than once a year."""
LAST = 31
"""A day that a month lacks is its last one."""
QUARTER = 3


class Every(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """`on`: weekdays (Monday is 0) or days of the month; `month`: of the quarter (1 to 3) or of the year; `rests`: on days off
    nothing is said; what falls on one is said on the working day before, of what comes daily that day is left out."""

    every: Every
    at: time
    on: tuple[int, ...] = ()
    month: int = 0
    rests: bool = True
    since: date | None = None
    until: date | None = None

    def as_json(self) -> dict[str, Any]:
        days = {name: day and day.isoformat() for name, day in (("since", self.since), ("until", self.until))}
        return {**asdict(self), **days, "at": self.at.isoformat("minutes"), "on": list(self.on)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Rhythm:
        days = {name: kept[name] and date.fromisoformat(kept[name]) for name in ("since", "until")}
        made = {"every": Every(kept["every"]), "at": time.fromisoformat(kept["at"]), "on": tuple(kept["on"])}
        return cls(**{**kept, **days, **made})

    def names(self, day: date) -> bool:
        """Is it one of its days, working or not?"""
        match self.every:
            case Every.DAY:
                return True
            case Every.WEEK:
                return day.weekday() in self.on
            case Every.MONTH:
                return self._names_in_month(day)
            case Every.QUARTER:
                return (day.month - self.month) % QUARTER == 0 and self._names_in_month(day)
            case Every.YEAR:
                return day.month == self.month and self._names_in_month(day)

    def _names_in_month(self, day: date) -> bool:
        length = calendar.monthrange(day.year, day.month)[1]
        return day.day in {min(each, length) for each in self.on}

    def said_on(self, day: date, exceptions: Mapping[date, str]) -> date | None:
        """When what falls on this day is said."""
        wants_weekend = self.every is Every.WEEK and day.weekday() >= SATURDAY and day not in exceptions
        if not self.rests or wants_weekend or is_working_day(day, exceptions):
            return day
        return None if self.every is Every.DAY else working_day_before(day, exceptions)

    def next_after(self, moment: datetime, exceptions: Mapping[date, str]) -> datetime | None:
        """The first time behind `moment`; none when it has come to its end."""
        day = max(local_day(moment), self.since or date.min)
        end = min(day + LONGEST, self.until or date.max)
        while day <= end:
            said = self.said_on(day, exceptions) if self.names(day) else None
            if said is not None and (found := datetime.combine(said, self.at, VIETNAM)) > moment:
                return found
            day += ONE_DAY
        return None

    def moved_from(self, said: date, exceptions: Mapping[date, str]) -> date | None:
        """The day off for whose sake it is said on this one."""
        if self.names(said):
            return None
        days = (said + count * ONE_DAY for count in range(1, LAST))
        return next((day for day in days if self.names(day) and self.said_on(day, exceptions) == said), None)

    def told(self) -> str:
        """ "16:00 thứ Sáu hằng tuần, đến hết 31/12/2026"."""
        end = f", đến hết {full_day(self.until)}" if self.until else ""
        return f"{self.at:%H:%M} {self._days_told()}{end}"

    def _days_told(self) -> str:
        in_month = ", ".join("ngày cuối cùng" if each >= LAST else f"ngày {each}" for each in self.on)
        match self.every:
            case Every.DAY:
                return "các ngày làm việc" if self.rests else "hằng ngày"
            case Every.WEEK:
                return f"{', '.join(WEEKDAYS[each] for each in self.on)} hằng tuần"
            case Every.MONTH:
                return f"{in_month} hằng tháng"
            case Every.QUARTER:
                return f"{in_month} của tháng {('đầu', 'giữa', 'cuối')[self.month - 1]} mỗi quý"
            case Every.YEAR:
                return f"ngày {self.on[0]:02}/{self.month:02} hằng năm"
