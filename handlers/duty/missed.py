"""Whoever is away on a day of his own duty: he reads it with his receipt, and the office must find another."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.check_ins.presence import is_half_a_day
from handlers.duty.roster import POSTS, called
from handlers.duty.shift_hours import say_hours
from handlers.local_time import local_day, short_day
from handlers.telling import tell_office
from handlers.visit import Visit
from storage.messages import Lane
from storage.records.check_ins import CheckIn
from storage.records.duty import DutyPost, Shift, shifts_of
from storage.records.people import find_person
from understanding.phrases.normalize import fold

ABSENT = frozenset({"leave", "sick"})
SWAPS = re.compile(
    r"\b(?:doi|nho|xin)\b.*\b(?:ca truc|lich truc|truc ho|truc thay|truc giup|truc voi|buoi truc)\b|\bdoi (?:ca|truc|lich)\b|\btruc (?:thay|ho|giup) (?:em|toi|minh|chi|anh)\b"
)
SWAP = "Xin đổi ca với người khác: /lichtruc đổi {day} với (tên) (ngày của người ấy), hoặc nhắn Văn phòng."
FIND_ANOTHER = "⚠️ {who} báo vắng mà có ca trực: {turns}. Xin xếp người thay: /lichtruc xoay {day}-{day}: (tên)"


def tell_of_missed_turns(tx: Connection, kind: CheckInKind, kept: CheckIn, now: datetime) -> str:
    """A line for whoever reported; the office is told, but not why. Empty where no turn of his is touched."""
    missed = _missed(tx, kind, kept, now)
    person = find_person(tx, kept.person_id) if kept.person_id else None
    if not missed or person is None:
        return ""
    turns = "; ".join(_say(tx, turn) for turn in missed)
    day = short_day(local_day(missed[0].starts_at))
    text = FIND_ANOTHER.format(who=person.in_full, turns=turns, day=day)
    tell_office(tx, text, key=f"check_in/{kept.id}/missed_turns", lane=Lane.ANSWER, now=now)
    return f"⚠️ Ngày ấy có ca trực: {turns}. {SWAP.format(day=day)}"


def how_to_swap(visit: Visit) -> str:
    """Of his own next turn, to who asks in words for another to take it; empty for words about anything else."""
    if not SWAPS.search(fold(visit.message.text)):
        return ""
    turns = shifts_of(visit.tx, visit.known.id, visit.now)
    if not turns:
        return "Lịch không ghi ca trực nào sắp tới của anh/chị. Xem cả lịch: /lichtruc."
    day = short_day(local_day(turns[0].starts_at))
    return f"Ca trực sắp tới của anh/chị: {_say(visit.tx, turns[0])}. Tôi chưa đổi gì. {SWAP.format(day=day)}"


def _missed(tx: Connection, kind: CheckInKind, kept: CheckIn, now: datetime) -> list[Shift]:
    is_away = kind.leads_to is not None or kept.answers.get("status") in ABSENT
    if kept.person_id is None or not is_away or is_half_a_day(kept.answers):
        return []
    last = kept.until or kept.day
    return [turn for turn in shifts_of(tx, kept.person_id, now) if kept.day <= local_day(turn.starts_at) <= last]


def _say(tx: Connection, turn: Shift) -> str:
    day = called(tx, local_day(turn.starts_at))
    return f"{POSTS[DutyPost(turn.post)]} {day}, {say_hours(turn.starts_at, turn.ends_at)}"
