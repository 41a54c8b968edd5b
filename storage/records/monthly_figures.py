"""What the figures of a month add up to, for each unit: kept in the transaction that reports, corrects or withdraws.

A year is then a dozen rows a unit instead of all that was reported. An invariant compares them with the check-ins.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    ForeignKey,
    Integer,
    PrimaryKeyConstraint,
    Select,
    String,
    Table,
    bindparam,
    cast,
    delete,
    extract,
    func,
    insert,
    literal_column,
    select,
    union_all,
)

from storage.inserts import insert_for
from storage.prepared import Prepared
from storage.record import metadata
from storage.records.check_ins import CheckInState, check_ins, figures

monthly_figures = Table(
    "monthly_figures",
    metadata,
    Column("kind", String(60), nullable=False),
    Column("month", Integer, nullable=False),  # 202611
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("value", BigInteger, nullable=False),
    Column("reports", Integer, nullable=False),  # how many check-ins it comes from; 0: as if the row were not there
    PrimaryKeyConstraint("kind", "month", "unit_id", "name"),
)
KEY = ("kind", "month", "unit_id", "name")
COLUMNS = (*KEY, "value", "reports")


def month_of(day: date) -> int:
    return day.year * 100 + day.month


def move_months(tx: Connection, *, came: Sequence[int], went: Sequence[int]) -> None:
    """After these check-ins came to count and those ceased to (corrected or withdrawn); nobody waits for it."""
    for begin in range(0, max(len(came), len(went)), AT_ONCE):
        _move(tx, came[begin : begin + AT_ONCE], went[begin : begin + AT_ONCE])


def _move(tx: Connection, came: Sequence[int], went: Sequence[int]) -> None:
    """Lists are filled up to a power of two with check-ins that do not exist: few statements are prepared that way."""
    how_many = 1 << (max(len(came), len(went)) - 1).bit_length()
    lists = {_CAME: came, _WENT: went}
    values = {f"{sign}_{n}": ids[n] if n < len(ids) else 0 for sign, ids in lists.items() for n in range(how_many)}
    _moving(tx.dialect.name, how_many).later(tx, values)


AT_ONCE = 16  # check-ins in one statement
_CAME, _WENT = "came", "went"


def rebuild_months(tx: Connection) -> None:
    """From the check-ins, all of them: for databases that are older than this table."""
    tx.execute(delete(monthly_figures))
    tx.execute(insert(monthly_figures).from_select(COLUMNS, what_months_hold()))


def what_months_hold() -> Select[tuple[str, int, int, str, int, int]]:
    """The truth: the current check-ins added up by month and unit."""
    return (
        select(
            check_ins.c.kind,
            _month.label("month"),
            check_ins.c.unit_id,
            figures.c.name,
            cast(func.sum(figures.c.value), BigInteger).label("value"),
            func.count().label("reports"),
        )
        .join(figures, figures.c.check_in_id == check_ins.c.id)
        .where(check_ins.c.state == CheckInState.CURRENT)
        .group_by(check_ins.c.kind, _month, check_ins.c.unit_id, figures.c.name)
    )


_month = cast(extract("year", check_ins.c.day), Integer) * 100 + cast(extract("month", check_ins.c.day), Integer)


def _signed(name: str, sign: int, how_many: int) -> Select[Any]:
    """The figures of so many check-ins, found by their ids alone: with `id IN came OR id IN went` PostgreSQL reads the table."""
    columns = (check_ins.c.kind, _month.label("month"), check_ins.c.unit_id, figures.c.name)
    signed = select(
        *columns, (figures.c.value * sign).label("value"), literal_column(f"{sign}", Integer).label("reports")
    )
    which = check_ins.c.id.in_([bindparam(f"{name}_{n}", type_=BigInteger) for n in range(how_many)])
    return signed.join(figures, figures.c.check_in_id == check_ins.c.id).where(which)


@cache
def _moving(dialect: str, how_many: int) -> Prepared:
    both = union_all(_signed(_CAME, 1, how_many), _signed(_WENT, -1, how_many)).subquery("both")
    key = [both.c[name] for name in KEY]
    sums = (cast(func.sum(both.c.value), BigInteger).label("value"), func.sum(both.c.reports).label("reports"))
    moved = select(*key, *sums).group_by(*key).order_by(*key)  # two transactions meet the same rows in the same order
    statement = insert_for(monthly_figures, dialect).from_select(COLUMNS, moved)
    together = {name: monthly_figures.c[name] + statement.excluded[name] for name in ("value", "reports")}
    return Prepared(statement.on_conflict_do_update(index_elements=list(KEY), set_=together))
