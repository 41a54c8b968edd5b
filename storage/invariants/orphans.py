"""No row points to another that is not there, whatever the database itself enforces."""

from __future__ import annotations

from sqlalchemy import Column, Connection, exists, func, select

from storage.record import metadata


def find_orphans(tx: Connection) -> list[str]:
    return [
        f"{column.table.name}.{column.name} trỏ tới dòng không tồn tại: {count} dòng."
        for table in metadata.sorted_tables
        for column in table.columns
        for count in _count_orphans(tx, column)
        if count
    ]


def _count_orphans(tx: Connection, column: Column[int]) -> list[int]:
    """One number for each table the column points to."""
    numbers = []
    for key in column.foreign_keys:
        target = key.column.table.alias("target")
        there = exists().where(target.c[key.column.name] == column)
        statement = select(func.count()).select_from(column.table).where(column.is_not(None), ~there)
        numbers.append(int(tx.execute(statement).scalar_one()))
    return numbers
