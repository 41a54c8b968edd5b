"""Who must report in a round, in which rooms they are asked, and who is excused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, or_, select

from storage.records.chats import GroupChat, rooms_of_unit
from storage.records.check_ins import CheckInState, check_ins
from storage.records.people import Person, Role, main_platforms, members_of, people_with, posts
from storage.records.units import Unit, UnitKind, find_unit, units_on, with_all_above

REPORTING = (UnitKind.OFFICE, UnitKind.DIVISION, UnitKind.ZONE)
HEADS = (Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD)
AWAY = ("leave", "sick")
"""Presence that excuses: who works elsewhere can still answer."""


def units_that_report(tx: Connection, day: date) -> list[Unit]:
    return units_on(tx, day, *REPORTING)


def answering_units(tx: Connection, unit: Unit) -> list[int]:
    """The unit and, for a zone, the units responsible for it, nearest first; never the body as a whole."""
    if unit.kind != UnitKind.ZONE:
        return [unit.id]
    above = [find_unit(tx, unit_id) for unit_id in with_all_above(tx, unit.id)]
    return [each.id for each in above if each is not None and each.kind != UnitKind.ORGANIZATION]


def rooms_answering(tx: Connection, unit: Unit) -> list[GroupChat]:
    """Where the unit is asked: its own rooms, or those of the unit responsible for it."""
    for unit_id in answering_units(tx, unit):
        if rooms := rooms_of_unit(tx, unit_id):
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


def heads_answering(tx: Connection, unit: Unit, day: date) -> list[Person]:
    levels = (people_with(tx, day, *HEADS, unit_ids=[unit_id]) for unit_id in answering_units(tx, unit))
    return next((people for people in levels if people), [])


def is_excused(tx: Connection, unit: Unit, day: date, away: Collection[int]) -> bool:
    """Nobody is there to answer: no members, or every one of them is away."""
    return all(person.id in away for person in people_answering(tx, unit, day))


def away_on(tx: Connection, day: date) -> set[int]:
    """The people of whom the presence that stands for `day` says leave or ill."""
    latest = (
        select(func.max(check_ins.c.id))
        .where(
            check_ins.c.kind == "presence",
            check_ins.c.state == CheckInState.CURRENT,
            check_ins.c.day <= day,
            or_(check_ins.c.until >= day, check_ins.c.day == day),
        )
        .group_by(check_ins.c.person_id)
    )
    rows = tx.execute(select(check_ins.c.person_id, check_ins.c.answers).where(check_ins.c.id.in_(latest)))
    return {row.person_id for row in rows if row.answers.get("status") in AWAY}
