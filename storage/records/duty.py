"""Duty: who is on call from when to when, and the swaps two persons agree on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, UniqueConstraint

from storage.record import Moment, find_all, find_one, identity, metadata


class DutyPost(StrEnum):
    """What somebody on duty is there as; both stand first when an alert comes at night."""

    OFFICER = "officer"  # trực chuyên môn
    LEADER = "leader"  # trực lãnh đạo


class SwapState(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"


shifts = Table(
    "shifts",
    metadata,
    identity(),
    Column("starts_at", Moment(), nullable=False),
    Column("ends_at", Moment(), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("post", String(10), nullable=False),
    Column("note", String(120), nullable=False, default=""),
    UniqueConstraint("starts_at", "person_id", "post"),
    Index("ix_shifts_span", "starts_at", "ends_at"),
)

shift_swaps = Table(
    "shift_swaps",
    metadata,
    identity(),
    Column("shift_id", ForeignKey("shifts.id"), nullable=False),  # of him who asks
    Column("other_id", ForeignKey("shifts.id"), nullable=False),  # what he takes over in turn
    Column("asked_by", ForeignKey("people.id"), nullable=False),
    Column("asked_of", ForeignKey("people.id"), nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked_at", Moment(), nullable=False),
    Column("decided_at", Moment()),
)


@dataclass(frozen=True, slots=True)
class Shift:
    id: int
    starts_at: datetime
    ends_at: datetime
    person_id: int
    post: str
    note: str


@dataclass(frozen=True, slots=True)
class Swap:
    id: int
    shift_id: int
    other_id: int
    asked_by: int
    asked_of: int
    state: str


def shifts_between(tx: Connection, since: datetime, until: datetime) -> list[Shift]:
    """The shifts that touch this span, in the order of time, leaders first."""
    where = (shifts.c.starts_at < until, shifts.c.ends_at > since)
    found = find_all(tx, Shift, shifts, *where, order_by=(shifts.c.starts_at, shifts.c.id))
    return sorted(found, key=lambda shift: (shift.starts_at, shift.post != DutyPost.LEADER, shift.id))


def on_duty_at(tx: Connection, moment: datetime) -> list[Shift]:
    """Who is on call at this moment, the officer first: he is to look, the leader to decide."""
    where = (shifts.c.starts_at <= moment, shifts.c.ends_at > moment)
    found = find_all(tx, Shift, shifts, *where, order_by=(shifts.c.id,))
    return sorted(found, key=lambda shift: (shift.post != DutyPost.OFFICER, shift.id))


def shifts_of(tx: Connection, person_id: int, since: datetime) -> list[Shift]:
    """What somebody still has before him (or is in)."""
    where = (shifts.c.person_id == person_id, shifts.c.ends_at > since)
    return find_all(tx, Shift, shifts, *where, order_by=(shifts.c.starts_at, shifts.c.id))


def find_shift(tx: Connection, shift_id: int) -> Shift | None:
    return find_one(tx, Shift, shifts, id=shift_id)


def find_swap(tx: Connection, swap_id: int) -> Swap | None:
    return find_one(tx, Swap, shift_swaps, id=swap_id)
