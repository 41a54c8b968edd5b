"""Reading an area of risk from a line: "Đà Nẵng cấp 2 từ 20/11 đến 30/11 nguồn CV 1722 lưu ý hạn chế đi lại"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.days.named_days import find_day
from understanding.journeys.places import read_places
from understanding.phrases.normalize import fold, nfc

ADVICE = re.compile(r"[;,.]?\s*\b(luu y|khuyen cao)\b\s*:?\s*")
SOURCE = re.compile(r"[;,.]?\s*\b(nguon|theo)\b\s*:?\s*")
LEVEL = re.compile(r"[;,]?\s*\bcap(?: do)?\s*:?\s*(\d)\b")
FROM = re.compile(r"[;,]?\s*\btu(?: ngay)?\s*:?\s*(?P<day>hom nay|ngay mai|mai|[\d/.-]+)")
TO = re.compile(r"[;,]?\s*\b(?:den|het)(?: het)?(?: ngay)?\s*:?\s*(?P<day>hom nay|ngay mai|mai|[\d/.-]+)")
SURE = 0.8
HIGHEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadArea:
    province: str
    name: str
    level: int | None
    valid_from: date
    valid_to: date | None
    source: str
    advice: str


def read_area(line: str, today: date) -> ReadArea | str:
    """The area, or what is wrong with the line in one sentence."""
    rest, advice = _cut(" ".join(nfc(line).split()), ADVICE)
    rest, source = _cut(rest, SOURCE)
    level, first, last = (pattern.search(fold(rest)) for pattern in (LEVEL, FROM, TO))
    starts = [found.start() for found in (level, first, last) if found is not None]
    name = rest[: min(starts, default=len(rest))].strip(" ;,.-")
    provinces = {slot.value for slot in read_places(name) if slot.value and slot.certainty >= SURE}
    if len(provinces) != 1:
        return f"“{name}”: xin ghi rõ một tỉnh, thành phố (hoặc nước), ví dụ: xã Hòa Vang, Đà Nẵng."
    days = [None if found is None else _day(found["day"], today) for found in (first, last)]
    if (first is not None and days[0] is None) or (last is not None and days[1] is None):
        return f"“{name}”: ngày chưa đọc được, xin ghi như 20/11 hoặc 20/11/2026."
    begins, ends = days[0] or today, days[1]
    if ends is not None and ends < begins:
        return f"“{name}”: ngày hết đang trước ngày bắt đầu."
    if level is not None and not 1 <= int(level[1]) <= HIGHEST:
        return f"“{name}”: cấp chỉ từ 1 đến {HIGHEST}."
    return ReadArea(
        province=provinces.pop(),
        name=name,
        level=None if level is None else int(level[1]),
        valid_from=begins,
        valid_to=ends,
        source=source[:300],
        advice=advice[:1000],
    )


def _cut(text: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """What stands before the mark and after it; folding keeps lengths."""
    found = mark.search(fold(text))
    return (text, "") if found is None else (text[: found.start()], text[found.end() :].strip(" ;,"))


def _day(said: str, today: date) -> date | None:
    """The nearest day so called, past or to come."""
    found = [find_day(said, today=today, is_ahead=ahead) for ahead in (False, True)]
    return min((each[0] for each in found if each is not None), key=lambda day: abs(day - today), default=None)
