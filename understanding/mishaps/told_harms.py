"""What happened, told by its traces: a wound that was sewn, a smell that bites, goods that are gone, a pipe that gave way."""

from understanding.numbers import number_at
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.phrases.settle import Match

SEWN = frozenset({"may", "khau"})
PUNGENT = function_words("harms.pungent")
BITES = function_words("harms.bites")
TASTY = function_words("harms.tasty")
LOST = function_words("incident.lost")
ALL_GONE = function_words("harms.all_gone")
GOODS = function_words("harms.goods")
BARE_GOODS = frozenset(fold(word) for word in GOODS)
OWN_LOSS = function_words("incident.own_loss")
GONE = function_words("incident.gone")
BURST = function_words("harms.burst")
PIPES = function_words("harms.pipes")
RUNS_IN = function_words("harms.runs_in")
ROOMS = function_words("harms.rooms")
SIGNS = frozenset({"mui", "mat", "nuoc"}) | frozenset(fold(word) for word in BURST)
"""One of these words stands in each of them."""
TRACES = gate(SIGNS)
"""Closed where nothing can be found."""
FAR, NEAR = 6, 4


def told_harms(line: Line) -> list[Match]:
    """First word, word after, and what it is."""
    found = []
    for at, word in [(at, word) for at, word in enumerate(line.words) if word in SIGNS]:
        if word == "mui" and _is_sewn(line, at):
            found.append((at, at + 1, "accident"))
        elif word == "mui" and line.means(at, "mùi") and _bites(line, at):
            found.append((at, at + 1, "chemical"))
        elif word == "mat" and line.means(at, *LOST) and _are_goods(line, at):
            found.append((at, at + 1, "security"))
        elif (word == "nuoc" and _runs_in(line, at)) or (line.typed[at] in BURST and _is_pipe(line, at)):
            found.append((at, at + 1, "other"))
    return found


def _is_sewn(line: Line, at: int) -> bool:
    """ "may bảy mũi", "khâu 18 mũi"."""
    number = next((number_at(line, each) for each in (at - 1, at - 2) if each > 0 and number_at(line, each)), None)
    return number is not None and number.after == at and line.words[number.first - 1] in SEWN


def _bites(line: Line, at: int) -> bool:
    """ "mùi khai xộc lên mũi", "nghe mùi hắc, cay mắt": a smell, and that it hurts; no dish."""
    sentence = {line.typed[each] for each in range(at, len(line)) if line.sentences[each] == line.sentences[at]}
    smells = any(line.typed[each] in PUNGENT for each in (at, *line.behind(at, FAR - 1)))
    return smells and bool(BITES & sentence) and not TASTY & sentence


def _are_goods(line: Line, at: int) -> bool:
    """ "mất sạch dây đồng", "mat 6 can dau": goods of the house behind it, not what somebody has mislaid."""
    if at and line.typed[at - 1] in OWN_LOSS | GONE:
        return False
    near = range(at + 1, min(at + 1 + NEAR, len(line)))
    goods = any(
        line.typed[each] in GOODS or (not line.has_marks and line.words[each] in BARE_GOODS)
        for each in line.behind(at, NEAR)
    )
    counted = any(line.words[each].isdecimal() for each in near) or line.words[at + 1 : at + 2] == ["may"]
    return goods and (counted or (at + 1 < len(line) and line.typed[at + 1] in ALL_GONE))


def _runs_in(line: Line, at: int) -> bool:
    """ "Nước vào phòng máy chủ", "nước mưa tràn xuống kho": at the head of its clause, so that nobody carries it."""
    begins = not at or line.clauses[at - 1] != line.clauses[at] or line.words[at - 1] in ("co", "thay", "bi")
    near = line.behind(at, NEAR)
    verbs = [each for each in near if line.typed[each] in RUNS_IN]
    return (
        begins
        and line.means(at, "nước")
        and any(line.typed[each] in ROOMS for each in near if verbs and each > verbs[0])
    )


def _is_pipe(line: Line, at: int) -> bool:
    """ "đường ống cấp nước khu B bị vỡ": one of these stands before it in its clause."""
    return any(line.typed[each] in PIPES for each in line.before(at, FAR))
