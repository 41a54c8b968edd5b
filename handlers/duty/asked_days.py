"""The days a question about the roster means: one, a week, the days of Tết; as people call them."""

from __future__ import annotations

import re
from datetime import date, datetime

from handlers.days.named_days import find_day, find_week
from handlers.days.public_holidays import from_lunar
from handlers.local_time import ONE_DAY
from understanding.dates import read_dates
from understanding.phrases.normalize import fold

TET = re.compile(r"(?:dip |nghi )?tet(?: nay| toi| nguyen dan| am lich)?")
DAY_OF_TET = re.compile(r"(?:(?P<eve>(?:dem )?giao thua|30 tet)|(?:mung|mong|m) ?(?P<number>10|[1-9])(?: tet)?)")
DAYS_OF_TET = range(-1, 6)
"""From the eve to the sixth day: longer than the days off, shorter than a roster."""


def days_asked(words: str, sent_at: datetime) -> list[date]:
    """In order; none where the words name no day. `sent_at`: local time."""
    today, said = sent_at.date(), " ".join(re.findall(r"[\w/.-]+", fold(words)))
    if week := find_week(said, today=today):
        return week
    if TET.fullmatch(said):
        return [_tet_ahead(today, last=DAYS_OF_TET[-1]) + count * ONE_DAY for count in DAYS_OF_TET]
    if found := DAY_OF_TET.fullmatch(said):
        number = -1 if found["eve"] else int(found["number"]) - 1
        return [_tet_ahead(today, last=number) + number * ONE_DAY]
    named = find_day(words, today=today, is_ahead=True)
    if named is not None:
        return [named[0]]
    read = {found.value for found in read_dates(words, sent_at) if isinstance(found.value, date)}
    return sorted(read) if len(read) == 1 else []


def _tet_ahead(today: date, *, last: int) -> date:
    """The first day of the next Tết, or of this one until its asked day is over."""
    tet = from_lunar(day=1, month=1, year=today.year)
    return tet if tet + last * ONE_DAY >= today else from_lunar(day=1, month=1, year=today.year + 1)
