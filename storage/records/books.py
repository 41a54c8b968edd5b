"""What a transaction enters into the books: check-ins, their figures and months, and who has answered.

All of it together, just before it is asked for or committed: a statement for many rows costs little more than for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Label,
    String,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
    update,
)

from storage.inserts import insert_later
from storage.last_words import Concerns, is_meant, mean
from storage.prepared import Prepared, is_far
from storage.record import Moment
from storage.records.check_ins import CheckIn, CheckInState, check_ins, figures
from storage.records.monthly_figures import monthly_figures, move_months
from storage.records.rounds import Expectation, expectations

Entries = Mapping[tuple[Any, ...], Any]

NEW, MARK, FIGURE, CAME, WENT, MOVE = "new", "mark", "figure", "came", "went", "move"
AT_ONCE = 8
"""Rows of one kind in one statement."""


def foresee_entry(tx: Connection, *, unit_id: int, person_id: int | None = None) -> None:
    """A check-in about them will be entered soon. They must be held: a correction has a higher number."""
    if is_far(tx):
        _NEXT_ID.foresee(tx, {"debtor": _sign(unit_id, person_id)})


def enter_check_in(tx: Connection, facts: Mapping[str, Any]) -> CheckIn:
    """A new check-in; `facts` are all its columns but the number, which it is given at once."""
    new = CheckIn(id=_next_id(tx, _sign(facts["unit_id"], facts["person_id"])), **facts)
    row = {"id": new.id, **facts}
    mean(tx, _enter, {(NEW, new.id): row}, tables=(check_ins.name,), of=_whom(new))
    return new


def supersede(tx: Connection, old: CheckIn) -> None:
    """It no longer stands: another took its place."""
    mean(tx, _enter, {(MARK, old.id): None}, tables=(check_ins.name,), of=_whom(old))


def keep_figures(tx: Connection, check_in_id: int, counted: Mapping[str, int]) -> None:
    what = {(FIGURE, check_in_id, name): value for name, value in counted.items()}
    mean(tx, _enter, what, tables=(figures.name,))


def count_in_months(tx: Connection, *, came: int = 0, went: int = 0) -> None:
    """A check-in came to count, one ceased to count (corrected or withdrawn), or both."""
    what = {(sign, number): None for sign, number in ((CAME, came), (WENT, went)) if number}
    mean(tx, _enter, what, tables=(monthly_figures.name,))


def move_expectation(
    tx: Connection,
    expectation: Expectation,
    *,
    state: str,
    settled_at: datetime | None,
    check_in_id: int | None,
    told_by: int | None = None,
) -> None:
    """Bring it to a new state, unless it has left the state we saw it in. `told_by`: the person whose answer moves it."""
    values = (expectation.state, state, settled_at, check_in_id)
    of = None if told_by is None else _debtor(expectation) | {("person", told_by)}
    mean(tx, _enter, {(MOVE, expectation.id): values}, tables=(expectations.name,), of=of)


def _whom(check_in: CheckIn) -> Concerns:
    about = {("unit", check_in.unit_id), ("reporter", check_in.reported_by)}
    return frozenset(about if check_in.person_id is None else {*about, ("person", check_in.person_id)})


def _debtor(expectation: Expectation) -> Concerns:
    debtor = {"unit": expectation.unit_id, "person": expectation.person_id}
    return frozenset((what, number) for what, number in debtor.items() if number is not None)


def _sign(unit_id: int, person_id: int | None) -> int:
    """Whom a number was drawn for: another's was drawn behind another lock."""
    return unit_id if person_id is None else -person_id


def _next_id(tx: Connection, debtor: int) -> int:
    """The number of the next check-in. On SQLite, where nobody else writes, one more than the last."""
    if is_far(tx):
        drawn = _NEXT_ID.first(tx, {"debtor": debtor})
        return int(drawn[0]) if drawn is not None else 0
    entered = next((key[1] for key in reversed(list(is_meant(tx, _enter))) if key[0] == NEW), None)
    if entered is None:
        last = _LAST_ID.first(tx, {}, of=frozenset())
        entered = 0 if last is None else last[0] or 0
    return int(entered) + 1


_NEXT_ID = Prepared(
    select(func.nextval(literal_column(f"'{check_ins.name}_id_seq'"), type_=BigInteger)).where(
        bindparam("debtor", type_=BigInteger).is_not(None)
    )
)
_LAST_ID = Prepared(select(func.max(check_ins.c.id)))


def _enter(tx: Connection, entries: Entries) -> None:
    """Each kind of entry behind what it points to or is counted from."""
    sorted_out: dict[str, list[tuple[Any, ...]]] = {}
    for (sort, *key), value in entries.items():
        sorted_out.setdefault(sort, []).append((*key, value))
    insert_later(tx, check_ins, [row for _, row in sorted_out.get(NEW, ())])
    _in_parts(tx, _mark, sorted_out.get(MARK, ()))
    rows = ({"check_in_id": number, "name": name, "value": value} for number, name, value in sorted_out.get(FIGURE, ()))
    insert_later(tx, figures, list(rows))
    came, went = ([entry[0] for entry in sorted_out.get(sign, ())] for sign in (CAME, WENT))
    move_months(tx, came=came, went=went)
    _in_parts(tx, _move, sorted_out.get(MOVE, ()))


def _in_parts(
    tx: Connection,
    say: Callable[[Connection, Sequence[tuple[Any, ...]], int], None],
    entries: Sequence[tuple[Any, ...]],
) -> None:
    """Some in a statement, whose places are a power of two: few statements are prepared that way."""
    for begin in range(0, len(entries), AT_ONCE):
        part = entries[begin : begin + AT_ONCE]
        say(tx, part, 1 << (len(part) - 1).bit_length())


def _mark(tx: Connection, entries: Sequence[tuple[Any, ...]], places: int) -> None:
    ids = [number for number, _ in entries]
    _marking(places).later(tx, {f"at_{n}": ids[n] if n < len(ids) else 0 for n in range(places)})


@cache
def _marking(places: int) -> Prepared:
    which = check_ins.c.id.in_([bindparam(f"at_{n}", type_=BigInteger) for n in range(places)])
    return Prepared(update(check_ins).where(which).values(state=CheckInState.SUPERSEDED))


def _move(tx: Connection, entries: Sequence[tuple[Any, ...]], places: int) -> None:
    nobody = (0, ("", "", None, None))
    values: dict[str, Any] = {}
    for n in range(places):
        number, (was, state, settled_at, check_in_id) = entries[n] if n < len(entries) else nobody
        values |= {f"at_{n}": number, f"was_{n}": was, f"state_{n}": state}
        values |= {f"settled_at_{n}": settled_at, f"check_in_id_{n}": check_in_id}
    _moving(places).later(tx, values)


@cache
def _moving(places: int) -> Prepared:
    types = {
        "at": BigInteger(),
        "was": String(),
        "state": String(),
        "settled_at": Moment(),
        "check_in_id": BigInteger(),
    }
    rows = [select(*(_labelled(name, n, of_type) for name, of_type in types.items())) for n in range(places)]
    moves = (union_all(*rows) if places > 1 else rows[0]).subquery("moves")
    statement = update(expectations).where(expectations.c.id == moves.c.at, expectations.c.state == moves.c.was)
    return Prepared(statement.values({name: moves.c[name] for name in ("state", "settled_at", "check_in_id")}))


def _labelled(name: str, place: int, of_type: Any) -> Label[Any]:
    return bindparam(f"{name}_{place}", type_=of_type).label(name)
