"""Kinds of check-in that the office defined itself; the built-in ones are Python files in handlers/check_ins.

Nothing is overwritten: a change, a stop or a reopening is a new row, and the latest row of a name is what holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, Connection, ForeignKey, Index, String, Table, func, select

from storage.prepared import Prepared
from storage.record import Json, Moment, add, find_all, identity, metadata

kinds = Table(
    "kinds",
    metadata,
    identity(),
    Column("name", String(60), nullable=False),
    Column("title", String(120), nullable=False),
    Column("definition", Json, nullable=False),  # handlers/own_kinds/definition.py
    Column("is_active", Boolean, nullable=False, default=True),  # false: stopped, only read from here on
    Column("defined_at", Moment(), nullable=False),
    Column("defined_by", ForeignKey("people.id"), nullable=False),
    Index("ix_kinds_name", "name"),
)

COUNT = Prepared(select(func.count()).select_from(kinds))


@dataclass(frozen=True, slots=True)
class OwnKind:
    id: int
    name: str
    title: str
    definition: dict[str, Any]
    is_active: bool


def count_versions(tx: Connection) -> int:
    """How many rows there are: it grows with every change, whatever the order of the commits."""
    found = COUNT.first(tx, {})
    return 0 if found is None else int(found[0])


def foresee_count(tx: Connection) -> None:
    COUNT.foresee(tx, {}, is_steady=True)


def defined_last(tx: Connection) -> datetime | None:
    """The moment of the last change."""
    last: datetime | None = tx.execute(select(func.max(kinds.c.defined_at))).scalar_one()
    return last


def latest_kinds(tx: Connection) -> list[OwnKind]:
    """What holds for each name, stopped ones too, in the order they were first defined."""
    spans = select(func.min(kinds.c.id).label("first"), func.max(kinds.c.id).label("last")).group_by(kinds.c.name)
    span = spans.subquery()
    order_by = (select(span.c.first).where(span.c.last == kinds.c.id).scalar_subquery(),)
    return find_all(tx, OwnKind, kinds, kinds.c.id.in_(select(span.c.last)), order_by=order_by)


def add_version(
    tx: Connection,
    *,
    name: str,
    title: str,
    definition: dict[str, Any],
    is_active: bool,
    defined_at: datetime,
    defined_by: int,
) -> None:
    values = {"name": name, "title": title, "definition": definition, "is_active": is_active}
    add(tx, kinds, **values, defined_at=defined_at, defined_by=defined_by)
