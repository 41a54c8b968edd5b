"""Keeping the office's own kinds: saved, changed, stopped and reopened, each as a new row of the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import msgspec
from sqlalchemy import Connection

from handlers import rounds
from handlers.check_in import CheckInKind
from handlers.days.working_days import is_working_day
from handlers.kinds import all_kinds, built_in_kinds, look_again
from handlers.own_kinds import Definition, Schedule, first_day_of, make, name_of, opening_words, stored, succeed
from storage.records import audit
from storage.records.kinds import OwnKind, add_version, latest_kinds
from storage.records.schedules import exceptional_days
from understanding.phrases.normalize import fold

LOOK_AHEAD = 60


def is_built_in(name: str) -> bool:
    return name in built_in_kinds()


def definition_of(tx: Connection, name: str) -> Definition:
    return msgspec.convert(_latest(tx, name).definition, Definition)


def clash_with(tx: Connection, definition: Definition) -> list[str]:
    """Why this kind cannot stand beside the others; nothing where it can."""
    name = name_of(definition.title)
    others = [kind for kind in all_kinds(tx).values() if kind.name != name]
    if is_built_in(name) or any(fold(kind.title) == fold(definition.title) for kind in others):
        return [f"“{definition.title}” đã là tên của một loại khác. Xin đặt tên khác."]
    words = opening_words(make(definition, name=name))
    taken = [(word, kind) for kind in others if not kind.is_stopped for word in sorted(words & opening_words(kind))]
    return [f"“{word}” đang mở loại “{kind.title}”. Xin đặt tên hoặc cách gọi khác." for word, kind in taken]


def save(tx: Connection, definition: Definition, *, by: int, now: datetime) -> CheckInKind:
    """A new kind, or a new definition of one that there is: what was kept before stays as it is."""
    name = name_of(definition.title)
    if name in all_kinds(tx):
        definition = succeed(definition_of(tx, name), definition)
    _keep(tx, name, _from_now(definition, now), is_active=True, by=by, now=now, act="kind_defined")
    return look_again(tx)[name]


def stop(tx: Connection, name: str, *, by: int, now: datetime) -> None:
    """Not asked and not taken any more; what is still open is excused."""
    _keep(tx, name, definition_of(tx, name), is_active=False, by=by, now=now, act="kind_stopped")
    rounds.excuse_all(tx, look_again(tx)[name], now)


def reopen(tx: Connection, name: str, *, by: int, now: datetime) -> None:
    definition = _from_now(definition_of(tx, name), now)
    _keep(tx, name, definition, is_active=True, by=by, now=now, act="kind_reopened")
    look_again(tx)


def first_asked(tx: Connection, schedule: Schedule, now: datetime) -> date:
    """The first working day on which it will be asked."""
    day, exceptions = first_day_of(schedule, now), exceptional_days(tx)
    days = (day + timedelta(days=number) for number in range(LOOK_AHEAD))
    fits = (each for each in days if not schedule.weekdays or each.weekday() in schedule.weekdays)
    return next((each for each in fits if is_working_day(each, exceptions)), day)


def _from_now(definition: Definition, now: datetime) -> Definition:
    """The days before were never asked about."""
    schedule = definition.schedule
    if schedule is None:
        return definition
    return replace(definition, schedule=replace(schedule, first_day=first_day_of(schedule, now).isoformat()))


def _keep(
    tx: Connection, name: str, definition: Definition, *, is_active: bool, by: int, now: datetime, act: str
) -> None:
    add_version(
        tx,
        name=name,
        title=definition.title,
        definition=stored(definition),
        is_active=is_active,
        defined_at=now,
        defined_by=by,
    )
    audit.note(tx, at=now, actor_id=by, act=act, subject=f"kind/{name}", questions=len(definition.questions))


def _latest(tx: Connection, name: str) -> OwnKind:
    return next(own for own in latest_kinds(tx) if own.name == name)
