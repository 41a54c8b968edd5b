"""A report said back to whoever made it: what it is, of which unit, of which day where that is not today."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.local_time import short_day
from storage.records.check_ins import CheckIn
from storage.records.units import find_unit


def say_back(tx: Connection, kind: CheckInKind, kept: CheckIn, today: date) -> str:
    """ "số lượt khách của Phòng TM ngày 20/11, 12 lượt khách"; of a person only what he said."""
    title = title_back(tx, kind, kept, today)
    return f"{title[:1].lower()}{title[1:]}, {kind.say(kept.answers)}"


def title_back(tx: Connection, kind: CheckInKind, kept: CheckIn, today: date) -> str:
    """ "Số lượt khách của Phòng TM ngày 20/11"."""
    unit_name, day = _whose(tx, kind, kept.unit_id, kept.day, today)
    return f"{kind.title}{f' của {unit_name}' if unit_name else ''}{f' {day}' if day else ''}"


def say_whose(tx: Connection, kind: CheckInKind, unit_id: int, day: date, today: date) -> str:
    """ "Phòng TM, ngày 20/11, " before what is asked back; nothing for a person, no day where it is today."""
    return "".join(f"{part}, " for part in _whose(tx, kind, unit_id, day, today) if part)


def _whose(tx: Connection, kind: CheckInKind, unit_id: int, day: date, today: date) -> tuple[str, str]:
    """A journey or an illness names its days itself."""
    unit = find_unit(tx, unit_id) if kind.about == "unit" else None
    if unit is None:
        return "", ""
    return unit.short_name, "" if day == today else f"ngày {short_day(day)}"
