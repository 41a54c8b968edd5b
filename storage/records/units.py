"""Units: whoever must report, as a tree with dates; a merged unit stays, so that an old report still shows it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Date,
    ForeignKey,
    Index,
    String,
    Table,
    and_,
    bindparam,
    or_,
    select,
)

from storage.prepared import Prepared
from storage.record import find_all, find_one, foresee_one, identity, in_batches, metadata, selection


class UnitKind(StrEnum):
    ORGANIZATION = "organization"  # the root: the body itself
    OFFICE = "office"  # Văn phòng: receives and rolls up
    DIVISION = "division"  # phòng, khoa, trung tâm
    ZONE = "industrial_zone"  # reports through the unit responsible for it
    ENTERPRISE = "enterprise"


units = Table(
    "units",
    metadata,
    identity(),
    Column("code", String(32), nullable=False, unique=True),
    Column("name", String(200), nullable=False),
    Column("short_name", String(60), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("parent_id", ForeignKey("units.id"), index=True),  # for a zone: the unit responsible for it
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # the last day it existed
    Column("merged_into_id", ForeignKey("units.id")),
    Index("ix_units_kind_code", "kind", "code"),
)


@dataclass(frozen=True, slots=True)
class Unit:
    id: int
    code: str
    name: str
    short_name: str
    kind: str
    parent_id: int | None
    valid_from: date
    valid_to: date | None

    def existed_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


def exists_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    return and_(units.c.valid_from <= day, or_(units.c.valid_to.is_(None), units.c.valid_to >= day))


_on_day = selection(Unit, units).where(exists_on(bindparam("day", type_=Date()))).order_by(units.c.code)
_ON_DAY = Prepared(_on_day)
_ON_DAY_OF_KIND = Prepared(_on_day.where(units.c.kind == bindparam("kind")))


def find_unit(tx: Connection, unit_id: int) -> Unit | None:
    return find_one(tx, Unit, units, id=unit_id)


def foresee_unit(tx: Connection, unit_id: int) -> None:
    foresee_one(tx, Unit, units, is_steady=True, id=unit_id)


def units_by_id(tx: Connection, ids: Collection[int]) -> dict[int, Unit]:
    """These units, whether they exist today or not."""
    found = (find_all(tx, Unit, units, units.c.id.in_(some)) for some in in_batches(set(ids)))
    return {unit.id: unit for several in found for unit in several}


def units_on(tx: Connection, day: date, *kinds: UnitKind) -> list[Unit]:
    """The units that exist on `day` (all kinds, or those named), in the order of their codes."""
    if not kinds:
        return [Unit(*row) for row in _ON_DAY.all(tx, {"day": day})]
    found = [Unit(*row) for kind in kinds for row in _ON_DAY_OF_KIND.all(tx, {"day": day, "kind": kind})]
    return sorted(found, key=lambda unit: unit.code) if len(kinds) > 1 else found


def foresee_units_on(tx: Connection, day: date, kind: UnitKind) -> None:
    _ON_DAY_OF_KIND.foresee(tx, {"day": day, "kind": kind}, is_steady=True)


def with_all_above(tx: Connection, unit_id: int) -> list[int]:
    """The unit and everything above it, nearest first."""
    step = select(units.c.id, units.c.parent_id).where(units.c.id == unit_id).cte("above", recursive=True)
    step = step.union(select(units.c.id, units.c.parent_id).where(units.c.id == step.c.parent_id))
    return [row.id for row in tx.execute(select(step.c.id))]


def with_all_below(tx: Connection, unit_id: int) -> list[int]:
    """The unit and everything below it."""
    return [row[0] for row in _WITH_ALL_BELOW.all(tx, {"unit_id": unit_id})]


_itself = select(units.c.id).where(units.c.id == bindparam("unit_id")).cte("below", recursive=True)
"""Each unit once: in a circle a look would have no end."""
_WITH_ALL_BELOW = Prepared(select(_itself.union(select(units.c.id).where(units.c.parent_id == _itself.c.id)).c.id))


def ended_units(tx: Connection) -> list[Unit]:
    """Those that have a last day."""
    return find_all(tx, Unit, units, units.c.valid_to.is_not(None), order_by=(units.c.code,))


def whom_it_was_merged_into(tx: Connection) -> dict[int, int]:
    """Of every merged unit the one that has its people now, also where that one was merged on."""
    rows = tx.execute(select(units.c.id, units.c.merged_into_id).where(units.c.merged_into_id.is_not(None)))
    next_one = {row[0]: row[1] for row in rows}
    return {unit: _end_of_way(unit, next_one) for unit in next_one}


def _end_of_way(unit_id: int, next_one: Mapping[int, int]) -> int:
    for _ in next_one:  # no way is longer, nor does one end in a circle
        unit_id = next_one.get(unit_id, unit_id)
    return unit_id
