"""Who does a step: roles as people write them, found today through the posts; others stand in for those who are away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from handlers.alerts.absences import who_is_away
from handlers.naming import units_named
from storage.record import in_batches
from storage.records.people import Person, Post, Role, everyone, people, people_with, posts_of
from storage.records.units import UnitKind, units_on, with_all_above
from understanding.phrases.normalize import fold

BATCH = 1_000  # of everybody


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who must do it, perhaps in the place of somebody who is away."""

    person: Person
    instead_of: Person | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """The day and the unit concerned."""

    tx: Connection
    day: date
    unit_id: int

    def holding(self, *roles: Role, unit_ids: list[int] | None = None) -> list[Person]:
        return people_with(self.tx, self.day, *roles, unit_ids=unit_ids)


Find = Callable[[Setting], list[Person]]


def _leaders(setting: Setting) -> list[Person]:
    return setting.holding(Role.LEADER)


def _directors(setting: Setting) -> list[Person]:
    """Leaders whose title does not begin with "Phó"; where nobody is first, all of them."""
    return [one for one in _leaders(setting) if not _is_deputy(setting, one)] or _leaders(setting)


def _is_deputy(setting: Setting, person: Person) -> bool:
    held = [post for post in posts_of(setting.tx, person.id, setting.day) if post.role == Role.LEADER]
    return all(fold(post.title).startswith("pho") for post in held)


def _office(setting: Setting) -> list[Person]:
    return setting.holding(Role.OFFICE)


def _office_heads(setting: Setting) -> list[Person]:
    offices = [unit.id for unit in units_on(setting.tx, setting.day, UnitKind.OFFICE)]
    return setting.holding(Role.HEAD_OF_UNIT, unit_ids=offices) or _office(setting)


def _head_concerned(setting: Setting) -> list[Person]:
    """Of the unit where it happened, or the nearest above that has one."""
    for unit_id in with_all_above(setting.tx, setting.unit_id):
        found = setting.holding(Role.HEAD_OF_UNIT, unit_ids=[unit_id])
        if found:
            return found
    return _leaders(setting)


def _all_heads(setting: Setting) -> list[Person]:
    return setting.holding(Role.HEAD_OF_UNIT)


def _monitoring(setting: Setting) -> list[Person]:
    return setting.holding(Role.MONITORING) or _office(setting)


def _focal_points(setting: Setting) -> list[Person]:
    return setting.holding(Role.FOCAL_POINT, unit_ids=[setting.unit_id]) or _head_concerned(setting)


def _everybody(setting: Setting) -> list[Person]:
    return everyone(setting.tx)


ROLES: dict[str, Find] = {
    "lãnh đạo": _leaders,
    "giám đốc": _directors,
    "thủ trưởng cơ quan": _directors,
    "văn phòng": _office,
    "chánh văn phòng": _office_heads,
    "trưởng đơn vị": _head_concerned,
    "trưởng các đơn vị": _all_heads,
    "tổ giám sát": _monitoring,
    "đầu mối": _focal_points,
    "toàn thể": _everybody,
}
"""How a role is written in a playbook. "trưởng đơn vị" is of the unit concerned, unless a unit is named behind it."""
OF_UNIT = "truong don vi "
_BY_WORDS = {fold(words): find for words, find in ROLES.items()}


def is_role(words: str) -> bool:
    """ "trưởng đơn vị", "trưởng đơn vị Phòng KT"; whether there is such a unit is seen when the run begins."""
    said = _plain(words)
    return said in _BY_WORDS or said.startswith(OF_UNIT)


def _plain(words: str) -> str:
    return " ".join(fold(words).split())


def holders_in_batches(tx: Connection, words: str, *, unit_id: int, day: date) -> Iterator[list[Holder]]:
    """Those who must do it today, each once; for those who are away, whoever stands in. Nobody only in an empty body.

    Some at a time: a role may be everybody, and everybody may be 100,000.
    """
    if _BY_WORDS.get(_plain(words)) is _everybody:
        yield from _everybody_in_batches(tx, day)
    else:
        yield _holders(tx, words, unit_id=unit_id, day=day)


def _everybody_in_batches(tx: Connection, day: date) -> Iterator[list[Holder]]:
    """Nobody stands in for somebody here; where all are away, all of them are meant."""
    ids = list(tx.execute(select(people.c.id).where(people.c.is_active).order_by(people.c.id)).scalars())
    is_anybody_here = False
    for some in in_batches(ids, BATCH):
        away = who_is_away(tx, some, day)
        if here := [Holder(person) for person in everyone(tx, people.c.id.in_(some)) if person.id not in away]:
            is_anybody_here = True
            yield here
    for some in () if is_anybody_here else in_batches(ids, BATCH):
        yield [Holder(person) for person in everyone(tx, people.c.id.in_(some))]


def _holders(tx: Connection, words: str, *, unit_id: int, day: date) -> list[Holder]:
    setting = Setting(tx, day, unit_id)
    found = _found(setting, words) or _office(setting) or _leaders(setting)
    away = who_is_away(tx, {person.id for person in found}, day)
    here = [Holder(person) for person in found if person.id not in away]
    if len(here) == len(found):
        return _each_once(here)
    others = [holder for person in found if person.id in away for holder in _stand_ins(setting, person, {*away})]
    return _each_once([*here, *others] or [Holder(person) for person in found])


def _found(setting: Setting, words: str) -> list[Person]:
    said = _plain(words)
    if said in _BY_WORDS:
        return _BY_WORDS[said](setting)
    units = units_named(setting.tx, said.removeprefix(OF_UNIT), setting.day)
    return _head_concerned(Setting(setting.tx, setting.day, units[0].id)) if len(units) == 1 else []


def _stand_ins(setting: Setting, absent: Person, away: set[int]) -> list[Holder]:
    """The deputy of his unit, else whoever else leads it, else the leaders; nobody who is away himself."""
    held: list[Post] = posts_of(setting.tx, absent.id, setting.day)
    unit_ids = [post.unit_id for post in held if post.role in (Role.HEAD_OF_UNIT, Role.LEADER, Role.FOCAL_POINT)]
    for roles, units in (
        ((Role.DEPUTY_HEAD, Role.HEAD_OF_UNIT), unit_ids),
        ((Role.LEADER,), unit_ids),
        ((Role.LEADER,), None),
    ):
        found = [one for one in setting.holding(*roles, unit_ids=units) if one.id != absent.id and one.id not in away]
        still_here = _without_away(setting, found)
        if still_here:
            return [Holder(one, instead_of=absent) for one in still_here]
    return []


def _without_away(setting: Setting, people: list[Person]) -> list[Person]:
    away = who_is_away(setting.tx, {person.id for person in people}, setting.day)
    return [person for person in people if person.id not in away]


def _each_once(holders: Iterable[Holder]) -> list[Holder]:
    return list({holder.person.id: holder for holder in reversed([*holders])}.values())[::-1]
