"""Does "test" or "mẫu" count what was tested ("26 mẫu, dương 0"), or tell what came of one ("test nhanh dương tính")?"""

from collections.abc import Set as AbstractSet

from understanding.numbers import number_at
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match

RESULTS = function_words("counts.results")
SIGNS = frozenset(",;\n.()+")
REACH = 3


def is_result(line: Line, first: int, after: int) -> bool:
    """The words `first` to `after` are the name of a figure of tests."""
    words = line.words[after : after + REACH]
    tells = not words or (not words[0].isdecimal() and bool(RESULTS & set(words)))
    return tells and not _counts_samples(line, first, after)


def _counts_samples(line: Line, first: int, after: int) -> bool:
    """ "26 mẫu, dương 0": a figure before it, and a sign or nothing behind."""
    counted = first > 0 and line.words[first - 1].isdecimal() and line.words[first:after] == ["mau"]
    return counted and (after == len(line) or line.words[after] in SIGNS)


def tells_tested(line: Line) -> bool:
    """ "trạm test 5 người" says it all."""
    return "test" in line.bag and bool(tested(line, frozenset()))


def tested(line: Line, taken: AbstractSet[int]) -> list[Match]:
    """ "trạm test 5 người", "test nhanh 12 công nhân": behind the verb a figure and who they are."""
    nouns = {first: after for first, after, _ in line.of("people_nouns")}
    found = []
    for at, word in enumerate(line.words[:-2]):
        start = at + 1 + (line.words[at + 1] in ("nhanh", "duoc"))
        number = number_at(line, start) if word == "test" and at and start < len(line) else None
        if number is not None and number.first not in taken and number.after in nouns:
            found.append((number.after, nouns[number.after], "tested"))
    return found
