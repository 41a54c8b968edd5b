"""Incidents that no list can hold, put together: a hurt and a part of the body, something broken and what ran out of it."""

from collections.abc import Callable

from understanding.mishaps.breaches import SIGNS as BREACHES
from understanding.mishaps.breaches import TRACES as OF_BREACHES
from understanding.mishaps.breaches import breaches
from understanding.mishaps.outages import SIGNS as OUTAGES
from understanding.mishaps.outages import TRACES as OF_OUTAGES
from understanding.mishaps.outages import outages
from understanding.mishaps.struck import BEATEN, BITTEN, bitten, hit
from understanding.mishaps.struck import SIGNS as STRUCK
from understanding.mishaps.told_harms import SIGNS as HARMS
from understanding.mishaps.told_harms import TRACES as OF_HARMS
from understanding.mishaps.told_harms import told_harms
from understanding.numbers import number_at
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold
from understanding.phrases.settle import Match

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
BARE_PIECES = frozenset(map(fold, PIECES)) - {"tan"}
OWN_LOSS = function_words("incident.own_loss")
GONE = function_words("incident.gone")
AMOUNTS = frozenset({"mat", "het", "ra", "mot", "ca", "may"})
DRAINS = function_words("incident.drains")
OVERFLOWS = function_words("incident.overflows")
BARE_BUILT = frozenset(map(fold, function_words("incident.built") - {"hàng", "cột", "mái", "cổng"}))
PLANNED = function_words("incident.planned")
VESSELS = function_words("incident.vessels")
GROUNDS = function_words("incident.grounds")
GIVES_WAY = function_words("incident.gives_way")
CRAFT = function_words("incident.craft")
GOES_UNDER = function_words("incident.goes_under")
BRAKES = function_words("incident.brakes")
PARCELS = function_words("incident.parcels")
STRANGE = function_words("incident.strange")
LEFT = function_words("incident.left")
SHELLS = function_words("incident.shells")
MET = function_words("incident.met")
TESTED = frozenset({"pcr", "test", "nghiem", "xn"})
OUTCOMES = frozenset({":", "la", "ra", "bao", "len", "bi", "van"})
TYPED_SIGNS = HURTS.union(SPILLS, BREAKS, FALLS, LOST, GIVES_WAY, GOES_UNDER, STRANGE, SHELLS, OVERFLOWS)
SIGNS = HARMS | BREACHES | OUTAGES | STRUCK | TESTED | frozenset(map(fold, TYPED_SIGNS))
"""One of these words stands in every incident that is put together."""
OWNERS = frozenset({"em", "mình", "tôi", "tui", "e", "chị", "anh", "bị"})
GAS = frozenset({"gas", "ga"})
BURNT = frozenset({"phỏng", "bỏng", "thương"})
PREVENTED = function_words("incident.prevented")
NEAR = 2
FAR = 5


def built_incidents(line: Line) -> list[Match]:
    """First word, word after, and what it is; only within one clause."""
    found: list[Match] = []
    if not TYPED_SIGNS.isdisjoint(line.typed):
        told = [_told_by(line, at, typed) for at, typed in enumerate(line.typed) if typed in TYPED_SIGNS]
        found += filter(None, told)
    for find, needs in FINDERS:
        if line.gates & needs == needs:
            found += find(line)
    return sorted(match for match in found if not _is_planned(line, match[0]))


def _told_by(line: Line, at: int, typed: str) -> Match | None:
    """What a hurt, a break, a loss tells by what stands beside it."""
    for words, end_of, sort in TELLERS:
        if typed in words and (end := end_of(line, at)):
            return at, end, sort
    if typed in LOST and _has_no_brakes(line, at):
        return at, at + 1, "accident"
    return (at, end, "security") if (end := _suspicious(line, at)) else None


def burnt_by_gas(line: Line, told: Match) -> Match | None:
    """ "bể bình gas, phỏng một đứa": cooking gas is no chemical when what it did to people is told."""
    if not GAS & set(line.words[told[0] : told[1] + 1]):
        return None
    hurts = [at for at in range(told[1], len(line)) if line.typed[at] in BURNT and number_at(line, at + 1) is not None]
    return (hurts[0], hurts[0] + 1, "accident") if hurts else None


def is_at_home(line: Line, at: int) -> bool:
    """ "nhà vỡ ống nước", "nhà em bể ống": why somebody stays at home, nothing of the house of work."""
    before = line.typed[max(at - 3, 0) : at]
    return (
        before[-1:] == ["nhà"]
        or (before[-2:-1] == ["nhà"] and before[-1] in OWNERS)
        or (before[:1] == ["nhà"] and before[-1] == "bị")
    )


def _spilt(line: Line, at: int) -> int:
    """ "tràn axit", "axit rò", "vỡ chai HCl", "đổ mất 1 thùng dung môi": behind a vessel the stuff may stand a word further."""
    while at + 2 < len(line) and (line.words[at + 1] in AMOUNTS or line.words[at + 1].isdecimal()):
        at += 1
    vessel = _next(line, at, VESSELS, NEAR)
    if vessel and vessel + 1 < len(line) and line.words[vessel] == "h" and line.words[vessel + 1].isdecimal():
        return vessel + 1  # "vỡ lọ H2SO4"
    return _next(line, at, STUFFS, NEAR + 1 if vessel else NEAR) or _before(line, at, STUFFS)


def _fell(line: Line) -> list[Match]:
    """ "dan giao o cong trinh B sap, …" without marks: "sập" ends its clause, or "xuống" follows."""
    if line.has_marks:
        return []
    return [
        (at, at + 1, "accident")
        for at in range(1, len(line))
        if line.words[at] == "sap"
        and (line.words[at + 1 : at + 2] in ([], ["roi"], ["xuong"]) or not line.words[at + 1].isalnum())
        and any(line.words[each] in BARE_BUILT for each in line.before(at, FAR))
    ]


def _just_lost(line: Line) -> list[Match]:
    """ "khoi 12 vua mat 2 xe may" without marks: just gone, so many pieces."""
    if line.has_marks:
        return []
    return [
        (at, at + 1, "security")
        for at in range(1, len(line) - 2)
        if line.words[at] == "mat"
        and line.words[at - 1] in ("vua", "bi", "moi")
        and line.words[at + 1].isdecimal()
        and line.words[at + 2] in BARE_PIECES
    ]


def _is_only_gone(line: Line, at: int) -> bool:
    """ "đổ mất 1 thùng dung môi", "quên mất 2 cái bút": nobody took them."""
    return at > 0 and line.typed[at - 1] in GONE


def _came_out(line: Line) -> list[Match]:
    """ "kết quả PCR của a Phong tài xế: dương, CT 22": the word alone, behind what was tested."""
    return [
        (at, at + 1, "f0_case")
        for at in range(1, len(line))
        if line.raw[at] in ("dương", "duong")
        and (at + 1 == len(line) or not line.words[at + 1].isalnum() or line.words[at + 1] in ("roi", "a", "luon"))
        and line.words[at - 1] in OUTCOMES
        and not TESTED.isdisjoint(line.words[max(at - 2 * FAR, 0) : at])
    ]


def _has_no_brakes(line: Line, at: int) -> bool:
    """ "xe 15B mất thắng"."""
    return line.typed[at + 1 : at + 2] != [] and line.typed[at + 1] in BRAKES and bool(_before(line, at, CRAFT))


def _suspicious(line: Line, at: int) -> int:
    """A parcel that nobody owns, or a shell that was come upon."""
    if line.typed[at] in STRANGE:
        return _left_behind(line, at)
    return _before(line, at, MET) if line.typed[at] in SHELLS else 0


def _left_behind(line: Line, at: int) -> int:
    """ "có vali vô chủ ở băng chuyền", "túi đen khả nghi trước cổng": a parcel, and where it lies."""
    near = line.typed[max(at - 3, 0) : at]
    lies = _next(line, at, LEFT, NEAR + 1)
    seen = not at or line.words[0] in ("co", "phat", "thay", "vua") or line.typed[at - 1] in ("vô", "khả")
    return lies if PARCELS & set(near) and seen else 0


def _is_planned(line: Line, at: int) -> bool:
    """ "sắp sập", "nhớ đổ xăng": not yet, or on purpose."""
    planned = at > 0 and line.means(at - 1, *PLANNED)
    prevented = any(line.typed[each] in PREVENTED for each in line.before(at, FAR))
    return planned or prevented or (at > 1 and line.means(at - 2, "vì", "tại"))  # "chưa đi khám được vì đường sạt"


def _next(line: Line, at: int, words: frozenset[str], reach: int) -> int:
    """The word after the first of these within reach; nought if none."""
    return next((each + 1 for each in line.behind(at, reach) if line.typed[each] in words), 0)


def _before(line: Line, at: int, words: frozenset[str]) -> int:
    """ "giàn giáo trục B sập": one of these stands before it in its clause."""
    return at + 1 if any(line.typed[each] in words for each in line.before(at, FAR)) else 0


def _is_piece(line: Line, at: int) -> bool:
    """ "mất một chiếc xe", "mất 2 thùng hàng": a number of things, not of people or days."""
    if at + 1 < len(line) and line.typed[at] in PIECES and (at < 2 or line.typed[at - 2] not in OWN_LOSS):
        return True  # "mất cái xe SH của chị Liên"; "em làm mất cái thẻ" is his own loss
    if at + 1 >= len(line) or not (line.words[at].isdecimal() or line.means(at, "một", "hai", "ba", "bốn", "mấy")):
        return False
    return line.typed[at + 1] in PIECES


def _hurt(line: Line, at: int) -> int:
    return _next(line, at, BODY, NEAR)


def _broken(line: Line, at: int) -> int:
    return 0 if is_at_home(line, at) else _next(line, at, PIPES, NEAR)


def _gave_way(line: Line, at: int) -> int:
    return _next(line, at, GROUNDS, NEAR) or _before(line, at, GROUNDS)


def _stolen(line: Line, at: int) -> int:
    return at + 1 if _is_piece(line, at + 1) and not _is_only_gone(line, at) else 0


TELLERS: tuple[tuple[frozenset[str], Callable[[Line, int], int], str], ...] = (
    (HURTS, _hurt, "accident"),
    (SPILLS, _spilt, "chemical"),
    (BREAKS, _broken, "other"),
    (FALLS, lambda line, at: _before(line, at, BUILT), "accident"),
    (OVERFLOWS, lambda line, at: _before(line, at, DRAINS), "other"),
    (GIVES_WAY, _gave_way, "other"),
    (GOES_UNDER, lambda line, at: _before(line, at, CRAFT), "accident"),
    (LOST, _stolen, "security"),
)
"""The signs, what must stand beside them (the word behind it), and what it is then; the first that fits."""
FINDERS: tuple[tuple[Callable[[Line], list[Match]], int], ...] = (
    (_came_out, gate(TESTED) | gate({"duong"})),
    (told_harms, OF_HARMS),
    (outages, OF_OUTAGES),
    (breaches, OF_BREACHES),
    (hit, BEATEN),
    (bitten, BITTEN),
    (_fell, gate({"sap"})),
    (_just_lost, gate({"mat"})),
)
"""What finds the others, each with the gates it needs open."""
