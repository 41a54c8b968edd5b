"""Adding figures up: along the unit tree for a span of days, and back again to the check-ins they came from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Date, and_, bindparam, func, literal, select

from storage.prepared import Prepared
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins, figures
from storage.records.monthly_figures import month_of, monthly_figures
from storage.records.units import units

ONE_DAY = timedelta(days=1)

Totals = dict[str, int]
"""Figure name → sum."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One figure of one unit on one day."""

    unit_id: int
    day: date
    name: str
    value: int


def roll_up(tx: Connection, *, kind: str, first: date, last: date) -> dict[int, Totals]:
    """For every unit the sums of its own figures and of all below it; a zone counts for the unit responsible for it.

    Units where nothing was reported are left out. Only current check-ins count. The units stand below each other as they
    do today: what a merged unit reported counts for the unit it stands under now.
    """
    parents: dict[int, int | None] = dict(_PARENTS.all(tx, {}))
    totals: dict[int, Totals] = {}
    for unit_id, name, value in _own_sums(tx, kind, first, last):
        above: int | None = unit_id
        while above is not None:
            sums = totals.setdefault(above, {})
            sums[name] = sums.get(name, 0) + value
            above = parents[above]
    return totals


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
    table = monthly_figures.c
    statement = (
        select(table.unit_id, table.name, func.sum(table.value))
        .where(table.kind == kind, table.month >= month_of(begins), table.month < month_of(ends), table.reports > 0)
        .group_by(table.unit_id, table.name)
    )
    return [(row[0], row[1], int(row[2])) for row in tx.execute(statement)]  # PostgreSQL sums BIGINT to NUMERIC


def _sums_of_days(tx: Connection, kind: str, first: date, last: date) -> list[tuple[int, str, int]]:
    rows = _OF_DAYS.all(tx, {"kind": kind, "first": first, "last": last})
    return [(unit_id, name, int(value)) for unit_id, name, value in rows]


_PARENTS = Prepared(select(units.c.id, units.c.parent_id))
_OF_DAYS = Prepared(
    select(check_ins.c.unit_id, figures.c.name, func.sum(figures.c.value))
    .join(figures, figures.c.check_in_id == check_ins.c.id)
    .where(
        check_ins.c.kind == bindparam("kind"),
        check_ins.c.state == literal(CheckInState.CURRENT),
        check_ins.c.day.between(bindparam("first", type_=Date()), bindparam("last", type_=Date())),
    )
    .group_by(check_ins.c.unit_id, figures.c.name)
)


def grand_total(tx: Connection, *, kind: str, first: date, last: date) -> Totals:
    """The sums over the whole body: those of the units that have nothing above them."""
    tops = tx.execute(select(units.c.id).where(units.c.parent_id.is_(None))).scalars()
    by_unit = roll_up(tx, kind=kind, first=first, last=last)
    totals: Totals = defaultdict(int)
    for unit_id in tops:
        for name, value in by_unit.get(unit_id, {}).items():
            totals[name] += value
    return dict(totals)


def reported_figures(tx: Connection, *, kind: str, first: date, last: date) -> list[Reported]:
    """What each unit itself reported, in the order of the days."""
    statement = (
        select(check_ins.c.unit_id, check_ins.c.day, figures.c.name, figures.c.value)
        .join(figures, figures.c.check_in_id == check_ins.c.id)
        .where(_counts(kind, first, last))
        .order_by(check_ins.c.day, check_ins.c.id, figures.c.id)
    )
    return [Reported(*row) for row in tx.execute(statement)]


def origins(tx: Connection, *, unit_id: int, day: date, kinds: list[str]) -> list[CheckIn]:
    """Every check-in of the unit for that day, also superseded and cancelled ones, in the order they came."""
    where = (check_ins.c.unit_id == unit_id, check_ins.c.day == day, check_ins.c.kind.in_(kinds))
    return find_all(tx, CheckIn, check_ins, *where, order_by=(check_ins.c.id,))


def _counts(kind: str, first: date, last: date) -> ColumnElement[bool]:
    return and_(
        check_ins.c.kind == kind,
        check_ins.c.state == CheckInState.CURRENT,
        check_ins.c.day >= first,
        check_ins.c.day <= last,
    )
