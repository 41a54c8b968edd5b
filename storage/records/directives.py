"""Directives, who must have received them, and who has said so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Date, ForeignKey, String, Table, Text, UniqueConstraint, func, select

from storage.record import Json, Moment, find_one, identity, metadata


class DirectiveState(StrEnum):
    DRAFT = "draft"  # waits for its author's confirmation
    PUBLISHED = "published"
    CANCELLED = "cancelled"


directives = Table(
    "directives",
    metadata,
    identity(),
    Column("code", String(12), nullable=False, unique=True),  # what /kiemtra takes
    Column("state", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("document_number", String(60)),
    Column("issued_on", Date),
    Column("file_id", ForeignKey("files.id")),
    Column("audience", Json, nullable=False),  # {"audiences": ["leaders", …], "unit_ids": [1, …]}
    Column("author_id", ForeignKey("people.id"), nullable=False),
    Column("written_at", Moment(), nullable=False),
    Column("published_at", Moment()),
    Column("chase_at", Moment()),  # when those who have not acknowledged are reminded next; none: no more
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    identity(),
    Column("directive_id", ForeignKey("directives.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("acknowledged_at", Moment()),  # none: still owed
    Column("via", String(20)),  # button, word
    UniqueConstraint("directive_id", "person_id"),
)


@dataclass(frozen=True, slots=True)
class Directive:
    id: int
    code: str
    state: str
    text: str
    document_number: str | None
    issued_on: date | None
    file_id: int | None
    audience: dict[str, Any]
    author_id: int
    published_at: datetime | None
    chase_at: datetime | None


@dataclass(frozen=True, slots=True)
class Receipts:
    """How many have acknowledged, of how many who must."""

    received: int
    owed: int


def find_directive(tx: Connection, directive_id: int) -> Directive | None:
    return find_one(tx, Directive, directives, directives.c.id == directive_id)


def directive_by_code(tx: Connection, code: str) -> Directive | None:
    return find_one(tx, Directive, directives, directives.c.code == code)


def count_receipts(tx: Connection, directive_id: int) -> Receipts:
    statement = select(func.count(acknowledgements.c.acknowledged_at), func.count()).where(
        acknowledgements.c.directive_id == directive_id
    )
    return Receipts(*tx.execute(statement).one())
