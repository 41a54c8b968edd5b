"""Marked text as Telegram takes it: HTML with bold, plain, and in pieces that fit."""

from __future__ import annotations

import html
import re

from storage.messages import BOLD_OFF, BOLD_ON

MARKS = re.compile(f"([{BOLD_ON}{BOLD_OFF}])")
TAGS = {True: "<b>", False: "</b>"}
CUTS = ("\n\n", "\n", ". ", " ")
"""Where a long text may be parted, best first."""


def as_html(text: str) -> str:
    """Everything escaped; the marks become balanced <b> … </b>, whatever order they came in."""
    parts, is_bold = [], False
    for part in MARKS.split(text):
        if part not in {BOLD_ON, BOLD_OFF}:
            parts.append(html.escape(part, quote=False))
        elif (part == BOLD_ON) != is_bold:
            is_bold = not is_bold
            parts.append(TAGS[is_bold])
    return "".join(parts) + (TAGS[False] if is_bold else "")


def as_plain(text: str) -> str:
    return MARKS.sub("", text)


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis where it does not fit."""
    return text if len(as_plain(text)) <= limit else split(text, limit - 2)[0] + "\n…"


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` visible characters, parted at paragraph ends where there are any."""
    pieces = []
    while len(as_plain(text)) > limit:
        end = _place_to_cut(text, _position_after(text, limit))
        piece, text = text[:end].rstrip(), text[end:].lstrip()
        if _is_open(piece):
            piece, text = piece + BOLD_OFF, BOLD_ON + text
        if as_plain(piece).strip():
            pieces.append(piece)
    return [*pieces, text] if text or not pieces else pieces


def _position_after(text: str, visible: int) -> int:
    """The place in the marked text behind that many visible characters."""
    for place, character in enumerate(text):
        if not MARKS.match(character):
            visible -= 1
            if visible < 0:
                return place
    return len(text)


def _place_to_cut(text: str, latest: int) -> int:
    """A paragraph end that leaves at least a third of the room used, else a line, a sentence, a word, any place."""
    for cut in CUTS:
        place = text.rfind(cut, latest // 3, latest + len(cut))
        if 0 < place <= latest:
            return min(place + len(cut.rstrip()), latest)
    return latest


def _is_open(text: str) -> bool:
    return text.rfind(BOLD_ON) > text.rfind(BOLD_OFF)
