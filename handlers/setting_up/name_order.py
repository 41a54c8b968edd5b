"""The order of a Vietnamese list of names: by given name, then family name, then the names between.

Letters follow the Vietnamese alphabet (a ă â b … d đ e ê …); where the letters of a syllable are the same, its tone
decides: none, huyền, hỏi, ngã, sắc, nặng. No collation of a database sorts so, hence a key of plain small letters
and digits, which every collation compares alike.
"""

from __future__ import annotations

import unicodedata

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
SHAPES = {("a", "\u0306"): "2", ("a", "\u0302"): "3", ("e", "\u0302"): "2", ("o", "\u0302"): "2", ("o", "\u031b"): "3"}
SHAPES |= {("u", "\u031b"): "2"}
LONGEST = 240  # characters of `people.sort_key`


def sort_key(full_name: str) -> str:
    """ "Nguyễn Thị Lan" → a key that sorts under Lan, then Nguyễn, then Thị."""
    words = full_name.split()
    in_order = [*words[-1:], *words[:-1]]
    return "".join(_syllable_key(word) for word in in_order)[:LONGEST]


def _syllable_key(word: str) -> str:
    """Two characters a letter (its base and its shape), then the tone: a digit, so that a shorter syllable goes first."""
    letters: list[str] = []
    tone = "0"
    for mark in unicodedata.normalize("NFD", word.casefold()):
        if mark in TONES:
            tone = TONES[mark]
        elif mark == "đ":
            letters.append("d2")
        elif "a" <= mark <= "z":
            letters.append(f"{mark}1")
        elif letters and unicodedata.combining(mark):
            base = letters[-1][0]
            letters[-1] = base + SHAPES.get((base, mark), letters[-1][1])
    return "".join(letters) + tone
