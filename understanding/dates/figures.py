"""Days written in figures: 15/6, 20-22/6, 1 đến 3/9, 15-6-2026, ngày 15 tháng 6."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from understanding.dates.months import MONTHS
from understanding.dates.near_months import days_of_near_months
from understanding.dates.spans import found_at, word_behind, word_from
from understanding.dates.when import When, day_of_year, full_day, is_day_and_month, month_of
from understanding.phrases.line import Line

JOIN = r"(?:-|–|—|->|→|~|den|toi|to|cho den|sang)"
AND = r"(?:,|va|&|\+|voi|vs)"
YEAR = r"(?:\s?/\s?(?P<year>20\d\d|\d\d)(?![\d/])|\s*nam\s(?P<year_word>20\d\d|nay|sau|toi|ngoai))?"
MONTH = r"(?:\s?/\s?(?P<month>\d{1,2})(?!\d)|\s*thang\s(?P<month_word>\d{1,2}|gieng|chap|tu)(?!\d))"
DAYS = re.compile(
    rf"(?<![\d/.:])(?:(?P<from>\d{{1,2}})\s*(?:(?P<join>{JOIN})|(?P<and>{AND}))\s*(?:het\s)?(?:ngay\s)?)?"
    rf"(?P<day>\d{{1,2}}){MONTH}(?!\s?%){YEAR}"
)
WORDED = re.compile(
    rf"(?:ngay|mung|mong|hom|tu|den|toi)\s(?:(?P<from>\d{{1,2}})\s*(?:(?P<join>{JOIN})|(?P<and>{AND}))\s*(?:het\s)?(?:ngay\s)?)?"
    rf"(?P<day>\d{{1,2}})\sthang\s(?P<month_word>mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi mot|muoi hai|muoi)\b(?!\s(?:ngay|tuan))"
    rf"(?P<month>)(?:\s*nam\s(?P<year_word>20\d\d|nay|sau|toi|ngoai))?(?P<year>)"
)
DOTTED = re.compile(
    r"(?<![\d/.,:-])(?P<from>\d{1,2})(?:\.(?P<from_month>1[0-2]|0?[1-9]))?\s?(?:-|–|den|toi)\s?(?P<day>\d{1,2})\.(?P<month>1[0-2]|0?[1-9])(?![\d/.,-])"
)
FULL = re.compile(
    r"(?<![\d/.:-])(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<day>\d{1,2})[-.](?P<month>\d{1,2})[-.](?P<year>20\d\d))(?![\d-])"
)
DASHED = re.compile(
    r"(?:ngay|hom|tu|den|toi|het|sang|trua|chieu|dem|from)\s(?P<day>\d{1,2})[-.](?P<month>\d{1,2})(?![\d/-]|[.,]\d|\s?(?:do|%|tr|ty|trieu|tan|met|m|km|cay)\b)"
)
DASHED_BEFORE = re.compile(
    r"(?<![\w/.,:-])(?P<day>\d{1,2})[-.](?P<month>\d{1,2})(?=\s(?:em|e|toi|tui|minh|chau|con|anh|chi|co|chu|ve|di|len|ra|vo|vao|bay|xuong|nghi|moi|quay)\b)"
)
PAIRED = re.compile(
    r"(?<![\w/.,:-])(?P<from>\d{1,2})[-.](?P<from_month>1[0-2]|0?[1-9])\s(?:den|toi)(?:\s(?:het|ngay))*\s(?P<day>\d{1,2})[-.](?P<month>1[0-2]|0?[1-9])(?![\d/.-])"
)
MONTH_ALONE = re.compile(
    r"(?<![\d/] )\b(?:(?P<edge>het|dau|cuoi|giua)\s)?thang\s(?P<month>1[0-2]|[1-9])(?![\d/])(?:\s?/\s?(?P<year>20\d\d)|\s(?:nam\s)?(?P<year_word>20\d\d|nam nay|nay|nam sau|sau|toi|ngoai))?"
)
LAST_CLASS = 12
BEFORE_DAYS_OF_CLASS = frozenset({"hop", "len", "mo", "giang", "toi", "den", "vao", "nghi"})
"""Before "lớp 7/2" they leave it a day."""
LED = (WORDED, DASHED)
"""These begin with a word, all others with a figure."""
GLUED = re.compile(r"\d[-.]\d")
YEARS = {"nay": 0, "sau": 1, "toi": 1, "ngoai": -1}


def days_in_figures(line: Line, today: date) -> Iterator[When]:
    patterns = [*SLASHED, *SIGNED] if GLUED.search(line.folded) else SLASHED
    for pattern, signs, read in patterns:
        begun = pattern.finditer(line.folded) if pattern in LED else found_at(line, pattern, line.figures)
        for found in begun if not signs.isdisjoint(line.bag) else ():
            head = found.start("day") if pattern is DASHED else found.start()
            first, after = word_from(line, head), word_behind(line, found.end())
            if first is None or after is None or _is_no_month(line, after) or _is_of_a_class(line, first):
                continue
            yield from read(found, (first, after), today)
    if "thang" in line.bag:
        yield from days_of_near_months(line, today)
        yield from _months_alone(line, today)


def _months_alone(line: Line, today: date) -> Iterator[When]:
    for found in MONTH_ALONE.finditer(line.folded):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is not None and after is not None:
            yield _month(found, (first, after), today)


def _is_no_month(line: Line, after: int) -> bool:
    """ "ngày 5 tháng sau" is not June, "đi 2 tháng từ 1/12" not April."""
    word, typed = line.words[after - 1], line.typed[after - 1]
    return (word == "sau" and typed != "sáu") or (word == "tu" and typed == "từ")


def _is_of_a_class(line: Line, at: int) -> bool:
    """The "7/2" of "lớp 7/2"; not of "họp lớp 7/2"."""
    if line.words[max(at - 1, 0)] != "lop" or line.words[at + 1 : at + 2] != ["/"] or int(line.words[at]) > LAST_CLASS:
        return False
    return at < 2 or line.words[at - 2] not in BEFORE_DAYS_OF_CLASS


def _days(found: re.Match[str], words: tuple[int, int], today: date) -> Iterator[When]:
    month_text = found["month"] or found["month_word"]
    month = MONTHS.get(month_text) or int(month_text)
    year = _year(found, today)
    last = _day(int(found["day"]), month, year, today)
    if last is None:
        return
    if found["from"] is None:
        yield When(*words, last, last, back=_last_year(last, today, year))
        return
    first = _first(int(found["from"]), last)
    if (found["and"] and (last - first).days > 3) or first == last:
        yield When(words[0] + 2, words[1], last, last)
    else:
        yield When(*words, first, last, "range")


def _first(day: int, last: date) -> date:
    """ "30 đến 2/9" begins in the month before."""
    try:
        first = last.replace(day=day)
    except ValueError:
        return last
    if first <= last:
        return first
    before = month_of(last, (last.month - 2) % 12 + 1, last.year - (last.month == 1))[1]
    return before.replace(day=min(day, before.day))


def _year(found: re.Match[str], today: date) -> int | None:
    if found["year"]:
        return int(found["year"])
    word = found["year_word"]
    if word is None:
        return None
    return today.year + YEARS[word] if word in YEARS else int(word)


def _day(day: int, month: int, year: int | None, today: date) -> date | None:
    if not 1 <= month <= 12:
        return None
    return day_of_year(day, month, today) if year is None else full_day(day, month, year)


def _last_year(day: date, today: date, year: int | None) -> date | None:
    if year is not None or day <= today:
        return None
    return full_day(day.day, day.month, day.year - 1)


def _month(found: re.Match[str], words: tuple[int, int], today: date) -> When:
    """ "tháng 7" as a period; "hết tháng 4 năm sau" is its last day."""
    word = (found["year_word"] or "").removeprefix("nam ")
    year = today.year + YEARS[word] if word in YEARS else int(found["year"] or word or 0) or None
    first, last = month_of(today, int(found["month"]), year)
    if found["edge"] == "het":
        return When(*words, last, last)
    return When(*words, first, last, "period")


def _full(found: re.Match[str], words: tuple[int, int], _today: date) -> Iterator[When]:
    day, month, year = found["d"] or found["day"], found["m"] or found["month"], found["y"] or found["year"]
    if full := full_day(int(day), int(month), int(year)):
        yield When(*words, full, full)


def _dashed_before(found: re.Match[str], words: tuple[int, int], today: date) -> Iterator[When]:
    """ "30-5 em về": without a leader only what cannot be days in a row."""
    if is_day_and_month(int(found["day"]), int(found["month"]), today):
        yield from _dashed(found, words, today)


def _dashed(found: re.Match[str], words: tuple[int, int], today: date) -> Iterator[When]:
    if day := _day(int(found["day"]), int(found["month"]), None, today):
        yield When(*words, day, day, certainty=0.9)


def _dotted(found: re.Match[str], words: tuple[int, int], today: date) -> Iterator[When]:
    """ "11-13.6", "28.6 đến 3.7": a range whose months stand behind dots."""
    last = _day(int(found["day"]), int(found["month"]), None, today)
    first = last and (full_day(int(found["from"]), int(found["from_month"] or last.month), last.year))
    if first and last and first < last:
        yield When(*words, first, last, "range", certainty=0.85)


Reader = Callable[[re.Match[str], tuple[int, int], date], Iterator[When]]
Patterns = list[tuple[re.Pattern[str], frozenset[str], Reader]]
"""How days stand in figures, what one of must be there for it, and how it is read."""
SLASHED: Patterns = [(DAYS, frozenset({"/", "thang"}), _days), (WORDED, frozenset({"thang"}), _days)]
SIGNED: Patterns = [
    (pattern, frozenset("-."), read)
    for pattern, read in (
        (FULL, _full),
        (PAIRED, _dotted),
        (DASHED, _dashed),
        (DASHED_BEFORE, _dashed_before),
        (DOTTED, _dotted),
    )
]
