"""The letters of a time sheet, two or more in a row: "CT 1, P 1", "CM 20, P 2, Ô 1, TS 1"."""

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
SIGNS = frozenset({",", ";", ".", "\n", "-", ")", "+", "/"})


def codes(line: Line) -> Iterator[tuple[int, int, str]]:
    """Where a letter of the sheet stands before its figure: first word, word after, the name of the figure."""
    if not line.gates & OPEN:
        return
    pairs = [at for at in range(len(line) - 1) if _is_letter(line.raw[at]) and _has_figure(line, at + 1)]
    for at in pairs if len(pairs) >= FEWEST else ():
        if line.words[at] in CODES:
            yield at, at + 1, "leave" if line.words[at] in LEAVE else "sick"


def _is_letter(raw: str) -> bool:
    return raw.isupper() and len(raw) <= LONGEST


def _has_figure(line: Line, at: int) -> bool:
    """A figure that nothing follows: "P 1: 12 khách" names a unit."""
    at += line.words[at] in ":=" and at + 1 < len(line)
    return line.words[at].isdecimal() and (at + 1 == len(line) or line.words[at + 1] in SIGNS)
