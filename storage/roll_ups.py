"""Adding figures up: along the unit tree for a span of days, and back again to the check-ins they came from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, select

from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins, figures
from storage.records.units import units

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

    Units where nothing was reported are left out. Only current check-ins count.
    """
    pairs = select(units.c.id.label("above"), units.c.id.label("unit")).cte("pairs", recursive=True)
    pairs = pairs.union_all(
        select(pairs.c.above, units.c.id).where(units.c.parent_id == pairs.c.unit),
    )
    statement = (
        select(pairs.c.above, figures.c.name, func.sum(figures.c.value))
        .join(check_ins, check_ins.c.unit_id == pairs.c.unit)
        .join(figures, figures.c.check_in_id == check_ins.c.id)
        .where(_counts(kind, first, last))
        .group_by(pairs.c.above, figures.c.name)
    )
    totals: dict[int, Totals] = defaultdict(dict)
    for unit_id, name, value in tx.execute(statement):
        totals[unit_id][name] = int(value)  # PostgreSQL sums BIGINT to NUMERIC
    return dict(totals)


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
