"""The letters of a time sheet, two or more in a row: "CT 1, P 1", "CM 20, P 2, Ô 1, TS 1", "qs 24, cm 21, p 2"."""

from collections.abc import Iterator

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line

LEAVE = function_words("counts.leave_codes")
SICK = function_words("counts.sick_codes")
CODES = LEAVE | SICK
OPEN = gate(CODES)
LONGEST = 3
FEWEST = 2
"""So many in a row; typed small, so many that a list knows beside them."""
SIGNS = frozenset({",", ";", ".", "\n", "-", ")", "+", "/"})


def codes(line: Line) -> Iterator[tuple[int, int, str]]:
    """Where a letter of the sheet stands before its figure: first word, word after, the name of the figure."""
    if not line.gates & OPEN:
        return
    if not [at for at, word in enumerate(line.words[:-1]) if word in CODES and _has_figure(line, at + 1)]:
        return
    pairs = [at for at in range(len(line.words) - 1) if len(line.raw[at]) <= LONGEST and _has_figure(line, at + 1)]
    known = {first for first, after, _ in line.of("count_fields") if after == first + 1}
    small = len(known.intersection(pairs)) >= FEWEST
    pairs = [at for at in pairs if small or line.raw[at].isupper()]
    for at in pairs if len(pairs) >= FEWEST else ():
        if line.words[at] in CODES and at not in known:
            yield at, at + 1, "leave" if line.words[at] in LEAVE else "sick"


def _has_figure(line: Line, at: int) -> bool:
    """A figure that nothing follows: "P 1: 12 khách" names a unit."""
    at += line.words[at] in ":=" and at + 1 < len(line.words)
    return line.words[at].isdecimal() and (at + 1 == len(line.words) or line.words[at + 1] in SIGNS)
