"""Rounds (one asking of many) and expectations (one unit or person owing in it)."""

from __future__ import annotations

from collections.abc import Mapping
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
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from storage.inserts import insert_all_or_ignore, insert_or_ignore
from storage.part_index import part_index
from storage.prepared import Prepared
from storage.record import Moment, change, find_all, find_one, identity, metadata, selection
from storage.records.units import units


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
    Index("ix_rounds_day", "day"),
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
IS_OPEN = or_(*(expectations.c.state == literal_column(f"'{state}'") for state in OPEN))
part_index("ix_expectations_open_unit", expectations.c.unit_id, where=IS_OPEN)
part_index("ix_expectations_open_person", expectations.c.person_id, where=IS_OPEN)


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
    return find_one(tx, Round, rounds, id=round_id)


def lock_round(tx: Connection, round_id: int) -> Round:
    """The round, once those who were answering in it have committed; nobody else answers until we have."""
    # NO KEY UPDATE: a check-in that names the round holds its key already, and two of them would wait for each other
    found = _LOCK.first(tx, {"id": round_id})
    if found is None:
        raise LookupError(f"there is no round {round_id}")
    return Round(*found)


def round_answered(tx: Connection, kind: str, day: date) -> Round | None:
    """The round of this kind and day, which nobody closes or sums up until this transaction ends; none where it was
    never asked. Others may answer in it at the same time."""
    found = _ANSWERED.first(tx, {"kind": kind, "day": day})
    return None if found is None else Round(*found)


def foresee_round_answered(tx: Connection, kind: str, day: date) -> None:
    _ANSWERED.foresee(tx, {"kind": kind, "day": day})


_by_kind_and_day = (rounds.c.kind == bindparam("kind"), rounds.c.day == bindparam("day"))
_ANSWERED = Prepared(selection(Round, rounds).where(*_by_kind_and_day).with_for_update(read=True))
_LOCK = Prepared(selection(Round, rounds).where(rounds.c.id == bindparam("id")).with_for_update(key_share=True))


def rounds_on(tx: Connection, day: date) -> list[Round]:
    return find_all(tx, Round, rounds, rounds.c.day == day, order_by=(rounds.c.opens_at, rounds.c.id))


_fell_due = and_(
    rounds.c.day >= bindparam("since"), rounds.c.due_at <= bindparam("now"), rounds.c.summed_up_at.is_(None)
)
_TO_SUM_UP = Prepared(selection(Round, rounds).where(_fell_due).order_by(rounds.c.day, rounds.c.id))


def rounds_to_sum_up(tx: Connection, *, since: date, now: datetime) -> list[Round]:
    """Rounds of these days that fell due and of which the office has heard nothing yet."""
    return [Round(*row) for row in _TO_SUM_UP.all(tx, {"since": since, "now": now})]


def keep_round(tx: Connection, *, kind: str, day: date, opens_at: datetime, due_at: datetime) -> tuple[Round, bool]:
    """The round of this kind and day, and whether it is new."""
    values = {"kind": kind, "day": day, "opens_at": opens_at, "due_at": due_at}
    is_new = insert_or_ignore(tx, rounds, values)
    found = round_of(tx, kind, day)
    if found is None:
        raise LookupError(f"no round of {kind} on {day} after its insert")
    return found, is_new


def open_rounds_of(tx: Connection, kind: str) -> list[Round]:
    """The rounds of this kind in which somebody still owes."""
    owed = select(expectations.c.round_id).where(expectations.c.state.in_(OPEN))
    return find_all(tx, Round, rounds, rounds.c.kind == kind, rounds.c.id.in_(owed), order_by=(rounds.c.id,))


def mark_summed_up(tx: Connection, round_id: int, now: datetime) -> bool:
    """True for the first time only."""
    return change(tx, rounds, rounds.c.id == round_id, rounds.c.summed_up_at.is_(None), summed_up_at=now) == 1


def mark_completed(tx: Connection, round_id: int, now: datetime) -> bool:
    """True for the first time only."""
    return change(tx, rounds, rounds.c.id == round_id, rounds.c.completed_at.is_(None), completed_at=now) == 1


def round_of(tx: Connection, kind: str, day: date) -> Round | None:
    return find_one(tx, Round, rounds, kind=kind, day=day)


def expectations_of(tx: Connection, round_id: int, *states: Expected) -> list[Expectation]:
    where = [expectations.c.round_id == round_id]
    if states:
        where.append(expectations.c.state.in_(states))
    return find_all(tx, Expectation, expectations, *where, order_by=(expectations.c.id,))


def count_states(tx: Connection, round_id: int) -> dict[Expected, int]:
    """How many expectations of the round stand where."""
    statement = select(expectations.c.state, func.count()).where(expectations.c.round_id == round_id)
    return {Expected(state): count for state, count in tx.execute(statement.group_by(expectations.c.state))}


def count_rounds(tx: Connection, kind: str, first: date, last: date) -> int:
    where = (rounds.c.kind == kind, rounds.c.day >= first, rounds.c.day <= last)
    return tx.execute(select(func.count()).select_from(rounds).where(*where)).scalar_one()


def states_by_unit(tx: Connection, *, kind: str, first: date, last: date) -> dict[int, dict[Expected, int]]:
    """Over all rounds of these days, for every unit that was asked: how often it stands where."""
    where = (rounds.c.kind == kind, rounds.c.day >= first, rounds.c.day <= last, expectations.c.unit_id.is_not(None))
    each = (expectations.c.unit_id, expectations.c.state)
    counted = select(*each, func.count()).join(rounds, rounds.c.id == expectations.c.round_id).where(*where)
    found: dict[int, dict[Expected, int]] = {}
    for unit_id, state, count in tx.execute(counted.group_by(*each)):
        found.setdefault(unit_id, {})[Expected(state)] = count
    return found


def is_owed(tx: Connection, round_id: int) -> bool:
    """Does anybody still owe in this round?"""
    return _SOMEBODY_OWES.first(tx, {"round_id": round_id}) is not None


_SOMEBODY_OWES = Prepared(
    select(expectations.c.id).where(expectations.c.round_id == bindparam("round_id"), IS_OPEN).limit(1)
)


def names_still_open(tx: Connection, round_id: int, limit: int) -> list[str]:
    """The short names of units that still owe, in the order of their codes."""
    statement = (
        select(units.c.short_name)
        .join(expectations, expectations.c.unit_id == units.c.id)
        .where(expectations.c.round_id == round_id, expectations.c.state.in_(OPEN))
        .order_by(units.c.code)
        .limit(limit)
    )
    return list(tx.execute(statement).scalars())


def expect(
    tx: Connection, round_id: int, *, unit_id: int | None = None, person_id: int | None = None, state: str
) -> bool:
    """Write down that this unit or person owes an answer; false if that stands already."""
    values = {"round_id": round_id, "unit_id": unit_id, "person_id": person_id, "state": state}
    return insert_or_ignore(tx, expectations, values)


def expectation_for(
    tx: Connection, round_id: int, *, unit_id: int | None = None, person_id: int | None = None
) -> Expectation | None:
    whose, number = _debtor(unit_id, person_id)
    if number is None:
        return None
    found = _EXPECTED[whose].first(tx, {"round_id": round_id, "debtor": number}, of=frozenset({(whose, number)}))
    return None if found is None else Expectation(*found)


def foresee_expectation(
    tx: Connection, round_id: int, *, unit_id: int | None = None, person_id: int | None = None
) -> None:
    whose, number = _debtor(unit_id, person_id)
    if number is not None:
        of = frozenset({(whose, number)})
        _EXPECTED[whose].foresee(tx, {"round_id": round_id, "debtor": number}, of=of)


def _debtor(unit_id: int | None, person_id: int | None) -> tuple[str, int | None]:
    return ("unit", unit_id) if person_id is None else ("person", person_id)


def _expected(whose: str) -> Prepared:
    is_debtor = expectations.c[f"{whose}_id"] == bindparam("debtor")
    where = (expectations.c.round_id == bindparam("round_id"), is_debtor)
    return Prepared(selection(Expectation, expectations).where(*where))


_EXPECTED = {whose: _expected(whose) for whose in ("unit", "person")}


def expect_all(tx: Connection, round_id: int, states: Mapping[int, str]) -> None:
    """The same for many units, unit → state, none of which stands yet."""
    rows = [{"round_id": round_id, "unit_id": unit_id, "state": state} for unit_id, state in states.items()]
    insert_all_or_ignore(tx, expectations, rows)


def move_all(tx: Connection, round_id: int, *, was: str, state: str) -> int:
    """Bring all that stand at `was` to a state without an answer; returns how many they were."""
    where = (expectations.c.round_id == round_id, expectations.c.state == was)
    return change(tx, expectations, *where, state=state, settled_at=None, check_in_id=None)
