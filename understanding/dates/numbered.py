"""Days told by figures that other words date: "thứ Bảy 27", "tháng 7: 8 đến 10", "cuối tháng này, từ 27 đến 30"."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from understanding.dates.spans import found_at, word_behind, word_from
from understanding.dates.when import (
    When,
    day_of_month,
    day_of_year,
    is_day_and_month,
    may_be_day_and_month,
    month_of,
)
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import NAMED_PLACES, PLACES
from understanding.phrases.line import Line

SPAN = re.compile(
    r"(?<![\w/.,:-])(?P<day>\d{1,2})\s?(?:[-–]|den|toi)\s?(?P<last>\d{1,2})(?![\w/%]|[.,]\d|\s?[-–]\s?\d|\s?(?:h|g|gio|nguoi|ng)\b)"
)
BETWEEN = frozenset({",", ":", "("})
LINE_HEADS = frozenset({"\n", "-", "–", "•", "*", "+", ";"})
CLAUSE_ENDS = frozenset({",", ".", ";", "\n", ")"})
TRAIL = 3
"""So many words may stand between a place and its days."""
SPANNED = gate({"-", "–", "den", "toi"}) | gate({"thang"}, lists=NAMED_PLACES)
"""Between two days, and beside them."""
NO_DAY = frozenset({"/", ":", "h", "g", "gio", "%", "+", "tr", "k"})
COUNTED = ("people_nouns", "count_fields", "duration_units", "not_counts")
UNSURE = 0.7
WIDEST = timedelta(days=31)
TOLD_BY = frozenset({",", "(", ":", "la", "tu", "vao", "ngay", "cu", "the", "khoang"})


def day_of_weekday(line: Line, at: int, weekday: int, today: date) -> date | None:
    """ "thứ Bảy 27", the word at `at` being the figure: the nearest such day that is a Saturday; none if there is none."""
    if at >= len(line) or not line.words[at].isdecimal() or len(line.words[at]) > 2 or line.is_glued(at):
        return None
    if line.of("count_fields"):
        return None
    follower = line.words[at + 1] if at + 1 < len(line) else ""
    if follower in NO_DAY or any(first == at + 1 for kind in COUNTED for first, _, _ in line.of(kind)):
        return None
    ahead, back = day_of_month(int(line.words[at]), today)
    later = day_of_month(int(line.words[at]), ahead + timedelta(days=1))[0] if ahead else None
    return next((day for day in (ahead, back, later) if day and day.weekday() == weekday), None)


def until_bare_days(line: Line, found: list[When], today: date) -> list[When]:
    """The 13 of "từ mai tới 13": a figure alone behind a day and "đến" or "tới"."""
    more = []
    for when in found:
        at = when.after + 1
        if when.sort != "day" or line.words[when.after : at] not in (["den"], ["toi"]) or at >= len(line):
            continue
        led = line.words[max(when.first_word - 1, 0)] == "tu" or line.words[when.first_word] == "tu"
        follower = line.words[at + 1] if at + 1 < len(line) else ""
        counted = any(first == at + 1 for kind in COUNTED for first, _, _ in line.of(kind))
        if not led or counted or follower in NO_DAY or not line.words[at].isdecimal() or len(line.words[at]) > 2:
            continue
        ahead = day_of_month(int(line.words[at]), max(when.first, today))[0]
        if ahead is not None and ahead - when.first < WIDEST and not any(at == other.first_word for other in found):
            more.append(When(at, at + 1, ahead, ahead))
    return more


def in_named_month(line: Line, found: list[When], when: When) -> When:
    """A range without a month stands in the month named before it, or follows the days named before it."""
    if when.sort != "range" or not found or _names_month(line, when) or when.last - when.first > WIDEST:
        return when
    earlier = found[-1]
    if not (earlier.sort == "period" or (earlier.sort == "range" and earlier.first > when.first)):
        return when
    if earlier.sort == "period" and earlier.last - earlier.first < timedelta(days=27):
        return when
    start = day_of_month(when.first.day, earlier.first)[0]
    return when if start is None else when._replace(first=start, last=start + (when.last - when.first))


def days_of_period(left: When, right: When, between: list[str]) -> When | None:
    """ "cuối tháng này, từ 27 đến 30": the days tell what the period left open."""
    if left.sort != "period" or right.sort not in ("day", "range") or len(between) > 2 or not set(between) <= TOLD_BY:
        return None
    first, last = month_of(left.first, left.first.month, left.first.year)
    return right._replace(first_word=left.first_word) if first <= right.first <= last else None


def days_beside_place(line: Line, today: date) -> Iterator[When]:
    """ "đi Cà Mau 26-28", "Huế: 3-5", "tháng 7: 8 đến 10: Đà Nẵng": days without any word of time, beside a place or a month."""
    names = [(first, after) for kind in PLACES for first, after, _ in line.of(kind)]
    names += [(first, after) for first, after, _ in line.of("places_with_care") if line.raw[first].istitle()]
    months = _behind_months(line)
    if not (names or months):
        return
    ends = {after for _, after in names} | months
    ends |= {after + 1 for after in ends if line.words[after : after + 1] and line.words[after] in BETWEEN} - months
    heads = {first for first, _ in names}
    for found in found_at(line, SPAN, line.figures):
        first, after = word_from(line, found.start()), word_behind(line, found.end())
        if first is None or after is None:
            continue
        if int(found["day"]) >= int(found["last"]) and not is_day_and_month(
            int(found["day"]), int(found["last"]), today
        ):
            continue
        led = line.words[after : after + 1] == [":"] and after + 1 in heads
        opens = after in heads and (not first or line.words[first - 1] in LINE_HEADS or _in_a_month(line, first))
        if (
            first in ends
            or led
            or opens
            or (int(found["day"]) < int(found["last"]) and _trails(line, names, first, after))
        ):
            dashed = line.words[after - 2] in "-–"
            yield from day_or_days(first, after, int(found["day"]), found["last"], today, dashed=dashed)


def _trails(line: Line, names: list[tuple[int, int]], first: int, after: int) -> bool:
    """ "đi Sầm Sơn nghỉ mát 14 - 16": the days end a clause in which a verb led to the place."""
    if after < len(line) and line.words[after] not in CLAUSE_ENDS:
        return False
    led = {end for _, end, _ in line.of("travel_words")}
    return any(
        place in led and 0 < first - end <= TRAIL and all(map(str.isalpha, line.words[end:first]))
        for place, end in names
    )


def _in_a_month(line: Line, first: int) -> bool:
    """ "lịch tháng 7: 2-4 Hà Nội, 9-11 Vinh"."""
    return line.words[first - 1] in (":", ",") and "thang" in line.words[:first]


def _behind_months(line: Line) -> set[int]:
    """Behind the sign that follows "tháng 7" or "giữa tháng": there the days are told."""
    if "thang" not in line.words:
        return set()
    ends = {after for _, after, _ in line.of("month_words")}
    for at, word in enumerate(line.words[:-1]):
        if word == "thang":
            ends.add(at + 1 + line.words[at + 1].isdecimal())
    return {end + 1 for end in ends if line.words[end : end + 1] and line.words[end] in BETWEEN}


def day_or_days(
    first: int, after: int, day: int, last_text: str | None, today: date, *, dashed: bool = False
) -> Iterator[When]:
    """The next such day of a month, or the days from it to another; with a dash between, a day and its month."""
    if last_text and dashed and is_day_and_month(day, int(last_text), today):
        if told := day_of_year(day, int(last_text), today):
            yield When(first, after, told, told, certainty=0.9)
        return
    ahead, back = day_of_month(day, today)
    if ahead is None:
        return
    last = day_of_month(int(last_text), ahead)[0] if last_text else None
    if last is None or last == ahead:
        yield When(first, after, ahead, ahead, back=back)
    else:
        unsure = dashed and may_be_day_and_month(day, int(last_text or 0), today)
        yield When(first, after, ahead, last, "range", certainty=UNSURE if unsure else 1.0)


def _names_month(line: Line, when: When) -> bool:
    return bool({"/", "thang", "."} & set(line.words[when.first_word : when.after]))
