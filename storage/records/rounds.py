"""Rounds (one asking of many) and expectations (one unit or person owing in it)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    UniqueConstraint,
)

from storage.record import Moment, find_all, find_one, identity, metadata


class Expected(StrEnum):
    """The states of an expectation: waiting → on_time | late | missing | excused; missing → late."""

    WAITING = "waiting"
    ON_TIME = "on_time"
    LATE = "late"
    MISSING = "missing"
    EXCUSED = "excused"


OPEN = (Expected.WAITING, Expected.MISSING)
ANSWERED = (Expected.ON_TIME, Expected.LATE)

rounds = Table(
    "rounds",
    metadata,
    identity(),
    Column("kind", String(60), nullable=False),
    Column("day", Date, nullable=False),  # the day the figures are about
    Column("opens_at", Moment(), nullable=False),
    Column("due_at", Moment(), nullable=False),
    Column("summed_up_at", Moment()),  # when the office had its first summary
    Column("completed_at", Moment()),  # when the last answer came (and the supplement went out)
    UniqueConstraint("kind", "day"),
)

expectations = Table(
    "expectations",
    metadata,
    identity(),
    Column("round_id", ForeignKey("rounds.id"), nullable=False),
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("person_id", ForeignKey("people.id"), index=True),
    Column("state", String(10), nullable=False, default=Expected.WAITING),
    Column("settled_at", Moment()),
    Column("check_in_id", ForeignKey("check_ins.id")),
    CheckConstraint("(unit_id IS NULL) <> (person_id IS NULL)", name="one_debtor"),
    CheckConstraint(f"state IN ({', '.join(repr(str(s)) for s in Expected)})", name="legal_state"),
    CheckConstraint("(state IN ('on_time', 'late')) = (check_in_id IS NOT NULL)", name="answered_by"),
    Index("ix_expectations_round_state", "round_id", "state"),
)
# two indexes: NULLs are distinct in a unique key, and each debtor has one of the two columns NULL
Index("ux_expectations_unit", expectations.c.round_id, expectations.c.unit_id, unique=True)
Index("ux_expectations_person", expectations.c.round_id, expectations.c.person_id, unique=True)


@dataclass(frozen=True, slots=True)
class Round:
    id: int
    kind: str
    day: date
    opens_at: datetime
    due_at: datetime
    summed_up_at: datetime | None
    completed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Expectation:
    id: int
    round_id: int
    unit_id: int | None
    person_id: int | None
    state: str
    settled_at: datetime | None
    check_in_id: int | None


def find_round(tx: Connection, round_id: int) -> Round | None:
    return find_one(tx, Round, rounds, rounds.c.id == round_id)


def round_of(tx: Connection, kind: str, day: date) -> Round | None:
    return find_one(tx, Round, rounds, rounds.c.kind == kind, rounds.c.day == day)


def expectations_of(tx: Connection, round_id: int, *states: Expected) -> list[Expectation]:
    where = [expectations.c.round_id == round_id]
    if states:
        where.append(expectations.c.state.in_(states))
    return find_all(tx, Expectation, expectations, *where, order_by=(expectations.c.id,))
