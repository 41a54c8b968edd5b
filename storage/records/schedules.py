"""Schedules, their ticks (each runs exactly once) and the working calendar with its exceptions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    func,
    select,
)

from storage.inserts import insert_or_ignore, insert_or_update
from storage.prepared import Prepared
from storage.record import Json, Moment, find_all, identity, metadata, selection


class DayKind(StrEnum):
    HOLIDAY = "holiday"  # nobody owes anything
    WORKING = "working"  # a swapped Saturday or Sunday


schedules = Table(
    "schedules",
    metadata,
    identity(),
    Column("name", String(80), nullable=False, unique=True),
    Column("job", String(40), nullable=False),
    Column("arguments", Json, nullable=False),
    Column("at", String(5), nullable=False),  # "16:30", local time
    Column("days", String(20), nullable=False, default="working"),  # working, daily, mon … sun, or comma lists of them
    Column("grace_minutes", Integer, nullable=False),  # how late it may still run after downtime
    Column("is_active", Boolean, nullable=False, default=True),
    Column("since", Moment(), nullable=False),  # ticks before this moment were never due
)

schedule_ticks = Table(
    "schedule_ticks",
    metadata,
    identity(),
    Column("schedule_id", ForeignKey("schedules.id"), nullable=False),
    Column("due_at", Moment(), nullable=False),
    Column("began_at", Moment(), nullable=False),
    Column("outcome", String(20), nullable=False),  # done, missed (downtime outlived its grace), failed
    UniqueConstraint("schedule_id", "due_at"),
    Index("ix_schedule_ticks_due", "due_at"),
)

calendar_days = Table(
    "calendar_days",
    metadata,
    Column("day", Date, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("note", String(120), nullable=False, default=""),
)


@dataclass(frozen=True, slots=True)
class Schedule:
    id: int
    name: str
    job: str
    arguments: dict[str, Any]
    at: str
    days: str
    grace_minutes: int
    since: datetime


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day that is not what its weekday says."""

    day: date
    kind: str
    note: str


def keep_schedule(
    tx: Connection, *, name: str, job: str, at: str, days: str, grace_minutes: int, since: datetime
) -> bool:
    """Add a calendar row; false if one of this name stands already: then it stays as the office left it."""
    values = {
        "name": name,
        "job": job,
        "arguments": {},
        "at": at,
        "days": days,
        "grace_minutes": grace_minutes,
        "is_active": True,
        "since": since,
    }
    return insert_or_ignore(tx, schedules, values)


_NAMES = Prepared(select(schedules.c.name))
_ACTIVE = Prepared(selection(Schedule, schedules).where(schedules.c.is_active).order_by(schedules.c.at, schedules.c.id))
_TICKS = Prepared(
    select(schedule_ticks.c.schedule_id, schedule_ticks.c.due_at).where(schedule_ticks.c.due_at >= bindparam("moment"))
)


def schedule_names(tx: Connection) -> set[str]:
    """Of every row, also those that the office switched off."""
    return {name for (name,) in _NAMES.all(tx, {})}


def active_schedules(tx: Connection) -> list[Schedule]:
    return [Schedule(*row) for row in _ACTIVE.all(tx, {})]


def begin_tick(tx: Connection, *, schedule_id: int, due_at: datetime, now: datetime, outcome: str = "done") -> bool:
    """Claim a tick: true for exactly one caller, in whatever process and after whatever restart."""
    values = {"schedule_id": schedule_id, "due_at": due_at, "began_at": now, "outcome": outcome}
    return insert_or_ignore(tx, schedule_ticks, values)


def ticks_since(tx: Connection, moment: datetime) -> set[tuple[int, datetime]]:
    """(schedule, due_at) of the ticks that were claimed for this moment or later."""
    return {(schedule_id, due_at) for schedule_id, due_at in _TICKS.all(tx, {"moment": moment})}


def last_missed(tx: Connection) -> datetime | None:
    """When it last came to light that something fell due while nobody was there."""
    return tx.execute(select(func.max(schedule_ticks.c.began_at)).where(schedule_ticks.c.outcome == "missed")).scalar()


def exceptional_days(tx: Connection) -> Mapping[date, str]:
    """Days that are not what their weekday says: {day: holiday | working}."""
    return dict(_EXCEPTIONAL_DAYS.all(tx, {}))


_EXCEPTIONAL_DAYS = Prepared(select(calendar_days.c.day, calendar_days.c.kind))


def calendar_between(tx: Connection, first: date, last: date) -> list[CalendarDay]:
    where = (calendar_days.c.day >= first, calendar_days.c.day <= last)
    return find_all(tx, CalendarDay, calendar_days, *where, order_by=(calendar_days.c.day,))


def name_day(tx: Connection, day: date, kind: DayKind, note: str) -> None:
    """Write an exceptional day, whatever stood there."""
    insert_or_update(tx, calendar_days, {"day": day, "kind": kind, "note": note[:120]}, key=("day",))


def unname_day(tx: Connection, day: date) -> bool:
    """The day is again what its weekday says; false if it was."""
    return tx.execute(delete(calendar_days).where(calendar_days.c.day == day)).rowcount == 1
