"""Lengths of time: 3 ngày, hai bữa, 2 tuần, 2 ngày nay, 3 ngày nữa, nửa ngày."""

import re
from typing import NamedTuple

from understanding.dates.near_months import is_beyond_lengths
from understanding.dates.spans import found_at, word_behind, word_from
from understanding.numbers import number_at
from understanding.phrases.gates import FIGURES, gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

SINCE = function_words("dates.durations.since")
BEFORE = frozenset({"truoc"})
IN = frozenset({"nua"})
LATER = (["ve"], ["len"], ["ra"], ["vo"], ["vao"], ["xuong"], ["quay"], ["moi"], ["em"], ["toi"], ["tui"], ["e"])
"""What follows "3 ngày sau" when somebody comes back then."""
NIGHTS = re.compile(r"(?<![\w/.,])(?P<days>\d{1,2})\s?n(?:gay)?\s?,?\s?\d{1,2}\s?d(?:em)?\b")
"""A tour: "3N2Đ"."""
STAYING_OVER = frozenset({"lai", "o", "ngu", "tren", "ben", "do", "duoi"})
MONTH = 30
NAMED_BY_NUMBER = function_words("units.unit_words")
TOURS = FIGURES | gate({"n", "ngay"})


class Duration(NamedTuple):
    first: int
    after: int
    days: int
    sort: str = "length"  # length, since (until now), ago, ahead, later (after a day named before)


def durations(line: Line) -> list[Duration]:
    found = [*_tours(line), *_nights(line)]
    for first, after, value in line.of("duration_units"):
        length = _length_before(line, first, int(value))
        if length is not None and not _is_of_a_day(line, length[0], after):
            found.append(_with_direction(line, Duration(length[0], after, length[1])))
    return found


def _tours(line: Line) -> list[Duration]:
    if line.gates & TOURS != TOURS:
        return []
    spans = [
        (word_from(line, each.start()), word_behind(line, each.end()), each)
        for each in found_at(line, NIGHTS, line.figures)
    ]
    return [
        Duration(first, after, int(each["days"]))
        for first, after, each in spans
        if first is not None and after is not None
    ]


def _nights(line: Line) -> list[Duration]:
    """ "ở lại hai đêm", "ngủ 3 đêm", "ở trển ba đêm": one day more."""
    if "dem" not in line.bag or STAYING_OVER.isdisjoint(line.bag):
        return []
    found = []
    for at, word in enumerate(line.words):
        number = number_at(line, at - 1) if word == "dem" and at > 1 and _stays_over(line, at - 2) else None
        if number is not None and number.after == at and number.value == int(number.value):
            found.append(Duration(at - 1, at + 1, int(number.value) + 1))
    return found


def _stays_over(line: Line, at: int) -> bool:
    """Not "mất ngủ 3 đêm"."""
    return line.words[at] in STAYING_OVER and line.words[max(at - 1, 0)] not in ("mat", "khong", "kho")


def _is_of_a_day(line: Line, first: int, after: int) -> bool:
    """ "thứ hai tuần sau" and "tháng ba" hold no length of time."""
    before = line.words[first - 1] if first else ""
    if before in ("thu", "thang", "ngay", "hom", "mung", "mong", "/", "t") or (line.is_glued(first) and before == "t"):
        return True
    if line.words[after - 1 : after + 1] == ["tuan", "nay"] and first < after - 1:
        return False  # "ho 2 tuần nay"
    return any(a <= first < b for a, b, _ in line.of("weekdays")) or any(
        a < after <= b
        for a, b, _ in line.of("week_words")
        if b - a > 1 and line.words[after - 1] == "tuan" and b > after
    )


def _length_before(line: Line, unit: int, days: int) -> tuple[int, int] | None:
    """Where the number begins and how many days it makes; "mấy ngày" says nothing exact."""
    for back in (1, 2, 3):
        if unit < back:
            return None
        number = number_at(line, unit - back)
        if number is not None and number.after == unit and number.value == int(number.value) and number.value < 400:
            if days == 1 and _is_named_by_it(line, unit - back, unit):
                return None
            if days == MONTH and is_beyond_lengths(line, int(number.value), unit):
                return None
            if back < 3 and unit > back and (longer := number_at(line, unit - back - 1)) and longer.after == unit:
                continue
            return unit - back, int(number.value) * days
    return None


def _is_named_by_it(line: Line, number: int, unit: int) -> bool:
    """The figure of "tiểu khu 87 hôm ni", "tổ 3 hôm nay": it names something, and the day follows."""
    before = line.words[number - 1] if number else ""
    return before in NAMED_BY_NUMBER and any(
        first == unit and after > unit + 1 for first, after, _ in line.of("day_words")
    )


def _with_direction(line: Line, found: Duration) -> Duration:
    after = line.words[found.after] if found.after < len(line) else ""
    before = line.words[max(found.first - 2, 0) : found.first]
    if after in IN:
        return found._replace(after=found.after + 1, sort="ahead")
    if after == "sau" and line.words[found.after + 1 : found.after + 2] in LATER:
        return found._replace(after=found.after + 1, sort="later")
    if after in BEFORE or before == ["cach", "day"]:
        return found._replace(sort="ago")
    if after in SINCE:
        return found._replace(after=found.after + 1, sort="since")
    return found
