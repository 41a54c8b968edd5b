"""Marked text as Zalo takes it: plain words with a list of styles, counted in UTF-16 units, in pieces that fit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from storage.messages import BOLD_OFF, BOLD_ON

MARKS = re.compile(f"([{BOLD_ON}{BOLD_OFF}])")
CUTS = ("\n\n", "\n", ". ", " ")
"""Where a long text may be parted, best first."""


@dataclass(frozen=True, slots=True)
class Styled:
    """Words without marks; `bold` as (start, length) in UTF-16 units."""

    text: str
    bold: tuple[tuple[int, int], ...]

    @property
    def styles(self) -> list[dict[str, object]]:
        """The wire's `text_styles`."""
        return [{"start": start, "len": length, "st": ["b"]} for start, length in self.bold]


def units(text: str) -> int:
    """Length in UTF-16 code units: how Zalo counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def compose(marked: str) -> str:
    """NFC: decomposed Vietnamese is much longer."""
    return unicodedata.normalize("NFC", marked)


def styled(marked: str) -> Styled:
    """Marks in any order become spans that do not overlap."""
    words: list[str] = []
    bold: list[tuple[int, int]] = []
    at, since = 0, -1
    for part in MARKS.split(marked):
        if part == BOLD_ON:
            since = at if since < 0 else since
        elif part == BOLD_OFF:
            bold += [(since, at - since)] if 0 <= since < at else []
            since = -1
        else:
            words.append(part)
            at += units(part)
    bold += [(since, at - since)] if 0 <= since < at else []
    return Styled("".join(words), tuple(bold))


def as_plain(marked: str) -> str:
    return MARKS.sub("", marked)


def split(marked: str, limit: int) -> list[str]:
    """Pieces of at most `limit` visible UTF-16 units, parted at paragraph ends where there are any."""
    pieces: list[str] = []
    rest = compose(marked)
    while units(as_plain(rest)) > limit:
        end = _place_to_cut(rest, _position_after(rest, limit))
        piece, rest = rest[:end].rstrip(), rest[end:].lstrip()
        if piece.rfind(BOLD_ON) > piece.rfind(BOLD_OFF):
            piece, rest = piece + BOLD_OFF, BOLD_ON + rest
        if as_plain(piece).strip():
            pieces.append(piece)
    return [*pieces, rest] if as_plain(rest).strip() or not pieces else pieces


def _position_after(marked: str, visible: int) -> int:
    """The place in the marked text behind that many visible units; never inside a character."""
    for place, character in enumerate(marked):
        if not MARKS.match(character):
            visible -= units(character)
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
