"""Reads "nhắc cả phòng 16:00 nộp báo cáo": the words about whom, the moment, and what is to be said; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time

from handlers.days.named_moments import NamedMoment, moments_in
from handlers.local_time import clock_time, local
from understanding.phrases.normalize import fold, nfc

VERB = re.compile(r"(?<!\w)nhac(?:\s+(?:giup|ho|nho|dum|gium))*(?!\w)(?!\s+(?:lai|den|toi\s+viec)(?!\w))")
BEFORE = re.compile(
    r"(?:(?:nho|phien|xin|giup|ho|hay|em|anh|chi|toi|bot|truc ban|oi|hen|dat|gio|lich|luc|vao|den|toi|ngay|nhe|thi|minh)\b|[\s,.:!])*"
)
"""What may stand before the verb, beside the moment."""
LINKS = re.compile(r"\A(?:(?:la|rang|ve|viec|hay|nho|de|phai|can|luc|vao|hoi|den|truoc)\b|[\s,.:;–-])+")
TAIL = re.compile(r"(?:[\s,.;:]|(?<!\w)(?:nhe|nha|a|voi|giup|gium|dum|luc|vao|hoi|den|nghen|nhen|nhoa))+\Z")
SMALL_HOURS = range(1, 6)
"""Hours that nearly always mean the afternoon: "3h" alone is asked about."""


class NotToBeReadError(Exception):
    """The sentence says what is missing or not clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What stands behind the verb without the moment (`words`: whom and what), and when."""

    words: str
    at: datetime


def is_wish(text: str, said_at: datetime) -> bool:
    """Does it begin with "nhắc" (or with a moment and then "nhắc"), and name an hour?"""
    said = nfc(text)
    verb = VERB.search(fold(said))
    if verb is None:
        return False
    moments = moments_in(said, said_at)
    return bool(moments) and BEFORE.fullmatch(_without(fold(said), moments)[: verb.start()]) is not None


def read_wish(text: str, said_at: datetime) -> Wish:
    """The words of a wish, or NotToBeReadError; nothing is guessed about the hour."""
    said = nfc(text)
    verb = VERB.search(fold(said))
    begin = 0 if verb is None else verb.end()
    moments = moments_in(said, said_at)
    chosen = next((one for one in moments if not one.is_limit), None)
    if chosen is None:
        raise NotToBeReadError(
            "Xin ghi giờ cần nhắc, ví dụ: nhắc cả phòng 15:30 nộp báo cáo trước 16:00."
            if moments
            else "Xin ghi giờ cần nhắc, ví dụ: nhắc cả phòng 16:00 nộp báo cáo."
        )
    _must_be_clear(chosen, said_at)
    return Wish(words=_without(said, [chosen])[begin:].strip(), at=chosen.at)


def what_of(words: str) -> str:
    """What is to be said, without the little words at its ends."""
    rest = words[_end_of(LINKS, words) :]
    tail = TAIL.search(fold(rest))
    return rest[: tail.start()].strip() if tail else rest.strip()


def _end_of(pattern: re.Pattern[str], words: str) -> int:
    found = pattern.match(fold(words))
    return found.end() if found else 0


def _must_be_clear(moment: NamedMoment, said_at: datetime) -> None:
    hour = local(moment.at).time()
    if not moment.names_part and hour.hour in SMALL_HOURS and hour >= time(1):
        raise NotToBeReadError(
            f"{hour.hour} giờ sáng hay {hour.hour} giờ chiều ạ? Xin nhắn lại cả câu, ví dụ “{hour.hour} giờ chiều” hoặc “{hour.hour + 12}:{hour.minute:02}”."
        )
    if moment.at <= said_at:
        day = "ngày ấy" if moment.names_day else "hôm nay"
        raise NotToBeReadError(
            f"{clock_time(moment.at)} {day} đã qua nên tôi chưa hẹn ạ. Xin nhắn lại, ghi rõ ngày giờ, ví dụ “{clock_time(moment.at)} mai”."
        )


def _without(text: str, moments: list[NamedMoment]) -> str:
    """Spaces in place of the moments' words: all other words stay where they were."""
    left = list(text)
    for one in moments:
        for start, end in ((one.start, one.end), *([one.day_at] if one.day_at else [])):
            left[start:end] = " " * (end - start)
    return "".join(left)
