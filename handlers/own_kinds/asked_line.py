"""The line "hỏi: đơn vị, hằng ngày 8:00-9:00, kín": who is asked, when, and whether it may be said in a room."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from handlers.own_kinds.definition import Schedule
from understanding.phrases.normalize import fold

EXAMPLE = "Ví dụ: hỏi: đơn vị, hằng ngày 8:00-9:00"
SHORTEST = 15
"""Minutes between asking and the due time: less is no time to answer."""
TIME = r"(\d{1,2})\s*(?:[:hg]\s*(\d{2})?|gio\s*(\d{2})?)"
WINDOW = re.compile(rf"(?:tu\s+)?{TIME}\s*(?:-|–|—|den|toi)\s*{TIME}")
DAILY = re.compile(r"\b(?:hang|moi)\s+ngay(?:\s+lam\s+viec)?\b")
WHEN_NEEDED = {"khi can", "khi co viec", "khi co", "khong hoi", "khong hoi dinh ky"}
PRIVATE = {"kin", "rieng tu", "bao rieng", "khong cong khai"}
UNIT = {"don vi", "cac don vi", "tung don vi", "moi don vi", "phong", "cac phong"}
PERSON = {"tung nguoi", "moi nguoi", "nguoi", "ca nhan", "can bo", "tung can bo", "nhan vien"}
WEEKDAYS = {
    **{f"thu {word}": number for number, words in enumerate(("hai", "ba", "tu", "nam", "sau")) for word in (words,)},
    **{f"thu {number + 2}": number for number in range(5)},
    **{f"t{number + 2}": number for number in range(5)},
}
CALLED = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu")
FILLING = {"", "va", "hang tuan", "moi tuan", "luc", "vao"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    about: Literal["unit", "person"] = "unit"
    is_private: bool = False
    schedule: Schedule | None = None


def read_asked(lines: list[str], mistakes: list[str]) -> Asked:
    """What the line says; whatever is not understood becomes a sentence."""
    if len(lines) != 1:
        mistakes.append(f"Xin ghi một dòng “hỏi”: hỏi ai và khi nào. {EXAMPLE}")
        return Asked()
    said = " ".join(fold(lines[0]).split()).strip(" .")
    windows = WINDOW.findall(said)
    rest = WINDOW.sub(",", said)
    is_daily = DAILY.search(rest) is not None
    parts = {part.strip(" .") for part in re.split(r",|;|\bva\b|\bluc\b|\bvao\b", DAILY.sub(",", rest))} - FILLING
    weekdays = {WEEKDAYS[part.removesuffix(" hang tuan")] for part in parts if _is_weekday(part)}
    parts = {part for part in parts if not _is_weekday(part)}
    unknown = parts - UNIT - PERSON - PRIVATE - WHEN_NEEDED
    if unknown:
        mistakes.append(f"Trong dòng “hỏi”, tôi chưa hiểu “{'”, “'.join(sorted(unknown))[:80]}”. {EXAMPLE}")
        return Asked()
    return Asked(
        about=_about(parts, mistakes),
        is_private=bool(parts & PRIVATE),
        schedule=_schedule(windows, weekdays, mistakes, is_daily=is_daily, is_never=bool(parts & WHEN_NEEDED)),
    )


def _is_weekday(part: str) -> bool:
    return part.removesuffix(" hang tuan") in WEEKDAYS


def _about(parts: set[str], mistakes: list[str]) -> Literal["unit", "person"]:
    asks_units, asks_people = bool(parts & UNIT), bool(parts & PERSON)
    if asks_units == asks_people:
        mistakes.append(f"Dòng “hỏi” xin ghi rõ một trong hai: “đơn vị” hoặc “từng người”. {EXAMPLE}")
    return "person" if asks_people else "unit"


def _schedule(
    windows: list[tuple[str, ...]], weekdays: set[int], mistakes: list[str], *, is_daily: bool, is_never: bool
) -> Schedule | None:
    if is_never and (windows or weekdays or is_daily):
        mistakes.append("Dòng “hỏi” ghi vừa “khi có việc” vừa giờ hỏi. Xin chọn một.")
    elif is_never or not (windows or weekdays or is_daily):
        return None
    elif len(windows) != 1:
        mistakes.append(f"Dòng “hỏi” xin ghi một giờ hỏi và một hạn. {EXAMPLE}")
    elif is_daily and weekdays:
        mistakes.append("Dòng “hỏi” ghi vừa “hằng ngày” vừa thứ trong tuần. Xin chọn một.")
    elif not is_daily and not weekdays:
        mistakes.append(f"Dòng “hỏi” xin ghi “hằng ngày” hoặc thứ trong tuần cạnh giờ. {EXAMPLE}")
    else:
        return _window(windows[0], weekdays, mistakes)
    return None


def _window(found: tuple[str, ...], weekdays: set[int], mistakes: list[str]) -> Schedule | None:
    opens, due = (int(found[at]) * 60 + int(found[at + 1] or found[at + 2] or 0) for at in (0, 3))
    is_clock = all(int(found[at]) < 24 and int(found[at + 1] or found[at + 2] or 0) < 60 for at in (0, 3))
    if not is_clock:
        mistakes.append("Giờ trong dòng “hỏi” chưa đúng. Xin ghi từ 0:00 đến 23:59, ví dụ 8:00-9:00.")
    elif due - opens < SHORTEST:
        mistakes.append(f"Hạn phải sau giờ hỏi ít nhất {SHORTEST} phút, ví dụ 8:00-9:00.")
    else:
        return Schedule(opens=_clock(opens), due=_clock(due), weekdays=tuple(sorted(weekdays)))
    return None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
