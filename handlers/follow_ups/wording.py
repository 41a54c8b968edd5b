"""A follow-up in words: why, which day of how many, and how the person said he was."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers.answers import wellbeing
from handlers.check_in import Watched
from storage.records.check_ins import CheckIn
from storage.records.follow_ups import FollowUp
from storage.records.people import find_person
from storage.records.units import find_unit

REASONS = {
    Watched.RETURNED: "về từ vùng nguy cơ",
    Watched.CONTACT: "tiếp xúc ca bệnh",
    Watched.SYMPTOMS: "có triệu chứng",
    Watched.OFFICE: "theo phân công",
}
EXPOSURES = {
    0: "người mắc bệnh (F0)",
    1: "người tiếp xúc (F1)",
    2: "người tiếp xúc của F1 (F2)",
    3: "người tiếp xúc của F2 (F3)",
}


def why(follow_up: FollowUp) -> str:
    """In the words of the law, with the letter people use."""
    if follow_up.exposure_level is not None:
        return EXPOSURES[follow_up.exposure_level]
    return REASONS[Watched(follow_up.reason)]


def who(tx: Connection, follow_up: FollowUp) -> str:
    person, unit = find_person(tx, follow_up.person_id), find_unit(tx, follow_up.unit_id)
    name = person.in_full if person else "?"
    return f"{name} ({unit.short_name})" if unit else name


def day_of(follow_up: FollowUp, today: date) -> str:
    """ "ngày 3/7"; before it begins, from when."""
    number = (today - follow_up.first_day).days + 1
    return f"ngày {min(number, follow_up.days)}/{follow_up.days}" if number >= 1 else f"từ {follow_up.first_day:%d/%m}"


def state_on(answer: CheckIn | None, *, was_asked: bool) -> str:
    if answer is not None:
        return wellbeing.say(answer.answers)
    return "chưa trả lời" if was_asked else "chưa hỏi"
