"""A vehicle or a machine that hits somebody or something: "xe nâng quệt trúng chân 1 công nhân", "xe tải húc đổ thanh chắn"."""

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.phrases.settle import Match

HITS = function_words("struck.hits")
BARE_HITS = function_words("struck.bare_hits")
EFFECTS = function_words("struck.effects")
BARE_EFFECTS = frozenset(map(fold, EFFECTS))
VEHICLES = function_words("struck.vehicles")
SIGNS = frozenset(map(fold, HITS))
ON_WHEELS = gate(VEHICLES)
STRUCK = gate(SIGNS)
FAR = 6


def struck(line: Line) -> list[Match]:
    """First word, word after, and what it is; the vehicle stands before the hit in its clause."""
    if not (line.gates & STRUCK and line.gates & ON_WHEELS):
        return []
    return [(at, at + 2, "accident") for at in range(1, len(line) - 1) if _hits(line, at) and _moves(line, at)]


def _hits(line: Line, at: int) -> bool:
    """A hit and right behind it what comes of it."""
    if line.typed[at] in HITS:
        return line.typed[at + 1] in EFFECTS
    return not line.has_marks and line.words[at] in BARE_HITS and line.words[at + 1] in BARE_EFFECTS


def _moves(line: Line, at: int) -> bool:
    near = range(max(at - FAR, 0), at)
    return any(line.words[each] in VEHICLES and line.clauses[each] == line.clauses[at] for each in near)
