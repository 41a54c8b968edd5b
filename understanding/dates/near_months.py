"""Days of this month or a neighbouring one: "ngày 5 tháng sau", "27 tháng này", "từ 10 đến 12 tháng tới"."""

import re
from collections.abc import Iterator
from datetime import date

from understanding.dates.spans import word_behind, word_from
from understanding.dates.when import When, full_day
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

MONTHS_AWAY = {"nay": 0, "ni": 0, "sau": 1, "toi": 1, "truoc": -1, "roi": -1}
LONGEST = 12
"""More months than these nobody counts: "27 tháng nay" is a day."""
DAY = re.compile(
    r"(?<![\w/.,-])(?:(?P<lead>ngay|mung|mong|hom|tu)\s)?"
    r"(?:(?P<from>\d{1,2})\s?(?:-|–|den|toi|,|va|voi)\s?(?:het\s|ngay\s|mung\s|mong\s)*)?"
    r"(?P<day>\d{1,2})\s(?:cua\s)?thang\s(?P<near>nay|ni|sau|toi|truoc|roi)\b"
)
GOERS = function_words("dates.goers")


def days_of_near_months(line: Line, today: date) -> Iterator[When]:
    """Asked of lines in which a month is named; a length of time ("3 tháng nay") is none of them."""
    for found in DAY.finditer(line.folded):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is None or after is None or not _is_day(line, found, after):
            continue
        sure = 1.0 if found["lead"] or line.has_marks or found["near"] == "nay" else 0.75
        month = today.month - 1 + MONTHS_AWAY[found["near"]]
        year, month = today.year + month // 12, month % 12 + 1
        last = full_day(int(found["day"]), month, year)
        start = full_day(int(found["from"]), month, year) if found["from"] else None
        if last is not None and start is not None and start < last:
            yield When(first, after, start, last, "range", certainty=sure)
        elif last is not None:
            yield When(after - 3 if found["from"] else first, after, last, last, certainty=sure)


def _is_day(line: Line, found: re.Match[str], after: int) -> bool:
    if line.typed[after - 1] == "sáu":
        return False
    if found["lead"] not in (None, "tu") or found["from"] or is_beyond_lengths(line, int(found["day"]), after - 2):
        return True
    return not line.has_marks and found["near"] == "nay" and line.means(min(after, len(line) - 1), *GOERS)


def is_beyond_lengths(line: Line, number: int, month: int) -> bool:
    """Is the number before the word "tháng" at `month` a day, as nobody counts so many months or as "này" follows?"""
    near = month + 1
    if near >= len(line) or line.words[near] not in MONTHS_AWAY or line.typed[near] in ("tôi", "sáu"):
        return False
    return LONGEST < number <= 31 or (line.typed[near] == "này" and number <= 31)
