"""Codes: one joins a person, one ties a room to its audience; made of letters and digits nobody takes for others."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, insert, select

from handlers.local_time import local_day
from storage.record import change
from storage.records.chats import Audience, room_codes
from storage.records.people import people
from storage.records.units import UnitKind, units_on

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # without 0 O, 1 I, 2 Z, 5 S, 8 B
JOIN_CODE_LENGTH = 8
ROOM_CODE_LENGTH = 6
ROOM_CODE_MARK = "NHOM-"
WHOLE_BODY = (Audience.LEADERS, Audience.MANAGERS, Audience.EVERYONE, Audience.OFFICE)


def new_join_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(JOIN_CODE_LENGTH))


def new_room_code() -> str:
    return ROOM_CODE_MARK + "".join(secrets.choice(LETTERS) for _ in range(ROOM_CODE_LENGTH))


def as_typed(text: str) -> str:
    """A code as people type it, brought to how it is kept: "nhom 7k4m2x" and "NHOM-7K4M2X" are one."""
    code = "".join(text.upper().split())
    mark = ROOM_CODE_MARK.rstrip("-")
    if code.startswith(mark) and not code.startswith(ROOM_CODE_MARK):
        code = ROOM_CODE_MARK + code.removeprefix(mark)
    return code


def looks_like_join_code(text: str) -> bool:
    code = as_typed(text)
    return len(code) == JOIN_CODE_LENGTH and set(code) <= set(LETTERS)


def looks_mistyped(text: str) -> bool:
    """Eight letters and digits, some of them such as no code has: an O for a Q, an 8 for a B."""
    code = as_typed(text)
    is_of_our_shape = len(code) == JOIN_CODE_LENGTH and code.isascii() and code.isalnum()
    return is_of_our_shape and any(map(str.isdigit, code)) and not set(code) <= set(LETTERS)


def looks_like_room_code(text: str) -> bool:
    code = as_typed(text)
    rest = code.removeprefix(ROOM_CODE_MARK)
    return rest != code and len(rest) == ROOM_CODE_LENGTH and set(rest) <= set(LETTERS)


def renew_join_code(tx: Connection, person_id: int) -> str:
    """Give this person a fresh code; the one before is worth nothing from now on."""
    code = new_join_code()
    change(tx, people, people.c.id == person_id, join_code=code)
    return code


def make_room_codes(tx: Connection, now: datetime) -> int:
    """A code for each audience of the whole body and for each unit that has none yet; returns how many were made."""
    have = {(row.audience, row.unit_id) for row in tx.execute(select(room_codes.c.audience, room_codes.c.unit_id))}
    wanted: list[tuple[str, int | None]] = [(audience, None) for audience in WHOLE_BODY]
    existing = units_on(tx, local_day(now))
    wanted += [(Audience.UNIT, unit.id) for unit in existing if unit.kind != UnitKind.ORGANIZATION]
    missing = [pair for pair in wanted if pair not in have]
    for audience, unit_id in missing:
        tx.execute(insert(room_codes).values(code=new_room_code(), audience=audience, unit_id=unit_id))
    return len(missing)
