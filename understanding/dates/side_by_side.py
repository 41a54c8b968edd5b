"""Days named one behind the other, "nghỉ phép 24 25 này", "nghỉ 24, 25": each follows the one before it."""

from collections.abc import Iterator
from datetime import date

from understanding.dates.numbered import day_or_days
from understanding.dates.when import When
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

ABSENT = function_words("dates.side_by_side.absent")
"""Of these alone it is said so; figures of a count have their names between them."""
LAST_OF_A_MONTH = 31
LEADS = frozenset({"ngay", "hom", "bua"})
BETWEEN = frozenset({",", "va", "voi", "vs", "&", "+"})


def days_side_by_side(line: Line, today: date) -> Iterator[When]:
    words, counted = line.words, {at for at, _, _ in line.of("people_nouns")}
    for at, behind in zip(line.figures, line.figures[1:], strict=False):
        is_pair = behind == at + 1 or (behind == at + 2 and words[at + 1] in BETWEEN)
        if not (is_pair and at and words[at - 1] in ABSENT and _follow(words[at], words[behind])):
            continue
        if behind + 1 in counted or words[behind + 1 : behind + 2] in (["/"], [":"], ["h"], ["g"]):
            continue
        first = at - (words[at - 1] in LEADS)
        yield from day_or_days(first, behind + 1, int(words[at]), words[behind], today)


def _follow(day: str, next_day: str) -> bool:
    return 0 < int(day) < int(next_day) == int(day) + 1 <= LAST_OF_A_MONTH
