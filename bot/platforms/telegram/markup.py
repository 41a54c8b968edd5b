"""Marked text as Telegram takes it: HTML with bold, and pieces that fit, counted in characters as its server counts them."""

from __future__ import annotations

import html

from bot.marked_text import MARKS, as_plain
from bot.marked_text import split as split_marked
from storage.messages import BOLD_OFF, BOLD_ON

TAGS = {True: "<b>", False: "</b>"}


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


def split(text: str, limit: int) -> list[str]:
    """Pieces of at most `limit` visible characters, parted at paragraph ends where there are any."""
    return split_marked(text, limit, length=len)


def shorten(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis where it does not fit."""
    return text if len(as_plain(text)) <= limit else split(text, limit - 2)[0] + "\n…"
