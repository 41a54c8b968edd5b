"""What fails or fills a whole house: no power in all the building, smoke on a floor, told by words that stand apart."""

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.phrases.settle import Match

FAILS = function_words("outages.fails")
SERVICES = function_words("outages.services")
WHOLE = function_words("outages.whole")
HOUSES = function_words("outages.houses")
THICK = function_words("outages.thick")
HARMLESS = function_words("outages.harmless")
SIGNS = frozenset(map(fold, FAILS)) | {"khoi"}
"""One of these words stands in each of them."""
TRACES = gate(SIGNS)
"""Closed where nothing can be found."""
NEAR, FAR = 4, 8


def outages(line: Line) -> list[Match]:
    """First word, word after, and what it is."""
    found: list[Match] = []
    for at, word in enumerate(line.words):
        if word not in SIGNS:
            continue
        if line.means(at, *FAILS) and _is_of_the_house(line, at):
            found.append((at, at + 1, "other"))
        elif word == "khoi" and line.means(at, "khói") and _is_thick(line, at):
            found.append((at, at + 1, "fire"))
    return found


def _is_of_the_house(line: Line, at: int) -> bool:
    """ "mạng sập toàn bộ cơ quan", "cả khu hành chính cúp điện": a service, that it fails, and all of a house of work."""
    clause = [
        each for each in range(max(at - FAR, 0), min(at + FAR, len(line))) if line.clauses[each] == line.clauses[at]
    ]
    serves = any(abs(each - at) <= NEAR and line.means(each, *SERVICES) for each in clause)
    return serves and any(
        line.means(each, *WHOLE) and any(line.means(place, *HOUSES) for place in clause if 0 < place - each <= NEAR)
        for each in clause
    )


def _is_thick(line: Line, at: int) -> bool:
    """ "khói ở đâu ra mù mịt tầng 3", "khói từ phòng máy tuôn ra": in a house, and nobody smokes, drives or burns refuse."""
    if not HARMLESS.isdisjoint(line.typed):
        return False
    behind = [each for each in range(at + 1, min(at + 1 + FAR, len(line))) if line.clauses[each] == line.clauses[at]]
    inside = any(line.means(each, *HOUSES) for each in range(len(line)) if line.sentences[each] == line.sentences[at])
    return inside and any(line.means(each, *THICK) for each in behind)
