"""The named people of the tests: a small office with rooms, everybody linked on Telegram.

Sở: bà Nga (director), ông Sơn (deputy). Văn phòng: chị Hoa (runs the rounds). Phòng Kinh tế (KT): anh Minh (head),
chị Lan (staff), anh Tú (staff). Phòng Thương mại (TM): chị Thu (head), anh Phúc (staff). Tổ giám sát: anh Dũng (KT).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from storage.record import add, find_one, require
from storage.records.accounts import accounts
from storage.records.chats import Audience, ChatState, chats
from storage.records.people import Role, people, posts
from storage.records.units import Unit, UnitKind, units

LONG_AGO = date(2020, 1, 1)
PLATFORM = "telegram"


@dataclass(frozen=True)
class Member:
    """A person of the cast: the id of the row, and the account by which the platform knows him."""

    person_id: int
    account: str
    name: str


@dataclass(frozen=True)
class Cast:
    nga: Member
    son: Member
    hoa: Member
    minh: Member
    lan: Member
    tu: Member
    thu: Member
    phuc: Member
    dung: Member
    units: dict[str, int]  # SO, VP, KT, TM, KCN1
    rooms: dict[str, str]  # leaders, everyone, office, KT, TM → chat id


def unit_with_code(tx: Connection, code: str) -> Unit:
    return require(find_one(tx, Unit, units, code=code))


def settle_in(
    tx: Connection,
    now: datetime,
    platform: str = PLATFORM,
    address: Callable[[str], str] = str,
) -> Cast:
    """`address`: how that platform calls the person or room that Telegram calls by this number."""
    unit_ids = _build_units(tx)
    rooms = _open_rooms(tx, unit_ids, now, platform, address)
    everybody = {
        key: _hire(tx, unit_ids, now, platform, address, *facts)
        for key, facts in {
            "nga": ("CB01", "Trần Thị Nga", "bà", "1001", (("SO", Role.LEADER, "Giám đốc"),)),
            "son": ("CB02", "Lê Văn Sơn", "ông", "1002", (("SO", Role.LEADER, "Phó Giám đốc"),)),
            "hoa": ("CB03", "Nguyễn Thị Hoa", "chị", "1003", (("VP", Role.OFFICE, "Chuyên viên tổng hợp"),)),
            "minh": ("CB04", "Phạm Quang Minh", "anh", "1004", (("KT", Role.HEAD_OF_UNIT, "Trưởng phòng"),)),
            "lan": ("CB05", "Vũ Thị Lan", "chị", "1005", (("KT", Role.STAFF, "Chuyên viên"),)),
            "tu": ("CB06", "Đỗ Anh Tú", "anh", "1006", (("KT", Role.STAFF, "Chuyên viên"),)),
            "thu": ("CB07", "Hoàng Thị Thu", "chị", "1007", (("TM", Role.HEAD_OF_UNIT, "Trưởng phòng"),)),
            "phuc": ("CB08", "Bùi Hữu Phúc", "anh", "1008", (("TM", Role.STAFF, "Chuyên viên"),)),
            "dung": (
                "CB09",
                "Ngô Tiến Dũng",
                "anh",
                "1009",
                (("KT", Role.STAFF, "Chuyên viên"), ("SO", Role.MONITORING, "Tổ trưởng Tổ giám sát")),
            ),
        }.items()
    }
    return Cast(**everybody, units=unit_ids, rooms=rooms)


def _build_units(tx: Connection) -> dict[str, int]:
    ids: dict[str, int] = {}
    for code, name, short, kind, parent in (
        ("SO", "Sở Công Thương", "Sở", UnitKind.ORGANIZATION, None),
        ("VP", "Văn phòng Sở", "Văn phòng", UnitKind.OFFICE, "SO"),
        ("KT", "Phòng Kinh tế", "Phòng KT", UnitKind.DIVISION, "SO"),
        ("TM", "Phòng Thương mại", "Phòng TM", UnitKind.DIVISION, "SO"),
        ("KCN1", "Khu công nghiệp Bình An", "KCN Bình An", UnitKind.ZONE, "TM"),
    ):
        ids[code] = add(
            tx,
            units,
            code=code,
            name=name,
            short_name=short,
            kind=kind,
            parent_id=None if parent is None else ids[parent],
            valid_from=LONG_AGO,
        )
    return ids


def _open_rooms(
    tx: Connection, unit_ids: dict[str, int], now: datetime, platform: str, address: Callable[[str], str]
) -> dict[str, str]:
    rooms: dict[str, str] = {}
    for number, (key, title, audience, unit) in enumerate(
        (
            ("leaders", "Lãnh đạo Sở", Audience.LEADERS, None),
            ("everyone", "Toàn cơ quan", Audience.EVERYONE, None),
            ("office", "Văn phòng", Audience.OFFICE, None),
            ("VP", "Nội bộ Văn phòng", Audience.UNIT, "VP"),
            ("KT", "Phòng Kinh tế", Audience.UNIT, "KT"),
            ("TM", "Phòng Thương mại", Audience.UNIT, "TM"),
        ),
        start=1,
    ):
        rooms[key] = address(f"-100{number}")
        add(
            tx,
            chats,
            platform=platform,
            external_id=rooms[key],
            title=title,
            audience=audience,
            unit_id=None if unit is None else unit_ids[unit],
            state=ChatState.ACTIVE,
            bound_at=now,
        )
    return rooms


def _hire(
    tx: Connection,
    unit_ids: dict[str, int],
    now: datetime,
    platform: str,
    address: Callable[[str], str],
    code: str,
    full_name: str,
    honorific: str,
    account: str,
    held: tuple[tuple[str, Role, str], ...],
) -> Member:
    words = full_name.split()
    account = address(account)
    person_id = add(
        tx,
        people,
        staff_code=code,
        full_name=full_name,
        sort_key=" ".join([words[-1], *words[:-1]]).casefold(),
        honorific=honorific,
        join_code=f"USED-{code}",
        joined_at=now,
        is_active=True,
    )
    for unit, role, title in held:
        add(
            tx,
            posts,
            person_id=person_id,
            unit_id=unit_ids[unit],
            role=role,
            title=title,
            valid_from=LONG_AGO,
        )
    add(
        tx,
        accounts,
        platform=platform,
        external_id=account,
        person_id=person_id,
        display_name=full_name,
        private_chat_id=account,
        is_reachable=True,
        linked_at=now,
    )
    return Member(person_id, account, f"{honorific} {words[-1]}")
