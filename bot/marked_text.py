"""Marked text on its way out, and names and words on their way in: composed, cleaned, counted, in pieces that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from storage.messages import BOLD_OFF, BOLD_ON, INVISIBLE

MARKS = re.compile(f"([{BOLD_ON}{BOLD_OFF}])")
UNWANTED = re.compile(f"[{INVISIBLE}]")
"""Joiners stay: emoji need them."""
CUTS = ("\n\n", "\n", ". ", " ")
"""Where a long text may be parted, best first."""


def clean(text: str) -> str:
    """Composed letters, plain line ends, nothing invisible that could break a table or forge a mark."""
    return UNWANTED.sub("", compose(text).replace("\r\n", "\n").replace("\r", "\n"))


def clean_name(text: str) -> str:
    """As one line: a name must not look like a line of ours."""
    return " ".join(clean(text).split())


def compose(marked: str) -> str:
    """NFC: decomposed Vietnamese is much longer."""
    return unicodedata.normalize("NFC", marked)


def as_plain(marked: str) -> str:
    return MARKS.sub("", marked)


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(marked: str, limit: int, *, length: Callable[[str], int] = units) -> list[str]:
    """Pieces of at most `limit` visible UTF-16 units, parted at paragraph ends where there are any.

    `length`: where a platform counts otherwise.
    """
    pieces: list[str] = []
    rest = compose(marked)
    while length(as_plain(rest)) > limit:
        end = _place_to_cut(rest, _position_after(rest, limit, length))
        piece, rest = rest[:end].rstrip(), rest[end:].lstrip()
        if piece.rfind(BOLD_ON) > piece.rfind(BOLD_OFF):
            piece, rest = piece + BOLD_OFF, BOLD_ON + rest
        if as_plain(piece).strip():
            pieces.append(piece)
    return [*pieces, rest] if as_plain(rest).strip() or not pieces else pieces


def _position_after(marked: str, visible: int, length: Callable[[str], int]) -> int:
    """The place in the marked text behind so much that is visible; never inside a character."""
    for place, character in enumerate(marked):
        if not MARKS.match(character):
            visible -= length(character)
            if visible < 0:
                return place
    return len(marked)


def _place_to_cut(marked: str, latest: int) -> int:
    """A paragraph end that leaves at least a third of the room used, else a line, a sentence, a word, any place."""
    for cut in CUTS:
        place = marked.rfind(cut, latest // 3, latest + len(cut))
        if 0 < place <= latest:
            return min(place + len(cut.rstrip()), latest)
    return latest
