"""No row points to another that is not there, whatever the database itself enforces."""

from __future__ import annotations

from functools import cache

from sqlalchemy import CompoundSelect, Connection, ForeignKey, Select, exists, func, literal, select, union_all

from storage.record import metadata


def find_orphans(tx: Connection) -> list[str]:
    return [f"{column} trỏ tới dòng không tồn tại: {count} dòng." for column, count in tx.execute(_counts()) if count]


@cache
def _counts() -> CompoundSelect[str, int]:
    """All of them in one statement: there are more than a hundred columns that point somewhere."""
    columns = (column for table in metadata.sorted_tables for column in table.columns)
    keys = (key for column in columns for key in sorted(column.foreign_keys, key=lambda key: key.target_fullname))
    return union_all(*map(_count, keys))


def _count(key: ForeignKey) -> Select[str, int]:
    column, target = key.parent, key.column.table.alias("target")
    there = exists().where(target.c[key.column.name] == column)
    name = literal(f"{column.table.name}.{column.name}")
    return select(name, func.count()).select_from(column.table).where(column.is_not(None), ~there)
