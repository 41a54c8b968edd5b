"""Readers of single answers that more than one kind uses: they return JSON types, or None when they are not sure."""

from __future__ import annotations

from datetime import datetime

from understanding.normalize import fold
from understanding.numbers import read_number

NOTHING = frozenset({"khong", "khong co", "khong ai", "khong co ai", "khong co khach", "ko", "ko co", "k", "k co"})
YES = frozenset({"co", "co a", "da co", "dung", "phai", "roi", "vang"})
MOST = 1_000_000
"""A day's figure above this is a telephone number or a slip."""


def folded(text: str) -> str:
    """The words alone: small, without marks, without the dots and politeness at the end."""
    words = fold(text).strip(" .,!ạ").removeprefix("da ").removesuffix(" a").removesuffix(" nhe")
    return " ".join(words.split())


def whole_number(text: str, _sent_at: datetime) -> int | None:
    """ "12", "mười hai", "12 lượt"; "không có" is 0."""
    if folded(text) in NOTHING:
        return 0
    found = read_number(text)
    if found is None or not found.is_certain or found.value != int(found.value) or not 0 <= found.value <= MOST:
        return None
    return int(found.value)


def yes_or_no(text: str, _sent_at: datetime) -> bool | None:
    said = folded(text)
    if said in NOTHING or said in {"chua", "chua co"}:
        return False
    return True if said in YES else None
