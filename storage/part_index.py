"""Indexes of a part of a table: which part, each database is told in its own words, and only when tables are made.

Saying it at once (`sqlite_where=`, `postgresql_where=`) imports what SQLAlchemy knows of both databases, whichever is used.
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Index, MetaData

DATABASES = ("sqlite", "postgresql")
PART = "part"


def part_index(name: str, *columns: Column[object], where: ColumnElement[bool]) -> Index:
    """An index of the rows that meet the condition."""
    return Index(name, *columns, info={PART: where})


def tell_parts(metadata: MetaData) -> None:
    """Whoever makes tables, or writes a revision, says this first: else each of these would be an index of all rows."""
    for index in (index for table in metadata.tables.values() for index in table.indexes if PART in index.info):
        for database in DATABASES:
            index.dialect_options[database]["where"] = index.info[PART]
