"""Who a directive is meant for, and by which rooms and private chats it gets to each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, or_, select

from storage.record import find_all
from storage.records.accounts import Account, accounts, main_platforms
from storage.records.chats import Audience, GroupChat, rooms_for
from storage.records.people import Person, Post, Role, everyone, held_on, people, posts
from storage.records.units import Unit, units

LEADING = (Role.LEADER, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD)
NAMES = {
    Audience.LEADERS: "Lãnh đạo",
    Audience.MANAGERS: "Lãnh đạo và trưởng các đơn vị",
    Audience.EVERYONE: "Toàn thể",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Everybody who must acknowledge, and the ways a directive gets to them."""

    debtors: Mapping[int, int | None]  # person → the unit he is counted under
    rooms: tuple[GroupChat, ...]
    privately: tuple[Person, ...]  # sit in none of the rooms, and can be written to
    unlinked: tuple[Person, ...]  # no account of theirs is known: they cannot press the button yet
    beyond: tuple[Person, ...]  # known, but in no room and not to be written to


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staff:
    """The body as it is on the day, read once."""

    people: list[Person]
    posts: Mapping[int, list[Post]]
    by_unit: Mapping[int, set[int]]
    accounts: Mapping[int, list[Account]]

    def holders(self, roles: Iterable[Role]) -> set[int]:
        wanted = set(roles)
        return {person for person, held in self.posts.items() if any(post.role in wanted for post in held)}

    def members(self, unit_ids: Iterable[int]) -> set[int]:
        return {person for unit_id in unit_ids for person in self.by_unit.get(unit_id, ())}


def audience_of(*audiences: Audience, unit_ids: Iterable[int] = ()) -> dict[str, Any]:
    """The audience as a directive keeps it."""
    return {"audiences": list(audiences), "unit_ids": sorted(unit_ids)}


def chosen_audiences(audience: Mapping[str, Any]) -> list[Audience]:
    return [Audience(name) for name in audience.get("audiences", ())]


def chosen_units(audience: Mapping[str, Any]) -> list[int]:
    return list(audience.get("unit_ids", ()))


def named(tx: Connection, audience: Mapping[str, Any]) -> str:
    """ "Toàn thể", or "Phòng KT, Phòng TM"."""
    chosen = chosen_units(audience)
    found = find_all(tx, Unit, units, units.c.id.in_(chosen), order_by=(units.c.code,)) if chosen else []
    return ", ".join([*(NAMES[one] for one in chosen_audiences(audience)), *(unit.short_name for unit in found)])


def find_reach(tx: Connection, audience: Mapping[str, Any], day: date, *, author_id: int) -> Reach:
    """Work out who owes and how each is reached; the author himself owes nothing."""
    staff = _staff_on(tx, day, audience)
    wanted = _wanted(staff, audience) - {author_id}
    rooms = _where_people_are(tx, _rooms(tx, audience), staff)
    seated = _who_sits_in(rooms, staff)
    people = [person for person in staff.people if person.id in wanted]
    aside = [person for person in people if person.id not in seated and staff.accounts.get(person.id)]
    privately = tuple(person for person in aside if _can_be_written_to(staff.accounts[person.id]))
    return Reach(
        debtors={person.id: _counted_under(staff.posts.get(person.id, []), audience) for person in people},
        rooms=tuple(rooms),
        privately=privately,
        unlinked=tuple(person for person in people if not staff.accounts.get(person.id)),
        beyond=tuple(person for person in aside if person not in privately),
    )


def _staff_on(tx: Connection, day: date, audience: Mapping[str, Any]) -> _Staff:
    """Of a large body only those whom this audience, or a room it goes to, can mean."""
    concerned = _whom_it_may_concern(day, audience)

    def of(person_id: Column[Any]) -> list[ColumnElement[bool]]:
        return [] if concerned is None else [person_id.in_(concerned)]

    held: dict[int, list[Post]] = defaultdict(list)
    by_unit: dict[int, set[int]] = defaultdict(set)
    for post in find_all(tx, Post, posts, held_on(day), *of(posts.c.person_id), order_by=(posts.c.id,)):
        held[post.person_id].append(post)
        by_unit[post.unit_id].add(post.person_id)
    known: dict[int, list[Account]] = defaultdict(list)
    for account in find_all(tx, Account, accounts, accounts.c.person_id.is_not(None), *of(accounts.c.person_id)):
        known[account.person_id or 0].append(account)
    return _Staff(people=everyone(tx, *of(people.c.id)), posts=held, by_unit=by_unit, accounts=known)


def _whom_it_may_concern(day: date, audience: Mapping[str, Any]) -> Select[tuple[int]] | None:
    """Their ids; none: everybody's."""
    chosen = chosen_audiences(audience)
    if Audience.EVERYONE in chosen:
        return None
    leads = posts.c.role.in_(LEADING if chosen else ())
    return select(posts.c.person_id).where(held_on(day), or_(leads, posts.c.unit_id.in_(chosen_units(audience))))


def _wanted(staff: _Staff, audience: Mapping[str, Any]) -> set[int]:
    wanted = staff.members(chosen_units(audience))
    for one in chosen_audiences(audience):
        wanted |= _belong_to(staff, one)
    return wanted


def _belong_to(staff: _Staff, audience: Audience) -> set[int]:
    if audience is Audience.LEADERS:
        return staff.holders([Role.LEADER])
    if audience is Audience.MANAGERS:
        return staff.holders([Role.LEADER, Role.HEAD_OF_UNIT]) | _acting_heads(staff)
    return {person.id for person in staff.people}


def _acting_heads(staff: _Staff) -> set[int]:
    """Where a unit has no head, its deputies stand for it."""
    held = [post for some in staff.posts.values() for post in some]
    headed = {post.unit_id for post in held if post.role == Role.HEAD_OF_UNIT}
    return {post.person_id for post in held if post.role == Role.DEPUTY_HEAD and post.unit_id not in headed}


def _rooms(tx: Connection, audience: Mapping[str, Any]) -> list[GroupChat]:
    found = _rooms_of_units(tx, chosen_units(audience))
    for one in chosen_audiences(audience):
        found += _rooms_of_audience(tx, one)
    return list({room.id: room for room in found}.values())


def _rooms_of_audience(tx: Connection, audience: Audience) -> list[GroupChat]:
    if audience is Audience.MANAGERS:  # heads do not sit in the leaders' room: they get it in private then
        return rooms_for(tx, Audience.MANAGERS) or rooms_for(tx, Audience.LEADERS)
    if audience is Audience.EVERYONE:
        common = rooms_for(tx, Audience.EVERYONE)
        served = {room.platform for room in common}
        return common + [room for room in _rooms_of_units(tx, None) if room.platform not in served]
    return rooms_for(tx, audience)


def _rooms_of_units(tx: Connection, unit_ids: list[int] | None) -> list[GroupChat]:
    """The rooms of these units, or of all; the office's working room stands in where it has no other."""
    own = [room for room in rooms_for(tx, Audience.UNIT) if unit_ids is None or room.unit_id in unit_ids]
    have = {room.unit_id for room in own}
    offices = [room for room in rooms_for(tx, Audience.OFFICE) if room.unit_id is not None]
    return own + [
        room for room in offices if room.unit_id not in have and (unit_ids is None or room.unit_id in unit_ids)
    ]


def _who_sits_in(rooms: list[GroupChat], staff: _Staff) -> set[int]:
    """A person sits in a room that is meant for him, on a platform where he has an account."""
    seated: set[int] = set()
    for room in rooms:
        meant = _meant_for(room, staff)
        seated |= {person for person in meant if _is_on(room.platform, staff.accounts.get(person, []))}
    return seated


def _meant_for(room: GroupChat, staff: _Staff) -> set[int]:
    audience = Audience(room.audience or Audience.UNIT)
    is_of_unit = audience in (Audience.UNIT, Audience.OFFICE)
    return staff.members([room.unit_id or 0]) if is_of_unit else _belong_to(staff, audience)


def _where_people_are(tx: Connection, rooms: list[GroupChat], staff: _Staff) -> list[GroupChat]:
    """Of rooms on several platforms those where somebody it is meant for is at home: nobody reads it twice."""
    if len({room.platform for room in rooms}) < 2:
        return rooms
    homes = main_platforms(tx, [person.id for person in staff.people])
    return [room for room in rooms if any(homes.get(one) == room.platform for one in _meant_for(room, staff))] or rooms


def _is_on(platform: str, known: list[Account]) -> bool:
    return any(account.platform == platform for account in known)


def _can_be_written_to(known: list[Account]) -> bool:
    return any(account.private_chat_id is not None and account.is_reachable for account in known)


def _counted_under(held: list[Post], audience: Mapping[str, Any]) -> int | None:
    """The chosen unit this person belongs to, else that of his first post."""
    chosen = set(chosen_units(audience))
    units = [post.unit_id for post in held]
    return next((unit for unit in units if unit in chosen), units[0] if units else None)
