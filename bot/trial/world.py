"""The sandbox's world of the ready-made organization: its people, its bot and its rooms, taken from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from storage.records.chats import Audience
from storage.records.people import Person, Role, everyone, members_of, people_with, posts_of
from storage.records.units import UnitKind, find_unit, units_on

BOT_TOKEN = "700001:TRIAL"  # noqa: S105 - opens nothing but the sandbox
BOT_USERNAME = "truc_ban_thu_bot"
BOT_NAME = "Trực Ban"
FIRST_PERSON = 100_000
FIRST_ROOM = -1_001_000_000_001

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


def account_number(person_id: int) -> int:
    """The number by which the messenger knows this person."""
    return FIRST_PERSON + person_id


def rooms(tx: Connection, today: date) -> list[Room]:
    """Leaders, managers, everyone, the office, and a room for each unit that has people; the office sits in all."""
    office = people_with(tx, today, *RUNNING_THE_OFFICE)
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
        Room(FIRST_ROOM - number, title, audience, unit_id, tuple(_each_once([*people, *office])))
        for number, (title, audience, unit_id, people) in enumerate(plans)
    ]


def build_world(tx: Connection, today: date) -> dict[str, Any]:
    """The world file, as `POST /human/world` and `python -m sandbox --world` take it."""
    return {
        "people": [_person(tx, person, today) for person in everyone(tx)],
        "bots": [{"token": BOT_TOKEN, "name": BOT_NAME, "username": BOT_USERNAME}],
        "chats": [
            {
                "id": room.chat_id,
                "type": "supergroup",
                "title": room.title,
                "members": [account_number(person.id) for person in room.people],
                "administrators": [f"@{BOT_USERNAME}"],  # so that the bot hears every word, not only commands
            }
            for room in rooms(tx, today)
        ],
    }


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
