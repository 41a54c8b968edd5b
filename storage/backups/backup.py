"""A backup file: every row of every table as it stood at one moment, in a form that SQLite and PostgreSQL both take back.

A zip with `manifest.json` (revision, moment, columns and number of rows of each table) and `rows/<table>.jsonl`, one JSON
array a line. The tables are read as they stand, not as this version knows them: a backup never changes the database.
"""

from __future__ import annotations

import contextlib
import os
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Engine, MetaData, Row, Select, Table, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from storage.database import DatabaseAwayError
from storage.engine import is_away
from storage.on_disk import keep_name

FORMAT = 1
MANIFEST = "manifest.json"
REVISIONS = "alembic_version"
AT_ONCE = 2_000  # rows held in memory

BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError, ValueError, msgspec.MsgspecError)
"""What reading a file that is not whole, or none of ours, may raise."""


class BackupTable(msgspec.Struct, frozen=True):
    """One table in the file: its columns in the order of each line, and how many lines there are."""

    name: str
    columns: list[str]
    rows: int


class Manifest(msgspec.Struct, frozen=True):
    format: int
    revision: str
    made_at: datetime
    tables: list[BackupTable]


class BackupError(Exception):
    """The file is no backup of ours, or not whole."""


def member_of(table: str) -> str:
    """Where the table's rows stand in the zip."""
    return f"rows/{table}.jsonl"


def back_up(engine: Engine, file: Path, now: datetime) -> Manifest:
    """Write a new file that appears under its name only when it is whole; the bot may go on working.

    Raises FileExistsError, other OSErrors of the disk, and DatabaseAwayError; then there is no file.
    """
    if file.exists():
        raise FileExistsError(file)
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        with (
            _for_ourselves_alone(unfinished) as out,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as box,
        ):
            manifest = _copy_rows(engine, box, now)
        examine(unfinished)
        unfinished.rename(file)
        keep_name(file)
    except SQLAlchemyError as error:
        if is_away(error):
            raise DatabaseAwayError(type(error).__name__) from error
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    return manifest


def examine(file: Path) -> Manifest:
    """What a backup says of itself, after every byte of it was checked. Raises BackupError."""
    try:
        with zipfile.ZipFile(file) as box:
            manifest = msgspec.json.decode(box.read(MANIFEST), type=Manifest)
            if manifest.format != FORMAT or box.testzip() is not None:
                raise BackupError(file.name)
            for table in manifest.tables:
                if table.rows != sum(1 for _ in _lines(box, table.name)):
                    raise BackupError(table.name)
    except BROKEN as error:
        raise BackupError(file.name) from error
    return manifest


def rows_in(box: zipfile.ZipFile, table: BackupTable) -> Iterator[list[Any]]:
    """The values as JSON knows them, in the order of the table's columns."""
    for line in _lines(box, table.name):
        yield msgspec.json.decode(line)


def _lines(box: zipfile.ZipFile, table: str) -> Iterator[bytes]:
    with box.open(member_of(table)) as member:
        yield from member


@contextlib.contextmanager
def _for_ourselves_alone(file: Path) -> Iterator[Any]:
    """It holds health data: nobody else may read it. On the disk when it is left."""
    with os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def _copy_rows(engine: Engine, box: zipfile.ZipFile, now: datetime) -> Manifest:
    with snapshot(engine) as tx:
        tables = tables_of(tx)
        revision = tx.execute(text(f"SELECT version_num FROM {REVISIONS}")).scalar_one()
        done = [_copy_table(tx, box, table) for table in tables]
    manifest = Manifest(FORMAT, str(revision), now, done)
    box.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    return manifest


@contextlib.contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One moment of the whole database, whatever is written meanwhile; nobody waits for it."""
    if engine.dialect.name == "sqlite":  # in WAL mode a reader sees what stood when it began
        options: dict[str, Any] = {"read_only": True}
    else:
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options, yield_per=AT_ONCE) as tx:
        yield tx


def tables_of(tx: Connection) -> list[Table]:
    """The tables as they stand in the database, columns only; without the table of revisions."""
    inspector = inspect(tx)
    found = []
    for name in sorted(set(inspector.get_table_names()) - {REVISIONS}):
        key = set(inspector.get_pk_constraint(name)["constrained_columns"])
        columns = [Column(c["name"], c["type"], primary_key=c["name"] in key) for c in inspector.get_columns(name)]
        found.append(Table(name, MetaData(), *columns))
    return found


def _copy_table(tx: Connection, box: zipfile.ZipFile, table: Table) -> BackupTable:
    statement: Select[Any] = select(table).order_by(*table.primary_key)
    count, encode = 0, msgspec.json.Encoder().encode
    with box.open(member_of(table.name), "w", force_zip64=True) as member:
        for rows in tx.execute(statement).partitions(AT_ONCE):
            member.write(b"".join(encode(_portable(row)) + b"\n" for row in rows))
            count += len(rows)
    return BackupTable(str(table.name), [str(column.name) for column in table.columns], count)


def _portable(row: Row[Any]) -> list[Any]:
    """SQLite's moments carry no zone and PostgreSQL's that of the server: in the file all are UTC."""
    return [_in_utc(value) if isinstance(value, datetime) else value for value in row]


def _in_utc(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
