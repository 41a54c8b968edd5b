"""Words cut out of what stands between two spaces, and remembered: people type the same few thousand pieces again and again."""

import re
from itertools import pairwise
from typing import cast

from understanding.phrases.gates import gates_of
from understanding.phrases.lexicon import function_words
from understanding.phrases.normalize import FOLDED, fold, lower
from understanding.phrases.typing_slips import Piece, mend
from understanding.phrases.words import WORD

BEFORE_THROAT = function_words("line.before_throat")
SENTENCE_ENDS = frozenset(".!?;\n…")
INSIDE = frozenset(".,-:–&")
CLAUSE_ENDS = frozenset(",()[]-–—+>|•*:")
ENDS = SENTENCE_ENDS | CLAUSE_ENDS
TITLE_OR_VERB = frozenset({"dc", "đc"})
"""Before a name they mean "đồng chí", elsewhere "được"."""

TWO_WAYS = frozenset({"hong", "hum", "ms"})
DAY_BEHIND = re.compile(r" (?:wa|qua|kia|nay|trc|trước|thứ|t\d|cn)\b")
"""Before these "hum" is "hôm", elsewhere "không"."""
DAY_LETTERS = 8
MOVES_BEHIND = re.compile(r" (?:về|ve|dìa|đi|di|ra|vô|vo|vào|vao|lên|len|xuống|xuong|qua|sang|bay|tới|toi|đến|den)\b")
"""Before these "ms" is "mới", elsewhere a lady."""
BY_NEIGHBOURS = TITLE_OR_VERB | TWO_WAYS | {"b", "c", "bn"}
"""What these mean hangs on the words around them."""

TITLES: dict[str, Piece] = {"b": ("ban", "bạn"), "BN": ("bn", "bn")}
"""Short forms before a name: a friend, a patient."""
DOTTED_TITLES = frozenset({"mr", "ms", "mrs", "dr", "ths", "pgs"})
"""The dot behind them ends no sentence."""
MARKED, PLAIN = 3, -2
"""What a word with marks and one without weigh: more than two in five wear them in a message with marks."""
MOST_CHUNKS, LONGEST = 6_000, 20
"""So many are remembered, and none longer than this."""


Words = tuple[str, ...]
Chunk = tuple[Words, Words, Words, tuple[int, ...], tuple[tuple[int, bool], ...], int, str, int, int]
"""The words of a chunk: folded, as meant, as typed, where they begin in it; behind how many of them a clause ends, and
whether its sentence does; its letters and the space behind it; the whole folded; what its marks weigh; the gates it opens.
A plain tuple: a named one takes several times as long to be taken apart."""


def chunks(text: str) -> list[Chunk]:
    """All chunks of a text in their order; one for nothing between two spaces."""
    told = text.split(" ")
    found = list(map(_LONE.__getitem__, told))
    return cast("list[Chunk]", found) if all(found) else with_hanging(text, told, found)


def with_hanging(text: str, told: list[str], lone: list[Chunk | None]) -> list[Chunk]:
    """All chunks, those that are not known by themselves cut where they stand."""
    found: list[Chunk] = []
    at, before = 0, ""
    for said, known in zip(told, lone, strict=True):
        chunk = known or _cut(text, at, at + len(said), before)
        found.append(chunk)
        at += len(said) + 1
        before = chunk[0][-1] if chunk[0] else before
    return found


class _Lone(dict[str, Chunk | None]):
    """Chunks that mean the same wherever they stand, as they were met; none for what hangs on its neighbours, or is too long."""

    def __missing__(self, said: str) -> Chunk | None:
        if len(said) > LONGEST:
            return None
        hangs = said[:1] == "." or any(map(_hangs, WORD.findall(said)))
        if len(self) >= MOST_CHUNKS:
            self.clear()  # what is common comes back at once
        chunk = self[said] = None if hangs else _cut(said, 0, len(said), "")
        return chunk


_LONE = _Lone()


def _hangs(word: str) -> bool:
    return (len(word) == 1 and word.isupper()) or lower(word) in BY_NEIGHBOURS


def _cut(text: str, first: int, after: int, before: str) -> Chunk:
    """The chunk text[first:after], `before` being the word before it."""
    tokens: list[tuple[str, str, str, int]] = []
    breaks = []
    for found in WORD.finditer(text, first, after):
        said, (start, end) = found[0], found.span()
        pieces = _mended(text, start, end, before) if said[0].isalpha() else ((said, said),)
        tokens += [(word, typed, said, start - first) for word, typed in pieces]
        if said in ENDS and not _is_inside_word(text, start, before):
            breaks.append((len(tokens), said in SENTENCE_ENDS))
        before = pieces[-1][0]
    words = tuple(word for word, _, _, _ in tokens)
    return (
        words,
        tuple(typed for _, typed, _, _ in tokens),
        tuple(said for _, _, said, _ in tokens),
        tuple(start for _, _, _, start in tokens),
        tuple(breaks),
        after - first + 1,
        text[first:after].translate(FOLDED),
        sum(PLAIN if said.isascii() else MARKED for _, _, said, _ in tokens if said.isalpha()),
        gates_of(words),
    )


def _is_inside_word(text: str, at: int, before: str) -> bool:
    """A sign with letters or digits on both sides belongs to "P.KT", "3.412", "20-22"."""
    if text[at] == "." and before in DOTTED_TITLES:
        return True
    if text[at] not in INSIDE:
        return False
    if not (at > 0 and at + 1 < len(text) and text[at - 1].isalnum() and text[at + 1].isalnum()):
        return False
    return not (text[at] == "." and text[at - 1].islower() and text[at + 1].isupper())


def _mended(text: str, start: int, end: int, before: str) -> tuple[Piece, ...]:  # noqa: PLR0911  one exit for each rule reads best
    raw = text[start:end]
    typed = lower(raw)
    if end - start > 2 and typed == raw and typed not in TWO_WAYS:
        return mend(typed)
    if typed in TWO_WAYS and (meant := _of_two_ways(text, typed, end, before)):
        return meant
    if end - start <= 2 and _keeps_short_form(text, start, end, before):
        return ((fold(typed), typed),)
    if raw in TITLES and _starts_capital(text, end):
        return (TITLES[raw],)
    if typed in TITLE_OR_VERB and (not before or _starts_capital(text, end)):
        return (("dong", "đồng"), ("chi", "chí"))
    if raw.islower() or raw.isupper() or raw.istitle():
        return mend(typed)
    return tuple(piece for part in _cut_at_capitals(raw) for piece in mend(lower(part)))


def _of_two_ways(text: str, typed: str, end: int, before: str) -> tuple[Piece, ...]:
    """ "đau hong" is the throat, "hum qua" is yesterday; elsewhere both are "không"; "ms về" is "mới về"."""
    if typed == "hong":
        return (("hong", "họng"),) if before in BEFORE_THROAT else ()
    if typed == "ms":
        return (("moi", "mới"),) if MOVES_BEHIND.match(lower(text[end : end + DAY_LETTERS])) else ()
    return (("hom", "hôm"),) if DAY_BEHIND.match(lower(text[end : end + DAY_LETTERS])) else ()


def _keeps_short_form(text: str, start: int, end: int, before: str) -> bool:
    """ "t6", "50k", "kho A", "độ C" are not "tôi", "không", "anh", "chị"."""
    raw, typed = text[start:end], lower(text[start:end])
    if end < len(text) and text[end].isdigit():
        return True
    if start and text[start - 1].isdigit():
        return typed not in ("e", "a", "em") or (raw == "A" and text[start - 1] in "0123456789")
    if start and text[start - 1] in "./" and end - start == 1 and start > 1 and text[start - 2].isalnum():
        return True
    if start > 1 and text[start - 2 : start] in ("p.", "P.") and not text[start - 3 : start - 2].isalnum():
        return True
    if before == "do" and typed == "c":
        return True
    return raw.isupper() and end - start == 1 and bool(before) and not _starts_capital(text, end)


def _cut_at_capitals(raw: str) -> list[str]:
    """ "HảiPhòng" -> "Hải", "Phòng"; "SpO", "McD" and the like stay whole."""
    cuts = [0]
    for at, (before, letter) in enumerate(pairwise(raw), 1):
        if letter.isupper() and before.islower() and at - cuts[-1] > 1 and at + 1 < len(raw):
            cuts.append(at)
    cuts.append(len(raw))
    return [raw[a:b] for a, b in pairwise(cuts)]


def _starts_capital(text: str, at: int) -> bool:
    rest = text[at : at + 2]
    return len(rest) == 2 and rest[0] == " " and rest[1].isupper()
