"""Follow-ups: people whose health is asked for every day for some days, why, until when, and what their clock does next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Date, ForeignKey, Index, Integer, String, Table, bindparam

from storage.holding import hold
from storage.prepared import Prepared
from storage.record import Moment, change, find_all, find_one, identity, metadata, selection
from storage.records.people import people


class Stage(StrEnum):
    """How far today's question has come."""

    RESTING = "resting"  # answered, or not asked yet
    ASKED = "asked"
    REMINDED = "reminded"


class Ending(StrEnum):
    OVER = "over"  # the days have passed
    ENDED = "ended"  # the monitoring team has ended it
    GONE = "gone"  # the person has left the body
    WITHDRAWN = "withdrawn"  # what it came from was taken back


follow_ups = Table(
    "follow_ups",
    metadata,
    identity(),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("reason", String(12), nullable=False),
    Column("exposure_level", Integer),  # 0 to 3, where somebody said so: the case, its contact, the contact's contact …
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("check_in_id", ForeignKey("check_ins.id")),  # what it came from
    Column("opened_by", ForeignKey("people.id")),  # none: the duty officer itself, by the office's rule
    Column("opened_at", Moment(), nullable=False),
    Column("stage", String(10), nullable=False),
    Column("asked_on", Date),  # the day it was asked for last
    Column("next_at", Moment()),  # when its clock goes on; none: it has ended
    Column("ended_at", Moment()),
    Column("ended_by", ForeignKey("people.id")),
    Column("ending", String(10)),
    Index("ix_follow_ups_next", "next_at"),
    Index("ix_follow_ups_check_in", "check_in_id"),
)


@dataclass(frozen=True, slots=True)
class FollowUp:
    id: int
    person_id: int
    unit_id: int
    reason: str
    exposure_level: int | None
    first_day: date
    last_day: date
    check_in_id: int | None
    stage: str
    asked_on: date | None
    next_at: datetime | None
    ended_at: datetime | None

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1


def find_follow_up(tx: Connection, follow_up_id: int) -> FollowUp | None:
    return find_one(tx, FollowUp, follow_ups, id=follow_up_id)


def open_follow_up_of(tx: Connection, person_id: int) -> FollowUp | None:
    """The one that runs; two that begin at the same moment come one after the other."""
    hold(tx, people, person_id)
    return find_one(tx, FollowUp, follow_ups, follow_ups.c.ended_at.is_(None), person_id=person_id)


def open_follow_ups(tx: Connection) -> list[FollowUp]:
    """Everybody under watch, those whose days end first on top."""
    where = follow_ups.c.ended_at.is_(None)
    return find_all(tx, FollowUp, follow_ups, where, order_by=(follow_ups.c.last_day, follow_ups.c.id))


_DUE = Prepared(
    selection(FollowUp, follow_ups).where(follow_ups.c.next_at <= bindparam("now")).order_by(follow_ups.c.id)
)


def follow_ups_due(tx: Connection, now: datetime) -> list[FollowUp]:
    return [FollowUp(*row) for row in _DUE.all(tx, {"now": now})]


def came_from(tx: Connection, check_in_id: int) -> list[FollowUp]:
    return find_all(tx, FollowUp, follow_ups, check_in_id=check_in_id)


def change_follow_up(tx: Connection, follow_up_id: int, **values: object) -> None:
    change(tx, follow_ups, follow_ups.c.id == follow_up_id, **values)


def move_follow_up(tx: Connection, follow_up: FollowUp, **values: object) -> bool:
    """False if somebody else has moved its clock."""
    is_mine = (follow_ups.c.id == follow_up.id, follow_ups.c.next_at == follow_up.next_at)
    return change(tx, follow_ups, *is_mine, **values) == 1


def end_follow_up(tx: Connection, follow_up_id: int, *, ending: Ending, by: int | None, now: datetime) -> bool:
    """False if it has ended already."""
    where = (follow_ups.c.id == follow_up_id, follow_ups.c.ended_at.is_(None))
    return change(tx, follow_ups, *where, ended_at=now, ended_by=by, ending=ending, next_at=None) == 1
