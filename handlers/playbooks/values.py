"""Single values of a playbook as people write them: a time, a place, a level, what must be shown."""

from __future__ import annotations

import re

from handlers.incidents.all_kinds import all_incident_kinds
from handlers.playbooks.definition import Evidence, Place
from understanding.phrases.normalize import fold

MINUTES = {"phut": 1, "gio": 60, "ngay": 24 * 60}
TIME = re.compile(r"(\d{1,3}) ?(phut|gio|ngay)")
AT_ONCE = 15  # minutes that "ngay" gives before it is chased
LONGEST = 60 * 24 * 60
PLACES = {"gan": Place.NEAR, "gan tru so": Place.NEAR, "trong": Place.INSIDE, "tai co quan": Place.INSIDE}
EVIDENCES = {"anh": Evidence.PHOTO, "ghi chu": Evidence.NOTE, "khong": Evidence.NONE}
YES, NO = ("co", "dung"), ("khong",)
INCIDENTS = {
    "ca bệnh": "disease_case",
    "tai nạn lao động": "workplace_accident",
    "cháy nổ": "fire",
    "mưa bão": "flood_storm",
    "ngộ độc thực phẩm": "food_poisoning",
    "sự cố kỹ thuật": "technical_incident",
    "việc khác": "other",
}
"""How a playbook names the kinds of incident it is for."""
_BY_WORDS = {fold(words): name for words, name in INCIDENTS.items()}


def plain(words: str) -> str:
    return " ".join(fold(words).strip(" .").split())


def minutes_of(words: str) -> int | None:
    """ "ngay", "30 phút", "2 giờ", "3 ngày", "1 giờ 30 phút"."""
    said = plain(words)
    if said in ("ngay", "ngay lap tuc"):
        return AT_ONCE
    total = sum(int(number) * MINUTES[unit] for number, unit in TIME.findall(said))
    is_whole = not TIME.sub("", said).strip()
    return total if is_whole and 0 < total <= LONGEST else None


def place_of(words: str) -> Place | None:
    return PLACES.get(plain(words))


def level_of(words: str) -> int | None:
    """ "2", "từ 2", "cấp 3"."""
    found = re.fullmatch(r"(?:tu )?(?:cap )?([123])(?: tro len)?", plain(words))
    return int(found[1]) if found else None


def evidence_of(words: str) -> Evidence | None:
    return EVIDENCES.get(plain(words))


def yes_or_no(words: str) -> bool | None:
    said = plain(words)
    return True if said in YES else False if said in NO else None


def incident_of(words: str) -> str | None:
    name = _BY_WORDS.get(plain(words))
    return name if name in all_incident_kinds() else None


def said_minutes(minutes: int) -> str:
    """120 → "2 giờ"."""
    for unit, size in (("ngày", 24 * 60), ("giờ", 60)):
        if minutes % size == 0:
            return f"{minutes // size} {unit}"
    hours, rest = divmod(minutes, 60)
    return f"{hours} giờ {rest} phút" if hours else f"{rest} phút"
