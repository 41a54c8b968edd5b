"""Text in letters that every telephone has."""

from __future__ import annotations

import re
import unicodedata

PICTURES = re.compile("[\u2190-\u2bff\u3000-\u303f\ufe0e\ufe0f\u200d\u20e3\U0001f000-\U0001faff]")
"""Emoji, arrows and what joins them: they say nothing that the words do not."""
SIGNS = str.maketrans(
    {
        "đ": "d",
        "Đ": "D",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "-",
        "·": "-",
        "×": "x",
        "\u00a0": " ",
        "≤": "<=",
        "≥": ">=",
    }
)


def without_pictures(text: str) -> str:
    return re.sub(r"(?m)^ +| +$", "", re.sub(r" {2,}", " ", PICTURES.sub("", text)))


def without_diacritics(text: str) -> str:
    """ "Đã nhận" → "Da nhan"; only ASCII is left."""
    parted = unicodedata.normalize("NFD", text.translate(SIGNS))
    return parted.encode("ascii", "ignore").decode()
