"""Days whose month stands behind a dot, where the words around tell that no number is meant: "5.8 mới ra", "1.1 với 2.1", "khoa XN 31.7:"."""

import re
from collections.abc import Iterator
from datetime import date

from understanding.dates.spans import word_behind, word_from
from understanding.dates.when import When, day_of_year
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

DOTTED_DAY = re.compile(r"(?<![\w/.,:-])(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])(?![\w/-]|[.,]\d)")
LEADS = function_words("dates.dotted.leads")
"""Behind these a day stands: "từ 3.9", "nghỉ 12.8", "về 5.9"."""
FOLLOWERS = function_words("dates.dotted.followers")
"""Before these, at the head of a clause: "5.8 mới ra", "12.8 e đi"."""
JOINING = function_words("dates.join.through") | function_words("dates.join.together") | {"vs", "cung"}
NUMBERS = function_words("dates.dotted.numbers")
"""With one of these in the line a dot rather stands in a number: "sốt 38.5", "2.5 tỷ", "lúc 7.10", "bản 2.1"."""
PLACES = ("provinces", "towns", "countries")


def dotted_days(line: Line, today: date) -> Iterator[When]:
    if not NUMBERS.isdisjoint(line.bag):
        return
    found = [(*_words(line, each), each) for each in DOTTED_DAY.finditer(line.folded)]
    ends = {after for _, after, _ in found}
    starts = {first for first, _, _ in found}
    for first, after, match in found:
        if first < 0 or not (_is_told(line, first, after) or _is_joined(line, first, after, starts, ends)):
            continue
        if day := day_of_year(int(match["day"]), int(match["month"]), today):
            yield When(first, after, day, day, certainty=0.85)


def _words(line: Line, found: re.Match[str]) -> tuple[int, int]:
    first, after = word_from(line, found.start()), word_behind(line, found.end())
    return (-1, -1) if first is None or after is None else (first, after)


def _is_told(line: Line, first: int, after: int) -> bool:
    before = line.words[first - 1] if first else ""
    behind = line.words[after] if after < len(line) else ""
    if before in LEADS or any(end == first for kind in PLACES for _, end, _ in line.of(kind)):
        return True
    is_heading = behind == ":" and not line.is_glued(first)
    return is_heading or ((not first or before in (",", ";", "\n")) and behind in FOLLOWERS)


def _is_joined(line: Line, first: int, after: int, starts: set[int], ends: set[int]) -> bool:
    """ "1.1 với 2.1": two of them with a joining word between."""
    return (line.words[first - 1 : first] and line.words[first - 1] in JOINING and first - 1 in ends) or (
        after < len(line) and line.words[after] in JOINING and after + 1 in starts
    )
