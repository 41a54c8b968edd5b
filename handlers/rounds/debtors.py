"""Who must report in a round, in which rooms they are asked, and who is excused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection, select

from handlers.check_ins.presence import is_half_a_day
from storage.records.accounts import main_platforms
from storage.records.chats import GroupChat, rooms_of_unit
from storage.records.check_ins import told_for
from storage.records.people import Person, Role, count_by_unit, holders_by_unit, members_of, people_with, posts
from storage.records.units import Unit, UnitKind, find_unit, units_on, with_all_above

REPORTING = (UnitKind.OFFICE, UnitKind.DIVISION, UnitKind.ZONE)
HEADS = (Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD)
AWAY = ("leave", "sick")
"""Presence that excuses: who works elsewhere can still answer."""
AT_ONCE = 1_000  # people named in one statement: databases take only so many values


def units_that_report(tx: Connection, day: date) -> list[Unit]:
    return units_on(tx, day, *REPORTING)


def answering_units(tx: Connection, unit: Unit) -> list[int]:
    """The unit and, for a zone, the units responsible for it, nearest first; never the body as a whole."""
    if unit.kind != UnitKind.ZONE:
        return [unit.id]
    above = [find_unit(tx, unit_id) for unit_id in with_all_above(tx, unit.id)]
    return [each.id for each in above if each is not None and each.kind != UnitKind.ORGANIZATION]


def rooms_answering(tx: Connection, unit: Unit, known: Mapping[int, list[GroupChat]] | None = None) -> list[GroupChat]:
    """Where the unit is asked: its own rooms, or those of the unit responsible for it.

    `known`: as `rooms_by_unit` tells, for who asks of many units.
    """
    for unit_id in answering_units(tx, unit):
        if rooms := rooms_of_unit(tx, unit_id) if known is None else known.get(unit_id):
            return _where_its_people_are(tx, rooms, unit_id)
    return []


def _where_its_people_are(tx: Connection, rooms: list[GroupChat], unit_id: int) -> list[GroupChat]:
    """Of rooms on several platforms those where somebody of the unit is at home: nobody is asked twice."""
    if len({room.platform for room in rooms}) == 1:
        return rooms
    members = select(posts.c.person_id).where(posts.c.unit_id == unit_id)
    homes = set(main_platforms(tx, list(tx.execute(members).scalars())).values())
    return [room for room in rooms if room.platform in homes] or rooms


def people_answering(tx: Connection, unit: Unit, day: date) -> list[Person]:
    """Who can answer for the unit: its members, or those of the unit responsible for it."""
    levels = (members_of(tx, [unit_id], day) for unit_id in answering_units(tx, unit))
    return next((people for people in levels if people), [])


def people_to_ask(tx: Connection, unit: Unit, day: date) -> list[Person]:
    """Whom to ask in private for a unit without a room: its focal points, else its heads, else all of its people.

    Who is away is left out, as long as somebody is left.
    """
    away = away_on(tx, day)
    for unit_id in answering_units(tx, unit):
        for roles in ((Role.FOCAL_POINT,), HEADS):
            if here := [one for one in people_with(tx, day, *roles, unit_ids=[unit_id]) if one.id not in away]:
                return here
        if here := [one for one in members_of(tx, [unit_id], day) if one.id not in away]:
            return here
    return people_answering(tx, unit, day)


def heads_answering(tx: Connection, unit: Unit, heads: Mapping[int, list[Person]]) -> list[Person]:
    """Those of the unit, else of the units responsible for it; `heads`: as `heads_by_unit` tells."""
    levels = (heads.get(unit_id, []) for unit_id in answering_units(tx, unit))
    return next((people for people in levels if people), [])


def heads_by_unit(tx: Connection, day: date) -> dict[int, list[Person]]:
    return holders_by_unit(tx, day, *HEADS)


def is_excused(tx: Connection, unit: Unit, present: Mapping[int, int]) -> bool:
    """Nobody is there to answer: no members, or every one of them is away. `present`: as `present_by_unit` tells."""
    levels = (present[unit_id] for unit_id in answering_units(tx, unit) if unit_id in present)
    return next(levels, 0) == 0


def present_by_unit(tx: Connection, day: date) -> dict[int, int]:
    """How many of its people are not away, for every unit that has people."""
    present, away = count_by_unit(tx, day), list(away_on(tx, day))
    for begin in range(0, len(away), AT_ONCE):
        for unit_id, missing in count_by_unit(tx, day, person_ids=away[begin : begin + AT_ONCE]).items():
            present[unit_id] -= missing
    return present


def away_on(tx: Connection, day: date) -> set[int]:
    """The people of whom the presence that stands for `day` says leave or ill, all day long."""
    latest = dict(told_for(tx, "presence", day))
    return {
        person_id
        for person_id, answers in latest.items()
        if person_id is not None and answers.get("status") in AWAY and not is_half_a_day(answers)
    }
