"""Days of the moon calendar: mùng 2 Tết, rằm tháng Bảy, 23 tháng Chạp, 10/3 âm."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from understanding.dates.months import MONTHS
from understanding.dates.spans import word_behind, word_from
from understanding.dates.when import RECENT, When
from understanding.phrases.line import Line

MONTH = r"(?P<month>gieng|chap|\d{1,2}|hai|ba|tu|nam|sau|bay|tam|chin|muoi)\b"
LUNAR = re.compile(
    rf"(?:(?:mung|mong|ngay|hom)\s)?(?<!\d)(?P<day>\d{{1,2}}|ram)"
    rf"(?:\s(?P<tet>tet)\b(?!\s(?:tay|duong))|\s?(?:/|thang)\s?{MONTH}(?P<mark>\s?\(?am(?:\slich)?\b|\sal\b)?)"
)
SEVERAL = re.compile(
    r"(?:(?:mung|mong|ngay)\s)?(?<![\d/])(?P<day>\d{1,2})\s?(?:voi|va|den|toi|-|,)\s?(?:(?:mung|mong|ngay|het)\s)*(?P<last>\d{1,2})\s(?:tet|am)\b"
)
FIRST_DAYS = re.compile(
    r"\b(?:mung|mong)\s(?P<day>\d{1,2})(?:\s?(?:den|toi|-|voi|va|,)\s?(?:het\s)?(?:mung|mong)\s(?P<last>\d{1,2}))?(?![\d/]|\s?(?:thang|/|am|tet)\b)"
)
OVER_NEW_YEAR = re.compile(
    r"(?:(?:tu|ngay)\s)?(?<![\d/])(?P<day>2\d|30)(?:\stet)?\s?(?:cho den|den|toi|-|–)\s?(?:het\s)?(?:mung|mong)\s(?P<last>\d{1,2})(?!\d|/|\s?(?:thang|/|tet|am)\b)"
)
FULL_MOON = re.compile(r"\bram(?:\s(?:nay|toi|toi day))?\b(?!\s?thang\s(?!nay))")
NEW_YEAR = re.compile(r"\btet (?:tay|duong lich|duong)\b")
SIGNS = re.compile(r"mung |mong |tet|ram|chap|gieng|\bam\b| al\b|gio to")
TET_SEASON = 12
"""So many days after the new year, and twice as many before, people count by the moon."""
BEFORE_FEAST, AFTER_FEAST = 24, 10
"""So many days around the new year of the moon people count by it without saying so."""
FEAST = re.compile(
    r"gio to(?!\s(?:ho|nha|dong|cua|ben|noi|ngoai|toc|nghe)\b)(?: hung vuong)?(?: (?:mung |mong )?(?:10|muoi)(?:\s?/\s?3| thang (?:3|ba)))?"
)


def lunar_days(line: Line, today: date) -> Iterator[When]:
    text = line.folded
    if not SIGNS.search(text):
        return
    for found in SEVERAL.finditer(text):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        days = _several(int(found["day"]), int(found["last"]), today)
        if first is not None and after is not None and days:
            yield When(first, after, *days, "range")
    yield from _over_new_year(line, today)
    yield from _of_the_feast(line, today)
    yield from _yearly(line, today)
    for pattern in (LUNAR, FEAST):
        for found in pattern.finditer(text):
            first, after = word_from(line, found.start()), word_behind(line, found.end())
            day = _read(found, today) if pattern is LUNAR else next_lunar(10, 3, today)
            if first is not None and after is not None and day is not None:
                yield When(first, after, day, day)


def _yearly(line: Line, today: date) -> Iterator[When]:
    """ "rằm này" is the next full moon, "Tết tây" the first of January, "mùng 2 Tết tây" the day after."""
    for pattern in (FULL_MOON, NEW_YEAR):
        for found in pattern.finditer(line.folded):
            first, after = word_from(line, found.start()), word_behind(line, found.end())
            if first is None or after is None:
                continue
            if pattern is FULL_MOON:
                day = min(
                    (each for month in range(1, 13) if (each := next_lunar(15, month, today)) and each >= today),
                    default=None,
                )
                if day is not None:
                    yield When(first, after, day, day)
                continue
            first, number = _numbered(line, first)
            day = date(today.year + (today.month > 1 or today.day > number), 1, number)
            yield When(first, after, day, day)


def _numbered(line: Line, at: int) -> tuple[int, int]:
    """The day of January before "Tết tây" and where it begins."""
    if at and line.words[at - 1].isdecimal() and 1 <= int(line.words[at - 1]) <= 10:
        lead = at > 1 and line.words[at - 2] in ("mung", "mong")
        return at - 1 - lead, int(line.words[at - 1])
    return at, 1


def _of_the_feast(line: Line, today: date) -> Iterator[When]:
    """ "mùng 7" said around the new year of the moon is a day of that moon."""
    tet = _solar(1, 1, today.year)
    if tet is None or not -12 <= (today - tet).days <= 10:
        return
    for found in FIRST_DAYS.finditer(line.folded):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is not None and after is not None and 1 <= int(found["day"]) <= 10:
            days = [tet + timedelta(days=int(each) - 1) for each in (found["day"], found["last"] or found["day"])]
            yield When(first, after, days[0], days[1], "range" if found["last"] else "day")


def _over_new_year(line: Line, today: date) -> Iterator[When]:
    """ "tết này về từ 28 đến mùng 5": the last days of the old year of the moon and the first of the new one."""
    new_year = next_lunar(1, 1, today)
    near = new_year is not None and -BEFORE_FEAST <= (today - new_year).days <= AFTER_FEAST
    if not (near or "tet" in line.words):
        return
    for found in OVER_NEW_YEAR.finditer(line.folded):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        days = _several(int(found["day"]), int(found["last"]), today)
        if first is not None and after is not None and days and int(found["last"]) <= 10:
            yield When(first, after, *days, "range", None, 0.85)


def _several(first: int, last: int, today: date) -> tuple[date, date] | None:
    """ "mùng 2 với mùng 3 tết", "26 đến mùng 5 âm": around the new year of the moon."""
    start = next_lunar(first, 1 if first <= 10 else 12, today)
    end = next_lunar(last, 1 if last <= 10 else 12, start or today)
    return (start, end) if start and end and start <= end else None


def _read(found: re.Match[str], today: date) -> date | None:
    day = 15 if found["day"] == "ram" else int(found["day"])
    if found["tet"]:
        return next_lunar(day, 1, today) if day <= 10 else next_lunar(day, 12, today)
    if not (found["mark"] or found["day"] == "ram" or found["month"] in ("gieng", "chap")):
        return None
    month = MONTHS.get(found["month"]) or int(found["month"])
    return next_lunar(day, month, today)


def next_lunar(day: int, month: int, today: date) -> date | None:
    """The next such day, or the one just past."""
    days = [found for year in (today.year - 1, today.year, today.year + 1) if (found := _solar(day, month, year))]
    return next((each for each in days if each >= today or today - each <= RECENT / 4), None)


@lru_cache(maxsize=1000)
def _solar(day: int, month: int, year: int) -> date | None:
    from lunar_vn import LunarDate, lunar_to_solar

    for each in (day, day - 1) if day == 30 else (day,):
        try:
            found = lunar_to_solar(LunarDate(each, month, year, False))
            if each < 30 or found != lunar_to_solar(LunarDate(1, month % 12 + 1, year + month // 12, False)):
                return found  # "30 Tết" of a month of 29 days is its last day
        except (ValueError, TypeError):
            continue
    return None


def is_season_of_tet(day: date) -> bool:
    """Around the new year of the moon, when people count by it."""
    new_year = next_lunar(1, 1, day)
    return new_year is not None and -TET_SEASON < (new_year - day).days < 2 * TET_SEASON
