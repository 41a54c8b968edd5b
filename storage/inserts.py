"""INSERTs that let the database be the referee: the same words for SQLite and PostgreSQL, each built once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, bindparam

from storage.driver.plans import Row
from storage.prepared import Prepared
from storage.record import defaults_of

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql, sqlite


def insert_or_ignore(tx: Connection, table: Table, values: dict[str, Any]) -> bool:
    """Insert the row; false if a row with one of its unique keys stands already."""
    return _insert_or_ignore(table, tx.dialect.name, tuple(values)).first(tx, values) is not None


def insert_all_or_ignore(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows at once, without those whose unique keys stand already."""
    if rows:
        tx.execute(insert_for(table, tx.dialect.name).on_conflict_do_nothing(), rows)


def insert_new(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> list[Row]:
    """Insert those whose unique keys stand nowhere yet, in one statement; returns the primary keys of these."""
    names, how_many = tuple(rows[0]), 1 << (len(rows) - 1).bit_length()
    # the last is said again up to a power of two, and ignored: few statements are prepared that way
    values = _values_of(names, (*rows, *(rows[-1],) * (how_many - len(rows))))
    return _insert_new(table, tx.dialect.name, names, how_many).all(tx, values)


def insert_together(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert those whose unique keys stand nowhere yet, many in a statement; nobody waits for it."""
    _insert_in_parts(tx, table, rows, ignores=True)


def insert_later(tx: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert all of them, many in a statement; nobody waits for it, and what is refused is raised later."""
    _insert_in_parts(tx, table, rows, ignores=False)


def _insert_in_parts(tx: Connection, table: Table, rows: Sequence[dict[str, Any]], *, ignores: bool) -> None:
    """Eight in a statement, the rest by fours, twos and ones."""
    done = 0
    while done < len(rows):
        names, how_many = tuple(rows[done]), min(8, 1 << (len(rows) - done).bit_length() - 1)
        values = _values_of(names, rows[done : done + how_many])
        _insert_together(table, tx.dialect.name, names, how_many, ignores=ignores).later(tx, values)
        done += how_many


def insert_or_update(tx: Connection, table: Table, values: dict[str, Any], *, key: Sequence[str]) -> None:
    """Insert the row, or bring the row with this key to these values."""
    _insert_or_update(table, tx.dialect.name, tuple(values), tuple(key)).change(tx, values)


def insert_for(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT, in the words of that database; the other's are not learnt."""
    if dialect == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


@cache
def _insert_or_ignore(table: Table, dialect: str, names: tuple[str, ...]) -> Prepared:
    key = next(iter(table.primary_key))  # told back by the row that went in; psycopg's row count is not to be had here
    return Prepared(insert_for(table, dialect).values(values_of(table, names)).on_conflict_do_nothing().returning(key))


def values_of(table: Table, names: tuple[str, ...]) -> dict[str, Any]:
    """These columns as parameters, the rest as the table says."""
    return defaults_of(table) | {name: bindparam(name, type_=table.c[name].type) for name in names}


@cache
def _insert_new(table: Table, dialect: str, names: tuple[str, ...], how_many: int) -> Prepared:
    statement = insert_for(table, dialect).values(_rows_of(table, names, how_many))
    return Prepared(statement.on_conflict_do_nothing().returning(*table.primary_key))


@cache
def _insert_together(table: Table, dialect: str, names: tuple[str, ...], how_many: int, *, ignores: bool) -> Prepared:
    statement = insert_for(table, dialect).values(_rows_of(table, names, how_many))
    return Prepared(statement.on_conflict_do_nothing() if ignores else statement)


def _values_of(names: tuple[str, ...], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return dict(zip(_places(names, len(rows)), (row[name] for row in rows for name in names), strict=True))


@cache
def _places(names: tuple[str, ...], how_many: int) -> list[str]:
    return [_place(name, number) for number in range(how_many) for name in names]


def _place(name: str, number: int) -> str:
    return f"{name}_m{number}"


def _rows_of(table: Table, names: tuple[str, ...], how_many: int) -> list[dict[str, Any]]:
    """So many rows of parameters: `about_m0`, `about_m1`, …"""
    return [
        defaults_of(table) | {name: bindparam(_place(name, number), type_=table.c[name].type) for name in names}
        for number in range(how_many)
    ]


@cache
def _insert_or_update(table: Table, dialect: str, names: tuple[str, ...], key: tuple[str, ...]) -> Prepared:
    statement = insert_for(table, dialect).values(values_of(table, names))
    rest = {name: statement.excluded[name] for name in names if name not in key}
    return Prepared(statement.on_conflict_do_update(index_elements=list(key), set_=rest))
