"""A day or days named in a message, and which of several possible days is the sensible one."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

RECENT = timedelta(days=60)
"""A day without a year that passed no longer ago than this is that day, not next year's."""

SEASON = timedelta(days=180)
MONTHS = 12


class When(NamedTuple):
    """Days first..last; `back` is the other choice of the first day when it lies in the past."""

    first_word: int
    after: int
    first: date
    last: date
    sort: str = "day"  # day, range, period (some days within), since (days until now)
    back: date | None = None
    certainty: float = 1.0


def day_of_year(day: int, month: int, today: date) -> date | None:
    """ "15/6": this year's; next year's when this year's is long past; last year's when that was days ago."""
    choices = [_day(today.year + shift, month, day) for shift in (-1, 0, 1)]
    ahead = [choice for choice in choices if choice and choice >= today]
    behind = [choice for choice in choices if choice and choice < today]
    if behind and today - behind[-1] <= RECENT:
        return behind[-1] if not ahead or ahead[0] - today > RECENT else ahead[0]
    return ahead[0] if ahead else behind[-1] if behind else None


def is_day_and_month(day: int, month: int, today: date) -> bool:
    """ "21-5" counts no days from the 21st to the 5th: it is the 21st of May."""
    told = day_of_year(day, month, today) if day > month and 1 <= month <= MONTHS else None
    return told is not None and -RECENT <= told - today <= SEASON


def may_be_day_and_month(day: int, month: int, today: date) -> bool:
    """ "1-6" in May may be the first of June as well as six days: who reads it asks."""
    told = day_of_year(day, month, today) if 1 <= month <= MONTHS else None
    return told is not None and -RECENT / 2 <= told - today <= RECENT


def day_of_month(day: int, today: date) -> tuple[date | None, date | None]:
    """ "ngày 15": the next one from today, and the last one before."""
    ahead = next((each for each in _same_day(day, today, 1) if each >= today), None)
    back = next((each for each in _same_day(day, today, -1) if each <= today), None)
    return ahead, back


def _same_day(day: int, today: date, step: int) -> Iterator[date]:
    for months in range(4):
        at = today.year * 12 + today.month - 1 + step * months
        if found := _day(at // 12, at % 12 + 1, day):
            yield found


def full_day(day: int, month: int, year: int) -> date | None:
    return _day(year + 2000 if year < 100 else year, month, day)


def weekday_ahead(weekday: int, today: date) -> date:
    return today + timedelta(days=(weekday - today.weekday()) % 7)


def week_of(today: date, weeks: int) -> tuple[date, date]:
    monday = today + timedelta(days=7 * weeks - today.weekday())
    return monday, monday + timedelta(days=6)


def month_of(today: date, month: int, year: int | None = None) -> tuple[date, date]:
    """The month as a period, this year's or the next one still to come."""
    if year is None:
        year = today.year + (month < today.month)
    first = date(year, month, 1)
    return first, date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def end_of(first: date, days: int, unit: str) -> date:
    """The last day of a length of time; months are those of the calendar."""
    if unit != "thang":
        return first + timedelta(days=days - 1)
    months = first.year * 12 + first.month - 1 + days // 30
    _, last = month_of(first, months % 12 + 1, months // 12)
    return last.replace(day=min(first.day, last.day)) - timedelta(days=1)
