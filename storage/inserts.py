"""INSERTs that let the database be the referee: the same words for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(tx: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert the row; false if a row with one of its unique keys stands already."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    key = next(iter(table.primary_key))  # told back by the row that went in; psycopg's row count is not to be had here
    return tx.execute(insert(table).values(**values).on_conflict_do_nothing().returning(key)).first() is not None


def insert_all_or_ignore(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows at once, without those whose unique keys stand already."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    if rows:
        tx.execute(insert(table).on_conflict_do_nothing(), rows)


def insert_or_update(tx: Connection, table: Table, values: dict[str, Any], *, key: Sequence[str]) -> None:
    """Insert the row, or bring the row with this key to these values."""
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    rest = {name: value for name, value in values.items() if name not in key}
    tx.execute(insert(table).values(**values).on_conflict_do_update(index_elements=list(key), set_=rest))
