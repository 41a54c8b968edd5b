"""A day written in a command: "31/12", "5-1-2027", "hôm qua"; nothing is guessed beyond the year."""

from __future__ import annotations

import re
from datetime import date

from handlers.local_time import ONE_DAY
from understanding.phrases.normalize import fold

WRITTEN = re.compile(r"(?:ngày\s+)?(?<!\d)(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?(?!\d)", re.IGNORECASE)
SPOKEN = {"hom nay": 0, "nay": 0, "hom qua": -1, "hom kia": -2, "mai": 1, "ngay mai": 1, "ngay kia": 2}


WEEKS = {"tuan nay": 0, "ca tuan": 0, "tuan sau": 7, "tuan toi": 7}


def find_week(text: str, *, today: date) -> list[date]:
    """Monday to Sunday of "tuần này", "tuần sau"; empty for anything else."""
    shift = WEEKS.get(" ".join(fold(text).split()))
    if shift is None:
        return []
    monday = today + (shift - today.weekday()) * ONE_DAY
    return [monday + count * ONE_DAY for count in range(7)]


def find_day(text: str, *, today: date, is_ahead: bool) -> tuple[date, str] | None:
    """The day a text names and the words around it. A year left out is the one that makes it past or ahead."""
    spoken = SPOKEN.get(fold(text).strip())
    if spoken is not None:
        return today + spoken * ONE_DAY, ""
    found = WRITTEN.search(text)
    if found is None:
        return None
    day = _day(int(found[1]), int(found[2]), found[3], today=today, is_ahead=is_ahead)
    rest = " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())
    return None if day is None else (day, rest)


def _day(day: int, month: int, year: str | None, *, today: date, is_ahead: bool) -> date | None:
    years = [int(year)] if year else [today.year, today.year + (1 if is_ahead else -1)]
    for each in years:
        try:
            found = date(each, month, day)
        except ValueError:
            continue
        if year or (found >= today if is_ahead else found <= today):
            return found
    return None
