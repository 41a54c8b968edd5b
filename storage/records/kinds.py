"""Kinds of check-in that the office defined itself; the built-in ones are Python files in handlers/check_ins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Connection, String, Table

from storage.record import Json, find_all, identity, metadata

kinds = Table(
    "kinds",
    metadata,
    identity(),
    Column("name", String(60), nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("definition", Json, nullable=False),  # questions and figures, in the words of handlers/check_in.py
    Column("is_active", Boolean, nullable=False, default=True),
)


@dataclass(frozen=True, slots=True)
class OwnKind:
    id: int
    name: str
    title: str
    definition: dict[str, Any]


def own_kinds(tx: Connection) -> list[OwnKind]:
    return find_all(tx, OwnKind, kinds, kinds.c.is_active, order_by=(kinds.c.id,))
