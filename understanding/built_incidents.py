"""Incidents that no list can hold, put together: a hurt and a part of the body, something broken and what ran out of it."""

from understanding.lexicon import function_words
from understanding.line import Line
from understanding.settle import Match

HURTS = function_words("incident.hurts")
BODY = function_words("incident.body")
SPILLS = function_words("incident.spills")
STUFFS = function_words("incident.stuffs")
BREAKS = function_words("incident.breaks")
PIPES = function_words("incident.pipes")
FALLS = function_words("incident.falls")
BUILT = function_words("incident.built")
LOST = function_words("incident.lost")
PIECES = function_words("incident.pieces")
OWN_LOSS = function_words("incident.own_loss")
PLANNED = function_words("incident.planned")
NEAR = 2
FAR = 5


def built_incidents(line: Line) -> list[Match]:
    """First word, word after, and what it is; only within one clause."""
    found = []
    for at, typed in enumerate(line.typed):
        if typed in HURTS and (end := _next(line, at, BODY, NEAR)):
            found.append((at, end, "accident"))
        elif typed in SPILLS and (end := _next(line, at, STUFFS, NEAR) or _before(line, at, STUFFS)):
            found.append((at, end, "chemical"))
        elif typed in BREAKS and (end := _next(line, at, PIPES, 2)):
            found.append((at, end, "other"))
        elif typed in FALLS and (end := _before(line, at, BUILT)):
            found.append((at, end, "accident"))
        elif typed in LOST and _is_piece(line, at + 1):
            found.append((at, at + 1, "security"))
    return [match for match in found if not _is_planned(line, match[0])]


def _is_planned(line: Line, at: int) -> bool:
    """ "sắp sập", "nhớ đổ xăng": not yet, or on purpose."""
    return at > 0 and line.words[at - 1] in PLANNED


def _next(line: Line, at: int, words: frozenset[str], reach: int) -> int:
    """The word after the first of these within reach; nought if none."""
    clause = line.clauses[at]
    near = range(at + 1, min(at + 1 + reach, len(line)))
    return next((each + 1 for each in near if line.clauses[each] == clause and line.typed[each] in words), 0)


def _before(line: Line, at: int, words: frozenset[str]) -> int:
    """ "giàn giáo trục B sập": one of these stands before it in its clause."""
    clause = line.clauses[at]
    near = range(max(at - FAR, 0), at)
    return at + 1 if any(line.clauses[each] == clause and line.typed[each] in words for each in near) else 0


def _is_piece(line: Line, at: int) -> bool:
    """ "mất một chiếc xe", "mất 2 thùng hàng": a number of things, not of people or days."""
    if at + 1 < len(line) and line.typed[at] in PIECES and (at < 2 or line.typed[at - 2] not in OWN_LOSS):
        return True  # "mất cái xe SH của chị Liên"; "em làm mất cái thẻ" is his own loss
    if at + 1 >= len(line) or not (line.words[at].isdecimal() or line.means(at, "một", "hai", "ba", "bốn", "mấy")):
        return False
    return line.typed[at + 1] in PIECES
