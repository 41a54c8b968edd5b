"""Does "test" or "mẫu" count what was tested ("26 mẫu, dương 0"), or tell what came of one ("test nhanh dương tính")?"""

from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

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
