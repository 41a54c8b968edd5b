"""Bringing a backup back: into an empty database of either kind, wholly or not at all, and then up to this version."""

from __future__ import annotations

import base64
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    LargeBinary,
    MetaData,
    Table,
    func,
    insert,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from storage.backups.backup import AT_ONCE, BackupError, BackupTable, Manifest, examine, rows_in, tables_of
from storage.database import DatabaseAwayError
from storage.engine import is_away
from storage.schema import bring_up_to_date, bring_up_to_revision, is_known_revision

Convert = Callable[[Any], Any]


class NotEmptyError(Exception):
    """There is something in this database; the text names a table."""


class TooNewError(Exception):
    """The backup was made by a later version, whose tables we do not know."""


def restore(engine: Engine, file: Path) -> Manifest:
    """Raises BackupError (broken), TooNewError, NotEmptyError, DatabaseAwayError; then nothing was changed."""
    manifest = examine(file)
    if not is_known_revision(manifest.revision):
        raise TooNewError(manifest.revision)
    try:
        with engine.begin() as tx:
            refuse_unless_empty(tx)
            _remove_empty_tables(tx)
        bring_up_to_revision(engine, manifest.revision)
        with zipfile.ZipFile(file) as box, engine.begin() as tx:
            refuse_unless_empty(tx)
            _fill(tx, box, manifest)
    except SQLAlchemyError as error:
        raise _meaning(error) from error
    bring_up_to_date(engine)
    return manifest


def _meaning(error: SQLAlchemyError) -> Exception:
    if is_away(error):
        return DatabaseAwayError(type(error).__name__)
    return BackupError(type(error).__name__) if isinstance(error, DataError | IntegrityError) else error


def _remove_empty_tables(tx: Connection) -> None:
    """Whatever version made them: the backup brings its own."""
    found = MetaData()
    found.reflect(tx)
    found.drop_all(tx)


def refuse_unless_empty(tx: Connection) -> None:
    for table in tables_of(tx):
        if tx.execute(select(table).limit(1)).first() is not None:
            raise NotEmptyError(table.name)


def _fill(tx: Connection, box: zipfile.ZipFile, manifest: Manifest) -> None:
    there = {table.name: table for table in tables_of(tx)}
    if there.keys() != {table.name for table in manifest.tables}:
        raise BackupError("other tables")
    _look_at_references_at_the_end(tx)
    for kept in manifest.tables:
        _fill_table(tx, there[kept.name], rows_in(box, kept), kept)
    _look_at_references_now(tx)
    if tx.dialect.name == "postgresql":
        for table in there.values():
            _count_on(tx, table)


def _fill_table(tx: Connection, table: Table, rows: Iterator[list[Any]], kept: BackupTable) -> None:
    if set(kept.columns) != set(table.columns.keys()):
        raise BackupError(table.name)
    converters = [(name, _converter(table.columns[name])) for name in kept.columns]
    while batch := list(islice(rows, AT_ONCE)):
        tx.execute(insert(table), [_values(converters, row) for row in batch])


def _values(converters: list[tuple[str, Convert | None]], row: list[Any]) -> dict[str, Any]:
    return {
        name: value if convert is None or value is None else convert(value)
        for (name, convert), value in zip(converters, row, strict=True)
    }


def _converter(column: Column[Any]) -> Convert | None:
    """From what JSON knows to what the column takes."""
    if isinstance(column.type, DateTime):
        return lambda value: datetime.fromisoformat(value).astimezone(UTC)
    if isinstance(column.type, Date):
        return date.fromisoformat
    if isinstance(column.type, LargeBinary):
        return base64.b64decode
    return None


def _look_at_references_at_the_end(tx: Connection) -> None:
    """Rows that name each other come in any order: what they name must be there when all are in."""
    if tx.dialect.name == "sqlite":
        tx.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        _alter_references(tx, "DEFERRABLE INITIALLY DEFERRED")


def _look_at_references_now(tx: Connection) -> None:
    if tx.dialect.name == "sqlite":
        if tx.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise BackupError("references")
    else:
        tx.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        _alter_references(tx, "NOT DEFERRABLE")


def _alter_references(tx: Connection, how: str) -> None:
    inspector = inspect(tx)
    for table in inspector.get_table_names():
        for key in inspector.get_foreign_keys(table):
            tx.execute(text(f'ALTER TABLE "{table}" ALTER CONSTRAINT "{key["name"]}" {how}'))


def _count_on(tx: Connection, table: Table) -> None:
    """PostgreSQL counts ids beside the table: on from the last one that came in."""
    if "id" not in table.columns:
        return
    sequence = tx.execute(select(func.pg_get_serial_sequence(table.name, "id"))).scalar_one()
    last = tx.execute(select(func.max(table.c.id))).scalar_one()
    if sequence is not None and last is not None:
        tx.execute(select(func.setval(sequence, last)))
