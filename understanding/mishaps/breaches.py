"""Trust that is broken, told by words that stand apart: an account taken over, a seal or secret papers gone, a thief caught, a crowd at the gate, a child lost."""

from collections.abc import Callable

from understanding.phrases.gates import gate
from understanding.phrases.lexicon import function_words
from understanding.phrases.line import Line
from understanding.phrases.settle import Match

TAKEN = function_words("breaches.taken")
ACCOUNTS = function_words("breaches.accounts")
THIEVES = function_words("breaches.thieves")
CAUGHT = frozenset({"qua", "duoc", "tai", "gon", "gian"})
CROWDS = function_words("breaches.crowds")
GATES = function_words("breaches.gates")
PAPERS = frozenset({("tai", "lieu"), ("ho", "so"), ("cong", "van"), ("giay", "to"), ("van", "ban")})
SECRET = frozenset({"mật"})
LOST = frozenset({"chau", "be", "cu", "sinh", "tre", "khach"})
SOUGHT = frozenset(
    {("tim", "thay"), ("chua", "thay"), ("khong", "thay"), ("dang", "tim"), ("chua", "tim"), ("tim", "me")}
)
SIGNS = TAKEN | frozenset({"mat", "lac", "bat", "keo", "tap", "vay"})
TRACES = gate(SIGNS)
"""Closed where nothing can be found."""
NEAR, FAR = 4, 8


def breaches(line: Line) -> list[Match]:
    """First word, word after, and what it is."""
    if "?" in line.bag or "ai" in line.words[:2]:
        return []
    return [
        (at, at + 1, sort)
        for at, word in enumerate(line.words)
        if word in SIGNS
        for tells, sort in KINDS
        if tells(line, at)
    ][:1]


def tells_breach(line: Line) -> bool:
    """Too rare for its words to have been weighed, and too grave to be passed over."""
    return bool(line.gates & TRACES) and bool(breaches(line))


def _account_taken(line: Line, at: int) -> bool:
    """ "tài khoản zalo của em bị chiếm rồi", "nick tui bị hack"."""
    return line.words[at] in TAKEN and not ACCOUNTS.isdisjoint(line.words[each] for each in line.before(at, FAR))


def _papers_gone(line: Line, at: int) -> bool:
    """ "mất con dấu ủy ban", "thất lạc hồ sơ mật"; not "em làm mất cái thẻ"."""
    if not line.means(at, "mất", "lạc") or (at and line.words[at - 1] == "lam"):
        return False
    pair = tuple(line.words[at + 1 : at + 3])
    if pair == ("con", "dau"):
        return line.means(at + 2, "dấu")
    return pair in PAPERS and any(line.typed[each] in SECRET for each in range(at + 3, min(at + 6, len(line))))


def _thief_caught(line: Line, at: int) -> bool:
    """ "bắt quả tang 1 tên móc túi", "bắt được trộm xe"."""
    caught = line.means(at, "bắt") and not CAUGHT.isdisjoint(line.words[at + 1 : at + 2])
    return caught and any(line.means(each, *THIEVES) for each in line.behind(at, FAR))


def _crowd(line: Line, at: int) -> bool:
    """ "dân kéo đến đông trước cổng ủy ban"."""
    gathers = line.words[at] in ("keo", "vay") or line.words[at - 1 : at + 1] == ["tu", "tap"]
    crowd = any(line.words[each] in CROWDS for each in line.before(at, NEAR))
    return gathers and crowd and any(line.words[each] in GATES for each in line.behind(at, FAR))


def _somebody_lost(line: Line, at: int) -> bool:
    """ "cháu bé lạc ở chợ, chưa tìm thấy mẹ", "học sinh đi lạc chưa tìm thấy"."""
    if not line.means(at, "lạc") or "truyen" in line.bag:
        return False
    who = {*(line.words[each] for each in line.before(at, NEAR)), *(line.words[each] for each in line.behind(at, NEAR))}
    sought = any(tuple(line.words[each : each + 2]) in SOUGHT for each in range(len(line) - 1))
    return not LOST.isdisjoint(who) and (sought or line.words[at + 1 : at + 2] == ["mat"])


KINDS: tuple[tuple[Callable[[Line, int], bool], str], ...] = (
    (_account_taken, "security"),
    (_papers_gone, "security"),
    (_thief_caught, "security"),
    (_crowd, "security"),
    (_somebody_lost, "other"),
)
"""What tells each, and what it is; the first that fits."""
