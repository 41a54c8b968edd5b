"""The sandbox's world of the ready-made organization: its people, its bot and its rooms, taken from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from sandbox.zalo.ids import group_id
from storage.records.chats import Audience
from storage.records.people import Person, Role, everyone, members_of, people_with, posts_of
from storage.records.units import Unit, UnitKind, find_unit, units_on

BOT_TOKEN = "700001:TRIAL"  # noqa: S105 - opens nothing but the sandbox
BOT_USERNAME = "truc_ban_thu_bot"
BOT_NAME = "Trực Ban"
FIRST_PERSON = 100_000
FIRST_ROOM = -1_001_000_000_001
ZALO_TOKEN = "700002:TRIAL"  # noqa: S105 - opens nothing but the sandbox
ZALO_USERNAME = "bot.trucbanthu"
ZALO_NAME = "Bot Trực Ban"
FIRST_ZALO_ROOM = -700_000_001
UNITS_ON_ZALO = ("XNK", "TTKC")
"""Their rooms are on Zalo, and their people on both messengers, as in many an office."""

LEADING = (Role.LEADER,)
MANAGING = (Role.LEADER, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD, Role.OFFICE)
RUNNING_THE_OFFICE = (Role.OFFICE, Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Room:
    """A group of the sandbox, and what it will be bound to."""

    chat_id: int
    title: str
    audience: Audience
    unit_id: int | None
    people: tuple[Person, ...]
    is_on_zalo: bool = False

    @property
    def platform(self) -> str:
        return "zalo" if self.is_on_zalo else "telegram"

    @property
    def address(self) -> str:
        """How the bot's platform names it."""
        return group_id(self.chat_id) if self.is_on_zalo else str(self.chat_id)


def account_number(person_id: int) -> int:
    """The number by which the messenger knows this person."""
    return FIRST_PERSON + person_id


def rooms(tx: Connection, today: date) -> list[Room]:
    """Leaders, managers, everyone, the office, and a room for each unit that has people; the office sits in all."""
    office = people_with(tx, today, *RUNNING_THE_OFFICE)
    on_zalo = {unit.id for unit in _units_on_zalo(tx, today)}
    plans: list[tuple[str, Audience, int | None, list[Person]]] = [
        ("Lãnh đạo Sở", Audience.LEADERS, None, people_with(tx, today, *LEADING)),
        ("Lãnh đạo và trưởng các đơn vị", Audience.MANAGERS, None, people_with(tx, today, *MANAGING)),
        ("Toàn cơ quan", Audience.EVERYONE, None, everyone(tx)),
        ("Trực tổng hợp Văn phòng", Audience.OFFICE, None, office),
    ]
    plans += [
        (unit.name, Audience.UNIT, unit.id, members_of(tx, [unit.id], today))
        for unit in units_on(tx, today, UnitKind.OFFICE, UnitKind.DIVISION)
    ]
    return [
        Room(
            (FIRST_ZALO_ROOM if unit_id in on_zalo else FIRST_ROOM) - number,
            title,
            audience,
            unit_id,
            tuple(_each_once([*people, *office])),
            is_on_zalo=unit_id in on_zalo,
        )
        for number, (title, audience, unit_id, people) in enumerate(plans)
    ]


def _units_on_zalo(tx: Connection, today: date) -> list[Unit]:
    return [unit for unit in units_on(tx, today, UnitKind.DIVISION) if unit.code in UNITS_ON_ZALO]


def people_on_zalo(tx: Connection, today: date) -> list[Person]:
    """Who sits in a room there: the units' own people, and the office."""
    return _each_once([person for room in rooms(tx, today) if room.is_on_zalo for person in room.people])


def build_world(tx: Connection, today: date) -> dict[str, Any]:
    """The world file, as `POST /human/world` and `python -m sandbox --world` take it."""
    return {
        "people": [_person(tx, person, today) for person in everyone(tx)],
        "bots": [
            {"token": BOT_TOKEN, "name": BOT_NAME, "username": BOT_USERNAME},
            {"platform": "zalo", "token": ZALO_TOKEN, "name": ZALO_NAME, "username": ZALO_USERNAME},
        ],
        "chats": [_chat(room) for room in rooms(tx, today)],
    }


def _chat(room: Room) -> dict[str, Any]:
    members: list[int | str] = [account_number(person.id) for person in room.people]
    chat = {"id": room.chat_id, "title": room.title}
    if room.is_on_zalo:
        return chat | {"platform": "zalo", "creator": members[0], "members": [*members, f"@{ZALO_USERNAME}"]}
    # the bot administers it, so that it hears every word, not only commands
    return chat | {"type": "supergroup", "members": members, "administrators": [f"@{BOT_USERNAME}"]}


def _person(tx: Connection, person: Person, today: date) -> dict[str, Any]:
    post = next(iter(posts_of(tx, person.id, today)), None)
    unit = None if post is None else find_unit(tx, post.unit_id)
    title = "" if post is None or unit is None else f"{post.title}, {unit.short_name}"
    return {
        "id": account_number(person.id),
        "first_name": person.full_name,  # all of it: a messenger puts the given name first, and that reads wrong here
        "language_code": "vi",
        "title": title,
    }


def _each_once(people: list[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())
