"""Capitals, marks and spaces: what a keyboard, a phone or a hurry does to every letter."""

import re

from tests.understanding.dresses.dress import BARE, of_text

GLUED = re.compile(r"(?<=[^\W\d]),\s+|,\s+(?=[^\W\d])")


def bare(text: str) -> str:
    return text.translate(BARE)


DRESSES = (
    of_text("chữ thường", str.lower),
    of_text("CHỮ HOA", str.upper),
    of_text("không dấu", bare),
    of_text("không dấu, chữ thường", lambda text: bare(text).lower()),
    of_text("hoa đầu mỗi chữ", lambda text: re.sub(r"\b[a-zà-ỹđ]", lambda found: found[0].upper(), text), lambda row: len(row["text"]) < 120),
    of_text("hai dấu cách", lambda text: text.replace(" ", "  ")),
    of_text("không cách sau dấu phẩy", lambda text: GLUED.sub(",", text)),
    of_text("cách trước dấu câu", lambda text: re.sub(r"(?<=\w)([,.;!?])(?=\s|$)", r" \1", text)),
    of_text("mỗi chữ cuối kéo dài", lambda text: re.sub(r"(ạ|nha|nhé|ơi|luôn|rồi|quá)\b", lambda found: found[0] + found[0][-1] * 3, text)),
)  # fmt: skip
