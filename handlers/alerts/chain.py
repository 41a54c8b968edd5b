"""The chain of command: which persons stand at each place of a plan today. Posts hold the rights, persons hold the posts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, or_, select

from handlers.alerts.absences import who_is_away
from handlers.alerts.hours import is_duty_time
from handlers.alerts.policies import Link, Step
from handlers.local_time import local_day
from storage.records.alerts import fields_in_charge
from storage.records.duty import on_duty_at
from storage.records.people import Role, held_on, people, posts
from storage.records.schedules import exceptional_days
from storage.records.units import with_all_above
from understanding.phrases.normalize import fold

WHOLE_BODY = (Role.LEADER, Role.MONITORING, Role.OFFICE)
ROLES = (*WHOLE_BODY, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD, Role.FOCAL_POINT)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a post that matters here."""

    person_id: int
    unit_id: int
    role: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Everybody who may stand in a chain of this unit and field today."""

    paths: tuple[tuple[int, ...], ...]  # of the field's unit (where there is one) and of the unit itself, upwards
    holders: tuple[Holder, ...]
    away: dict[int, str]
    on_duty: tuple[int, ...]
    left_out: frozenset[int] = field(default=frozenset())  # who reported it knows already

    def people_of(self, steps: Iterable[Step]) -> tuple[tuple[int, ...], ...]:
        """Who stands at each step; nobody stands twice."""
        seen: set[int] = set(self.left_out)
        chain = []
        for step in steps:
            group = tuple(dict.fromkeys(p for link in step for p in PLACES[link](self) if p not in seen))
            seen.update(group)
            chain.append(group)
        if not any(chain) and (self.left_out or self.away):  # better somebody on leave than nobody
            return replace(self, left_out=frozenset(), away={}).people_of(steps)
        return tuple(chain)

    def stands_for(self, person_id: int) -> list[int]:
        """Whom of those away this person stands in for, by his own post."""
        return [
            absent
            for find in (_heads, _deputies, _directors)
            for absent in find(self)
            if absent in self.away and person_id in STAND_INS[find](self, absent)
        ]


def command_of(
    tx: Connection, *, unit_id: int, field_name: str, now: datetime, left_out: frozenset[int] = frozenset()
) -> Command:
    paths = [tuple(with_all_above(tx, unit_id))]
    leading = tx.execute(select(fields_in_charge.c.unit_id).where(fields_in_charge.c.field == field_name)).scalar()
    if field_name and leading is not None and leading != unit_id:
        paths.insert(0, tuple(with_all_above(tx, leading)))
    day = local_day(now)
    holders = tuple(_holders(tx, {unit for path in paths for unit in path}, now))
    exceptions = exceptional_days(tx)
    on_duty = tuple(shift.person_id for shift in on_duty_at(tx, now)) if is_duty_time(now, exceptions) else ()
    away = who_is_away(tx, {holder.person_id for holder in holders} | set(on_duty), day)
    return Command(paths=tuple(paths), holders=holders, away=away, on_duty=on_duty, left_out=left_out)


def _holders(tx: Connection, unit_ids: set[int], now: datetime) -> list[Holder]:
    statement = (
        select(posts.c.person_id, posts.c.unit_id, posts.c.role, posts.c.title)
        .join(people, people.c.id == posts.c.person_id)
        .where(
            people.c.is_active,
            posts.c.role.in_(ROLES),
            held_on(local_day(now)),
            or_(posts.c.unit_id.in_(unit_ids), posts.c.role.in_(WHOLE_BODY)),
        )
        .order_by(posts.c.id)
    )
    return [Holder(*row) for row in tx.execute(statement)]


def _held(command: Command, role: Role, unit_ids: Iterable[int]) -> list[int]:
    """The holders of a role in the first of these units that has any."""
    for unit_id in unit_ids:
        found = [h.person_id for h in command.holders if h.role == role and h.unit_id == unit_id]
        if found:
            return list(dict.fromkeys(found))
    return []


def _everywhere(command: Command, role: Role) -> list[int]:
    return list(dict.fromkeys(h.person_id for h in command.holders if h.role == role))


def _heads(command: Command) -> list[int]:
    """Of the unit itself (or the nearest above that has one), and of the unit that leads the field."""
    return [person for path in reversed(command.paths) for person in _held(command, Role.HEAD_OF_UNIT, path)]


def _is_deputy(holder: Holder) -> bool:
    return fold(holder.title).startswith("pho")


def _leaders_on_top(command: Command) -> list[Holder]:
    top = {path[-1] for path in command.paths}
    return [h for h in command.holders if h.role == Role.LEADER and h.unit_id in top]


def _deputies(command: Command) -> list[int]:
    """In charge of the field or the unit, as the staff list says; where nobody is, every deputy."""
    in_charge = [p for path in command.paths for p in _held(command, Role.LEADER, path[:-1])]
    return in_charge or [h.person_id for h in _leaders_on_top(command) if _is_deputy(h)]


def _directors(command: Command) -> list[int]:
    """Whoever leads the whole body; where the titles tell no first one, all leaders."""
    leaders = _leaders_on_top(command) or [h for h in command.holders if h.role == Role.LEADER]
    return [h.person_id for h in leaders if not _is_deputy(h)] or [h.person_id for h in leaders]


def _monitoring(command: Command) -> list[int]:
    return _everywhere(command, Role.MONITORING)


def _focal_points(command: Command) -> list[int]:
    """Through whom the unit's reports go; a unit without one goes through the office."""
    found = [p for path in command.paths for p in _held(command, Role.FOCAL_POINT, path)]
    return found or _everywhere(command, Role.OFFICE)


def _deputy_heads(command: Command, absent: int) -> list[int]:
    units = [h.unit_id for h in command.holders if h.person_id == absent and h.role == Role.HEAD_OF_UNIT]
    return _held(command, Role.DEPUTY_HEAD, units)


def _other_deputies(command: Command, absent: int) -> list[int]:
    return [h.person_id for h in _leaders_on_top(command) if _is_deputy(h) and h.person_id != absent]


Find = Callable[[Command], list[int]]
STAND_INS: dict[Find, Callable[[Command, int], list[int]]] = {
    _heads: _deputy_heads,
    _deputies: lambda command, _absent: _directors(command),
    _directors: _other_deputies,
}
"""Who does the work of somebody who is away: a deputy for the head, the director for a deputy, the deputies for him."""


def _present(find: Find) -> Find:
    """Those who are there, and who stands in for those who are not."""

    def found(command: Command) -> list[int]:
        here: list[int] = []
        for person in find(command):
            if person not in command.away:
                here.append(person)
            elif find in STAND_INS:
                here += [p for p in STAND_INS[find](command, person) if p not in command.away]
        return here

    return found


PLACES: dict[Link, Find] = {
    Link.DUTY: lambda command: list(command.on_duty),  # who swapped no turn is called, whatever he reported
    Link.HEAD_OF_UNIT: _present(_heads),
    Link.DEPUTY: _present(_deputies),
    Link.DIRECTOR: _present(_directors),
    Link.MONITORING: _present(_monitoring),
    Link.FOCAL_POINT: _present(_focal_points),
    Link.OFFICE: _present(lambda command: _everywhere(command, Role.OFFICE)),
}
