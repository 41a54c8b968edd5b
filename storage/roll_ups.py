"""Adding figures up: along the unit tree for a span of days, and back again to the check-ins they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import cast

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Date,
    String,
    bindparam,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy import cast as sql_cast

from storage.prepared import Prepared
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins, figures
from storage.records.monthly_figures import month_of, monthly_figures
from storage.records.units import units

ONE_DAY = timedelta(days=1)
A_FEW = timedelta(days=3)

Totals = dict[str, int]
"""Figure name → sum."""


def roll_up(tx: Connection, *, kind: str, first: date, last: date) -> dict[int, Totals]:
    """For every unit the sums of its own figures and of all below it; a zone counts for the unit responsible for it.

    Units where nothing was reported are left out. Only current check-ins count. The units stand below each other as they
    do today: what a merged unit reported counts for the unit it stands under now.
    """
    parents: dict[int, int | None] = dict(_PARENTS.all(tx, {}))
    totals: dict[int, Totals] = {}
    for unit_id, name, value in _own_sums(tx, kind, first, last):
        _add(totals, unit_id, name, value)
    for unit_id in _lowest_first(parents):
        above = parents[unit_id]
        if above is not None and unit_id in totals:
            for name, value in totals[unit_id].items():
                _add(totals, above, name, value)
    return totals


def _add(totals: dict[int, Totals], unit_id: int, name: str, value: int) -> None:
    sums = totals.setdefault(unit_id, {})
    sums[name] = sums.get(name, 0) + value


def _lowest_first(parents: dict[int, int | None]) -> list[int]:
    """The units so that each comes before the one it stands under: then each hands its sums up once."""
    below = defaultdict[int | None, list[int]](list)
    for unit_id, above in parents.items():
        below[above].append(unit_id)
    order = below[None].copy()
    for unit_id in order:  # it grows meanwhile, a level at a time
        order.extend(below.get(unit_id, ()))
    order.reverse()
    return order


def _own_sums(tx: Connection, kind: str, first: date, last: date) -> Iterator[tuple[int, str, int]]:
    """(unit, figure, sum), also several for one unit: whole months from their own table, the days around them one by one."""
    begins, ends = _whole_months(first, last)
    if begins >= ends:
        yield from _sums_of_days(tx, kind, first, last)
        return
    yield from _sums_of_months(tx, kind, begins, ends)
    if first < begins:
        yield from _sums_of_days(tx, kind, first, begins - ONE_DAY)
    if ends <= last:
        yield from _sums_of_days(tx, kind, ends, last)


def _whole_months(first: date, last: date) -> tuple[date, date]:
    """The first day of the first month that lies wholly in the span, and the day after the last one."""
    begins = first if first.day == 1 else _next_month(first)
    after = last + ONE_DAY
    return begins, after.replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _sums_of_months(tx: Connection, kind: str, begins: date, ends: date) -> list[tuple[int, str, int]]:
    values = {"kind": kind, "begins": month_of(begins), "ends": month_of(ends)}
    return cast("list[tuple[int, str, int]]", _OF_MONTHS.all(tx, values))


def _sums_of_days(tx: Connection, kind: str, first: date, last: date) -> list[tuple[int, str, int]]:
    statement = _OF_A_FEW_DAYS if last - first < A_FEW else _OF_DAYS
    return cast("list[tuple[int, str, int]]", statement.all(tx, {"kind": kind, "first": first, "last": last}))


_PARENTS = Prepared(select(units.c.id, units.c.parent_id))


def _sum(value: Column[int]) -> ColumnElement[int]:
    return sql_cast(func.sum(value), BigInteger)  # PostgreSQL sums BIGINT to NUMERIC


_OF_MONTHS = Prepared(
    select(monthly_figures.c.unit_id, monthly_figures.c.name, _sum(monthly_figures.c.value))
    .where(
        monthly_figures.c.kind == bindparam("kind"),
        monthly_figures.c.month >= bindparam("begins"),
        monthly_figures.c.month < bindparam("ends"),
        monthly_figures.c.reports > 0,
    )
    .group_by(monthly_figures.c.unit_id, monthly_figures.c.name)
)
_counts = (
    check_ins.c.kind == bindparam("kind"),
    check_ins.c.state == literal(CheckInState.CURRENT),
    check_ins.c.day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())),
)
_ids = (  # + 0, or PostgreSQL looks for the least id of the span from the first of all books on
    select(func.min(check_ins.c.id + 0).label("least"), func.max(check_ins.c.id + 0).label("greatest"))
    .where(_counts[0], _counts[2])
    .cte("ids")
)
_is_near = figures.c.check_in_id.between(_ids.c.least, _ids.c.greatest)
"""Figures lie as their check-ins came: said so, PostgreSQL reads those of the span; else it reads those of all years."""
_of_days = (
    select(check_ins.c.unit_id, figures.c.name, _sum(figures.c.value))
    .select_from(check_ins.join(figures, figures.c.check_in_id == check_ins.c.id))
    .where(*_counts)
    .group_by(check_ins.c.unit_id, figures.c.name)
)
_OF_A_FEW_DAYS = Prepared(_of_days)
_OF_DAYS = Prepared(_of_days.where(_is_near))
_ALL_VALUES: dict[str, ColumnElement[str]] = {
    "sqlite": func.group_concat(figures.c.value),
    "postgresql": func.string_agg(sql_cast(figures.c.value, String), literal_column("','")),
}
_ALL_OF_DAYS = {
    dialect: Prepared(
        select(check_ins.c.unit_id, figures.c.name, values)
        .select_from(check_ins.join(figures, figures.c.check_in_id == check_ins.c.id))
        .where(*_counts, _is_near)
        .group_by(check_ins.c.unit_id, figures.c.name)
    )
    for dialect, values in _ALL_VALUES.items()
}
"""A row a unit, not a row a day: 2,500 instead of 50,000 for three weeks of 2,000 units."""


def grand_total(tx: Connection, *, kind: str, first: date, last: date) -> Totals:
    """The sums over the whole body: those of the units that have nothing above them."""
    tops = tx.execute(select(units.c.id).where(units.c.parent_id.is_(None))).scalars()
    by_unit = roll_up(tx, kind=kind, first=first, last=last)
    totals: Totals = defaultdict(int)
    for unit_id in tops:
        for name, value in by_unit.get(unit_id, {}).items():
            totals[name] += value
    return dict(totals)


def reported_figures(tx: Connection, *, kind: str, first: date, last: date) -> dict[tuple[int, str], list[int]]:
    """What each unit itself reported: (unit, figure) → a value for each report, in no order."""
    rows = _ALL_OF_DAYS[tx.dialect.name].all(tx, {"kind": kind, "first": first, "last": last})
    return {(unit_id, name): [int(value) for value in values.split(",")] for unit_id, name, values in rows}


def origins(tx: Connection, *, unit_id: int, day: date, kinds: list[str]) -> list[CheckIn]:
    """Every check-in of the unit for that day, also superseded and cancelled ones, in the order they were said."""
    where = (check_ins.c.unit_id == unit_id, check_ins.c.day == day, check_ins.c.kind.in_(kinds))
    return find_all(tx, CheckIn, check_ins, *where, order_by=(check_ins.c.reported_at, check_ins.c.id))
