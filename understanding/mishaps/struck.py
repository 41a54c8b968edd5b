"""A vehicle that hits somebody or something, a beast that bites: "xe nâng quệt trúng chân 1 công nhân", "bị chó nhà dân cắn"."""

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
SIGNS = frozenset(map(fold, HITS | function_words("struck.bites")))
BEATEN = gate(VEHICLES) | gate(map(fold, HITS))
BEASTS = function_words("incident.beasts") | function_words("struck.beasts")
BITES = function_words("struck.bites")
BARE_BITES = frozenset(map(fold, BITES))
BITTEN = gate({"bi"}) | gate(BARE_BITES)
"""Both gates must be open for a hit, or a bite."""
FAR, NEAR = 6, 4


def hit(line: Line) -> list[Match]:
    """First word, word after, and what it is; the vehicle stands before the hit in its clause."""
    return [(at, at + 2, "accident") for at in range(1, len(line) - 1) if _hits(line, at) and _moves(line, at)]


def bitten(line: Line) -> list[Match]:
    return [(at, at + 1, "accident") for at in range(2, len(line)) if _is_bitten(line, at)]


def _is_bitten(line: Line, at: int) -> bool:
    """ "bị chó nhà dân cắn": the beast stands right behind "bị", the bite a little further."""
    if not (line.typed[at] in BITES or (not line.has_marks and line.words[at] in BARE_BITES)):
        return False
    return any(line.words[each] == "bi" and line.words[each + 1] in BEASTS for each in line.before(at, NEAR)[:-1])


def _hits(line: Line, at: int) -> bool:
    """A hit and right behind it what comes of it."""
    if line.typed[at] in HITS:
        return line.typed[at + 1] in EFFECTS
    return not line.has_marks and line.words[at] in BARE_HITS and line.words[at + 1] in BARE_EFFECTS


def _moves(line: Line, at: int) -> bool:
    return any(line.words[each] in VEHICLES for each in line.before(at, FAR))
