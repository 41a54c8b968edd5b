"""A period that a report is about, as people name it: "tháng 11", "quý IV", "6 tháng đầu năm", "năm 2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.local_time import ONE_DAY
from understanding.phrases.normalize import fold

YEAR = r"(?:\s*(?:/|-|nam)?\s*(?P<year>20\d\d))?"
WHICH = r"(?:\s+(?P<which>nay|truoc|qua|roi|ngoai))?"
MONTH = re.compile(rf"thang(?:\s+(?P<number>1[0-2]|0?[1-9]))?{YEAR}{WHICH}")
QUARTER = re.compile(rf"quy(?:\s+(?P<number>iv|iii|ii|i|[1-4]))?{YEAR}{WHICH}")
PART = re.compile(rf"(?P<months>6|sau|9|chin)\s+thang(?:\s+(?P<half>dau|cuoi)(?:\s+nam)?)?{YEAR}")
WHOLE = re.compile(rf"(?:ca\s+)?nam{YEAR}{WHICH}")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
A_QUARTER, A_YEAR = 3, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Whole months; `code` names files: "2026-11", "2026-quy-4"."""

    title: str
    code: str
    first: date
    months: int

    @property
    def title_inside(self) -> str:
        """Within a sentence: "tháng 11/2026"."""
        return self.title[:1].lower() + self.title[1:]

    @property
    def last(self) -> date:
        return months_later(self.first, self.months) - ONE_DAY

    @property
    def before(self) -> Period:
        """What it is compared with: the month, quarter or year before; of a part of a year the same part a year ago."""
        back = self.months if self.months in WHOLES else A_YEAR
        first = months_later(self.first, -back)
        make = WHOLES.get(self.months)
        return _part_of_year(first, self.months) if make is None else make(first)


def months_later(day: date, months: int) -> date:
    """The first of a month, so many months on."""
    count = day.year * A_YEAR + day.month - 1 + months
    return date(count // A_YEAR, count % A_YEAR + 1, 1)


def find_period(text: str, today: date) -> Period | None:
    """None if the words name no period. What lies ahead this year is that of last year."""
    said = " ".join(fold(text).replace(".", " ").split())
    if found := MONTH.fullmatch(said):
        return _month(found, today)
    if found := QUARTER.fullmatch(said):
        return _quarter(found, today)
    if found := PART.fullmatch(said):
        return _part(found, today)
    if found := WHOLE.fullmatch(said):
        year = int(found["year"]) if found["year"] else today.year - bool(_is_past(found))
        return _whole_year(date(year, 1, 1))
    return None


def _month(found: re.Match[str], today: date) -> Period:
    first = today.replace(day=1)
    if found["number"]:
        first = _begun(int(found["number"]), found["year"], today)
    elif _is_past(found):
        first = months_later(first, -1)
    return _whole_month(first)


def _quarter(found: re.Match[str], today: date) -> Period:
    first = months_later(today.replace(day=1), -((today.month - 1) % A_QUARTER))
    if found["number"]:
        number = ROMAN.get(found["number"]) or int(found["number"])
        first = _begun((number - 1) * A_QUARTER + 1, found["year"], today)
    elif _is_past(found):
        first = months_later(first, -A_QUARTER)
    return _whole_quarter(first)


def _part(found: re.Match[str], today: date) -> Period:
    """ "6 tháng đầu năm", "6 tháng cuối năm", "9 tháng"."""
    months = 6 if found["months"] in ("6", "sau") else 9
    year = int(found["year"]) if found["year"] else today.year
    first_month = A_YEAR - months + 1 if found["half"] == "cuoi" else 1
    return _part_of_year(date(year, first_month, 1), months)


def _whole_month(first: date) -> Period:
    return Period(title=f"Tháng {first:%m/%Y}", code=f"{first:%Y-%m}", first=first, months=1)


def _whole_quarter(first: date) -> Period:
    number = (first.month - 1) // A_QUARTER + 1
    return Period(title=f"Quý {number}/{first.year}", code=f"{first.year}-quy-{number}", first=first, months=A_QUARTER)


def _whole_year(first: date) -> Period:
    return Period(title=f"Năm {first.year}", code=str(first.year), first=first, months=A_YEAR)


def _part_of_year(first: date, months: int) -> Period:
    """ "6 tháng đầu năm 2026"."""
    half, code = ("đầu", "dau") if first.month == 1 else ("cuối", "cuoi")
    title = f"{months} tháng {half} năm {first.year}"
    return Period(title=title, code=f"{first.year}-{months}-thang-{code}", first=first, months=months)


WHOLES = {1: _whole_month, A_QUARTER: _whole_quarter, A_YEAR: _whole_year}


def _begun(month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, 1)
    this_year = date(today.year, month, 1)
    return this_year if this_year <= today else date(today.year - 1, month, 1)


def _is_past(found: re.Match[str]) -> bool:
    return found["which"] in ("truoc", "qua", "roi", "ngoai")
