"""Readers of single answers that more than one kind uses: they return JSON types, or None when they are not sure."""

from __future__ import annotations

from datetime import date, datetime

from understanding import read
from understanding.dates import read_dates
from understanding.numbers import read_number
from understanding.phrases.normalize import fold

NOTHING = frozenset({"khong", "khong co", "khong ai", "khong co ai", "khong co khach", "ko", "ko co", "k", "k co"})
YES = frozenset({"co", "co a", "da co", "dung", "phai", "roi", "vang"})
MOST = 1_000_000
"""A day's figure above this is a telephone number or a slip."""
BEFORE = frozenset(
    {"da", "co", "la", "tong", "so", "cong", "tat", "ca", "du", "duoc", "hom", "nay", "em", "toi", "bao", "dung", "moi"}
)
MOST_BEHIND = 2
"""Words behind the number: "12 lượt khách"."""
NO_UNITS = frozenset({"gio", "h", "g", "phut", "thang", "nam", "do", "hay", "hoac", "den"})
TIMES = frozenset({"chuc", "tram", "nghin", "ngan", "trieu", "tr", "ty", "ti", "k"})
"""What makes more of a number in digits than it says: "2 nghìn"."""


def folded(text: str) -> str:
    """The words alone: small, without marks, without the dots and politeness at the end."""
    words = fold(text).strip(" .,!ạ").removeprefix("da ").removesuffix(" a").removesuffix(" nhe")
    return " ".join(words.split())


def whole_number(text: str, _sent_at: datetime) -> int | None:
    """ "12", "mười hai", "12 lượt"; "không có" is 0. A number in a sentence about something else is no answer."""
    if folded(text) in NOTHING:
        return 0
    found = read_number(text)
    if found is None or not found.is_certain or found.value != int(found.value) or not 0 <= found.value <= MOST:
        return None
    if found.span is None or not _is_all_about(text[: found.span[0]], text[found.span[1] :]):
        return None
    return int(found.value)


def _is_all_about(before: str, behind: str) -> bool:
    """Does nothing beside the number make it a day, an hour, an estimate, a room, or one of several?"""
    words = folded(behind).split()
    if behind[:1] in ("/", ":", "-", "–", "%") or read_number(behind) is not None:
        return False
    return set(folded(before).split()) <= BEFORE and len(words) <= MOST_BEHIND and (NO_UNITS | TIMES).isdisjoint(words)


MOST_BESIDE = 5
"""Words beside a day: "dạ ngày 17/6 em về ạ"."""


def one_day(text: str, sent_at: datetime) -> str | None:
    """The one day that is named, as ISO text. Two days are not guessed between; a day in a sentence about somebody's
    leave or illness is no answer to "ngày nào?"."""
    found = read_dates(text, sent_at)
    if len(found) != 1 or not found[0].is_certain or not isinstance(found[0].value, date) or found[0].span is None:
        return None
    first, after = found[0].span
    if len(folded(f"{text[:first]} {text[after:]}").split()) > MOST_BESIDE:
        return None
    tells_else = any(report.kind not in {"travel", "ack"} for report in read(text, sent_at).reports)
    return None if tells_else else found[0].value.isoformat()


def yes_or_no(text: str, _sent_at: datetime) -> bool | None:
    said = folded(text)
    if said in NOTHING or said in {"chua", "chua co"}:
        return False
    return True if said in YES else None
