"""What the figures of a month add up to, for each unit: kept in the transaction that reports, corrects or withdraws.

A year is then a dozen rows a unit instead of all that was reported. An invariant compares them with the check-ins.
"""

from __future__ import annotations

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


def count_in_months(tx: Connection, *, came: int = 0, went: int = 0) -> None:
    """After a check-in came to count, one ceased to count (corrected or withdrawn), or both: one statement."""
    _moving(tx.dialect.name).later(tx, {"came": came, "went": went})


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


def _signed(name: str, sign: int) -> Select[Any]:
    """The figures of one check-in, found by its id alone: with `id = came OR id = went` PostgreSQL reads the table."""
    columns = (check_ins.c.kind, _month.label("month"), check_ins.c.unit_id, figures.c.name)
    signed = select(
        *columns, (figures.c.value * sign).label("value"), literal_column(f"{sign}", Integer).label("reports")
    )
    which = bindparam(name, type_=BigInteger)
    return signed.join(figures, figures.c.check_in_id == check_ins.c.id).where(check_ins.c.id == which)


_both = union_all(_signed("came", 1), _signed("went", -1)).subquery("both")
_key = tuple(_both.c[name] for name in KEY)
_moved = (
    select(*_key, cast(func.sum(_both.c.value), BigInteger).label("value"), func.sum(_both.c.reports).label("reports"))
    .group_by(*_key)
    .order_by(_both.c.name)  # two reports about one unit meet its rows in the same order
)


@cache
def _moving(dialect: str) -> Prepared:
    statement = insert_for(monthly_figures, dialect).from_select(COLUMNS, _moved)
    together = {name: monthly_figures.c[name] + statement.excluded[name] for name in ("value", "reports")}
    return Prepared(statement.on_conflict_do_update(index_elements=list(KEY), set_=together))
