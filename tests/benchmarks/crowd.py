"""A body of the largest size in the database: 100,000 people in 2,000 units, who have all joined, and 10,000 rooms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select

from storage.records.accounts import accounts
from storage.records.chats import Audience, ChatState, chats
from storage.records.people import Role, people, posts
from storage.records.units import UnitKind, units
from tests.crash.office import LONG_AGO

PEOPLE, ROOMS, UNITS = 100_000, 10_000, 2_000
AT_ONCE = 5_000
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("Lan", "Minh", "Hoa", "Nga", "Hùng", "Dũng", "Mai", "Thảo", "Sơn", "Yến", "Phúc", "Giang")
FIRST_NUMBER = 10_000_000
FIRST_ROOM = -1_002_000_000_000

Row = dict[str, Any]


def settle_crowd(tx: Connection, now: datetime) -> None:
    """Beside whoever is there already."""
    unit_ids = _add(tx, units, UNITS, _unit)
    person_ids = _add(tx, people, PEOPLE, lambda n: _person(n, now))
    _add(tx, posts, PEOPLE, lambda n: _post(n, person_ids[n], unit_ids[n % UNITS]))
    _add(tx, accounts, PEOPLE, lambda n: _account(n, person_ids[n], now))
    _add(tx, chats, ROOMS, lambda n: _room(n, unit_ids[n % UNITS], now))


def _add(tx: Connection, table: Table, how_many: int, row: Callable[[int], Row]) -> range:
    """Rows with ids of our own, many in one statement."""
    first = (tx.execute(select(func.max(table.c.id))).scalar_one() or 0) + 1
    for begin in range(0, how_many, AT_ONCE):
        numbers = range(begin, min(begin + AT_ONCE, how_many))
        tx.execute(insert(table), [row(n) | {"id": first + n} for n in numbers])
    return range(first, first + how_many)


def _unit(n: int) -> Row:
    name = f"Trung tâm số {n}"
    return {
        "code": f"TT{n}",
        "name": name,
        "short_name": name,
        "kind": UnitKind.DIVISION,
        "parent_id": 1,
        "valid_from": LONG_AGO,
    }


def _person(n: int, now: datetime) -> Row:
    given = GIVEN[n % len(GIVEN)]
    name = f"{FAMILY[n % len(FAMILY)]} Văn {given}"
    return {
        "staff_code": f"CB{n}",
        "full_name": name,
        "sort_key": f"{given} {name} {n}".lower(),
        "honorific": "anh",
        "join_code": f"DUNG-{n}",
        "joined_at": now,
        "is_active": True,
    }


def _post(n: int, person_id: int, unit_id: int) -> Row:
    """The first of each unit is its head."""
    role = Role.HEAD_OF_UNIT if n < UNITS else Role.STAFF
    return {"person_id": person_id, "unit_id": unit_id, "role": role, "title": "Cán bộ", "valid_from": LONG_AGO}


def _account(n: int, person_id: int, now: datetime) -> Row:
    number = str(FIRST_NUMBER + n)
    return {
        "platform": "telegram",
        "external_id": number,
        "person_id": person_id,
        "display_name": number,
        "private_chat_id": number,
        "is_reachable": True,
        "linked_at": now,
    }


def _room(n: int, unit_id: int, now: datetime) -> Row:
    """Those beyond one a unit are rooms for everybody."""
    is_units = n < UNITS
    return {
        "platform": "telegram",
        "external_id": str(FIRST_ROOM - n),
        "title": f"Nhóm {n}",
        "audience": Audience.UNIT if is_units else Audience.EVERYONE,
        "unit_id": unit_id if is_units else None,
        "state": ChatState.ACTIVE,
        "bound_at": now,
    }
