"""Days whose month stands behind a dot, where the words around tell that no number is meant: "5.8 mới ra", "1.1 với 2.1", "khoa XN 31.7:"."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from understanding.dates.spans import found_at, word_behind, word_from
from understanding.dates.when import When, day_of_year
from understanding.phrases.lexicon import PLACES, function_words
from understanding.phrases.line import Line

DOTTED_DAY = re.compile(r"(?<![\w/.,:-])(?P<day>3[01]|[12]\d|0?[1-9])\.(?P<month>1[0-2]|0?[1-9])(?![\w/-]|[.,]\d)")
LEADS = function_words("dates.dotted.leads")
"""Behind these a day stands, dotted only: "nghỉ 12.8", "về 5.9"; "từ 3.9" is told by a dash as well (`figures.DASHED`)."""
FOLLOWERS = function_words("dates.dotted.followers")
"""Before these, at the head of a clause: "5.8 mới ra", "12.8 e đi"."""
JOINING = function_words("dates.join.through") | function_words("dates.join.together") | {"vs", "cung"}
NUMBERS = function_words("dates.dotted.numbers")
"""With one of these in the line a dot rather stands in a number: "sốt 38.5", "2.5 tỷ", "lúc 7.10", "bản 2.1"."""


def dotted_days(line: Line, today: date) -> Iterator[When]:
    if not NUMBERS.isdisjoint(line.bag):
        return
    found = [
        (first, after, each)
        for each in found_at(line, DOTTED_DAY, line.figures)
        if (first := word_from(line, each.start())) is not None and (after := word_behind(line, each.end())) is not None
    ]
    joined = {
        at
        for (head, end, _), (first, _, _) in pairwise(found)
        if first == end + 1 and line.words[end] in JOINING
        for at in (head, first)
    }
    for first, after, match in found:
        if not (first in joined or _is_told(line, first, after)):
            continue
        if day := day_of_year(int(match["day"]), int(match["month"]), today):
            yield When(first, after, day, day, certainty=0.85)


def _is_told(line: Line, first: int, after: int) -> bool:
    before = line.words[first - 1] if first else ""
    behind = line.words[after] if after < len(line) else ""
    if before in LEADS or any(end == first for kind in PLACES for _, end, _ in line.of(kind)):
        return True
    is_heading = behind == ":" and not line.is_glued(first)
    return is_heading or ((not first or before in (",", ";", "\n")) and behind in FOLLOWERS)
