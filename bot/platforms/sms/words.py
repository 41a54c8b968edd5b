"""Words for a telephone: plain, without pictures, counted as networks count them, and cut where they would cost too much."""

from __future__ import annotations

import re

from bot.marked_text import as_plain
from bot.platforms.sms.letters import without_diacritics, without_pictures

ONE_PART, EACH_PART = 160, 153
"""Characters of a message in the telephones' own letters (GSM 03.38): alone, and in each part of a longer one."""
ONE_UNICODE_PART, EACH_UNICODE_PART = 70, 67
"""UTF-16 units, as soon as one letter is not among them: every ordinary Vietnamese sentence."""
OWN_LETTERS = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE_LETTERS = frozenset("^{}\\[~]|€\f")  # two characters each


def fit(text: str, *, parts: int, keeps_diacritics: bool) -> str:
    """The text in at most so many parts, its end replaced by "..." where it does not fit."""
    words = re.sub(r"\n{2,}", "\n", without_pictures(as_plain(text))).strip()
    if not keeps_diacritics:
        words = without_diacritics(words)
    return words if parts_of(words) <= parts else _cut(words, parts)


def parts_of(text: str) -> int:
    """How many parts the network will count."""
    units, one, each = _count(text)
    return 1 if units <= one else -(-units // each)


def _count(text: str) -> tuple[int, int, int]:
    if all(letter in OWN_LETTERS or letter in DOUBLE_LETTERS for letter in text):
        return sum(1 + (letter in DOUBLE_LETTERS) for letter in text), ONE_PART, EACH_PART
    return len(text.encode("utf-16-le")) // 2, ONE_UNICODE_PART, EACH_UNICODE_PART


def _cut(text: str, parts: int) -> str:
    """The longest beginning that fits with its dots, parted between words where it can be."""
    least, most = 0, len(text)
    while least < most:  # the number of parts never falls with the length
        middle = (least + most + 1) // 2
        least, most = (middle, most) if parts_of(f"{text[:middle]}...") <= parts else (least, middle - 1)
    beginning = text[:least]
    at_word = beginning.rsplit(None, 1)[0] if re.search(r"\s", beginning[-20:]) else beginning
    return f"{at_word.rstrip(' ,.;:')}..."
