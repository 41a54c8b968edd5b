"""The office of the crash tests, in the database and in the messenger: units with a head and a room, and many rooms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from handlers.alerts import raise_alert
from handlers.alerts.policies import SHIPPED, keep_policy
from handlers.directives.audience import Reach, audience_of
from handlers.directives.publishing import publish
from storage.record import add
from storage.records.accounts import accounts
from storage.records.alerts import Severity
from storage.records.chats import Audience, ChatState, chats
from storage.records.directives import DirectiveState, directives
from storage.records.people import Role, people, posts
from storage.records.units import UnitKind, units
from tests.cast import unit_with_code
from tests.crash.wires import TELEGRAM, Wire

LONG_AGO = date(2020, 1, 1)
TOKEN, BOT = TELEGRAM.token, TELEGRAM.bot  # what the benchmarks live on
UNITS = 8
HOA = 2000  # sits in every room
OFFICE_ROOM = -1_001_000_009_000
FIRST_ROOM = -1_001_000_009_100
FIRST_OF_MANY = -1_001_000_010_000
FIRST_OF_STAFF = 100_000  # of a unit without a room: they are written to in private
STAFF_UNIT = "DOI"
ALERTS = 3
PLACES = 4  # in the chain of a severe alert
TAKEN_PLACES = (0, 3)  # the head of unit, and chị Hoa as focal point: this office has no leaders
DIRECTIVE = "Đề nghị toàn thể cán bộ đeo khẩu trang khi tiếp công dân."


@dataclass(frozen=True, slots=True)
class Place:
    """Where one head of unit talks: privately, or in the room of the unit."""

    person: int
    chat: str  # as the bot's records name it
    room: str  # as the messenger's human side names it


def head(number: int) -> int:
    return HOA + 1 + number


def talking_places(units: int = UNITS, wire: Wire = TELEGRAM) -> list[Place]:
    """Heads of even units talk in private, the others in their rooms."""
    private = [Place(head(n), wire.account(head(n)), wire.bot) for n in range(0, units, 2)]
    rooms = [Place(head(n), wire.group(FIRST_ROOM - n), str(FIRST_ROOM - n)) for n in range(1, units, 2)]
    return private + rooms


def world(rooms: int, units: int = UNITS, wire: Wire = TELEGRAM, staff: int = 0) -> dict[str, Any]:
    """The messenger's world file."""
    numbers = [HOA, *(head(n) for n in range(units)), *(FIRST_OF_STAFF + n for n in range(staff))]
    return {
        "bots": [{"token": wire.token, "name": wire.name, "username": wire.bot[1:]} | wire.declared],
        "people": [{"id": number, "first_name": f"Người {number}", "started": [wire.bot]} for number in numbers],
        "chats": [
            _group(wire, OFFICE_ROOM, "Văn phòng", HOA),
            *(_group(wire, FIRST_ROOM - n, f"Phòng {n}", HOA, head(n)) for n in range(units)),
            *(_group(wire, FIRST_OF_MANY - n, f"Nhóm {n}", HOA) for n in range(rooms)),
        ],
    }


def _group(wire: Wire, chat_id: int, title: str, *members: int) -> dict[str, Any]:
    shape = {"id": chat_id, "type": wire.room_type, "title": title, "platform": wire.platform}
    return shape | {"members": [*members], "administrators": [wire.bot]}


def settle_in(
    tx: Connection, now: datetime, *, rooms: int, how_many: int = UNITS, wire: Wire = TELEGRAM, staff: int = 0
) -> None:
    """The same in the database: everybody has joined, every room is tied."""
    body = _unit(tx, "SO", "Sở Công Thương", UnitKind.ORGANIZATION, None)
    office = _unit(tx, "VP", "Văn phòng", UnitKind.OFFICE, body)
    _hire(tx, wire, HOA, office, Role.OFFICE, now)
    tie(tx, wire, OFFICE_ROOM, Audience.OFFICE, None, now)
    for n in range(how_many):
        unit = _unit(tx, f"P{n}", f"Phòng {n}", UnitKind.DIVISION, body)
        _hire(tx, wire, head(n), unit, Role.HEAD_OF_UNIT, now)
        tie(tx, wire, FIRST_ROOM - n, Audience.UNIT, unit, now)
    for n in range(rooms):
        tie(tx, wire, FIRST_OF_MANY - n, Audience.EVERYONE, None, now)
    if staff:
        unit = _unit(tx, STAFF_UNIT, "Đội quản lý thị trường", UnitKind.DIVISION, body)
        for n in range(staff):
            _hire(tx, wire, FIRST_OF_STAFF + n, unit, Role.STAFF, now)


def _unit(tx: Connection, code: str, name: str, kind: UnitKind, parent: int | None) -> int:
    return add(tx, units, code=code, name=name, short_name=name, kind=kind, parent_id=parent, valid_from=LONG_AGO)


def _hire(tx: Connection, wire: Wire, number: int, unit_id: int, role: Role, now: datetime) -> None:
    person_id = add(
        tx,
        people,
        staff_code=str(number),
        full_name=f"Nguyễn Thị {number}",
        sort_key=str(number),
        honorific="chị",
        join_code=f"USED-{number}",
        joined_at=now,
        is_active=True,
    )
    add(tx, posts, person_id=person_id, unit_id=unit_id, role=role, title=str(role), valid_from=LONG_AGO)
    add(
        tx,
        accounts,
        platform=wire.platform,
        external_id=wire.account(number),
        person_id=person_id,
        display_name=str(number),
        private_chat_id=wire.account(number),
        is_reachable=True,
        linked_at=now,
    )


def tie(tx: Connection, wire: Wire, chat_id: int, audience: Audience, unit_id: int | None, now: datetime) -> None:
    add(
        tx,
        chats,
        platform=wire.platform,
        external_id=wire.group(chat_id),
        title=f"Nhóm {chat_id}",
        audience=audience,
        unit_id=unit_id,
        state=ChatState.ACTIVE,
        bound_at=now,
    )


def raise_alerts(tx: Connection, now: datetime) -> None:
    """One from each of some units; a step waits for twenty seconds."""
    policy = SHIPPED[Severity.SEVERE]
    keep_policy(tx, Severity.SEVERE, replace(policy, wait_seconds=20, informs=()))
    for n in range(0, 2 * ALERTS, 2):
        unit = unit_with_code(tx, f"P{n}")
        raise_alert(tx, rule="incident", subject="Cháy kho", unit_id=unit.id, severity=Severity.SEVERE, now=now)


def publish_to_everyone(tx: Connection, now: datetime) -> int:
    """A directive for every room, published; returns how many rooms it goes to."""
    return len(_publish(tx, now, audience_of(Audience.EVERYONE)).rooms)


def publish_to_staff(tx: Connection, now: datetime) -> int:
    """The same for the unit without a room; returns how many are written to in private."""
    unit = unit_with_code(tx, STAFF_UNIT)
    return len(_publish(tx, now, audience_of(unit_ids=[unit.id])).privately)


def _publish(tx: Connection, now: datetime, audience: dict[str, Any]) -> Reach:
    author = tx.execute(people.select().where(people.c.staff_code == str(HOA))).one()
    directive_id = add(
        tx,
        directives,
        code="CD-CRASH",
        state=DirectiveState.DRAFT,
        text=DIRECTIVE,
        audience=audience,
        author_id=author.id,
        signatory="Giám đốc",
        platform=TELEGRAM.platform,
        chat_id=str(HOA),
        sent_to={},
        written_at=now,
    )
    reach = publish(tx, directive_id, now)
    if reach is None:
        raise RuntimeError("the directive could not be published")
    return reach
