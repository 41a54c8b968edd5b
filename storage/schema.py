"""The tables as they are meant to be, and the way an older database gets there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from storage import errands, inbox, outbox, records
from storage.database import DatabaseAwayError
from storage.parcels import redraws
from storage.record import metadata
from storage.records.monthly_figures import rebuild_months

QUEUES = (errands, inbox, outbox, redraws)
FAMILIES = [
    importlib.import_module(f"storage.records.{found.name}") for found in pkgutil.iter_modules(records.__path__)
]
"""With these imported the MetaData is complete."""

HEAD = "0006"
MIGRATIONS = Path(__file__).parent / "migrations"

__all__ = ["FAMILIES", "HEAD", "QUEUES", "bring_up_to_date", "metadata"]


class UnfitDatabaseError(Exception):
    """It is there and cannot be ours; nothing was changed."""


class NewerDatabaseError(UnfitDatabaseError):
    """Its tables are those of a version after this one."""


class NotUnicodeError(UnfitDatabaseError):
    """PostgreSQL keeps it in an encoding without Vietnamese, or counts bytes for letters."""


def bring_up_to_date(engine: Engine) -> None:
    """Migrate to HEAD; DatabaseAwayError when it cannot be reached, UnfitDatabaseError when it never can.

    A database that is there already costs one look (Alembic alone takes 0.3 s to import).
    """
    try:
        revision = _revision(engine)
        if revision == HEAD:
            return
        if revision is not None and not is_known_revision(revision):
            raise NewerDatabaseError(revision)
        _must_be_unicode(engine)
        _migrate(engine, then=rebuild_months)
    except OperationalError as error:
        raise DatabaseAwayError(type(error.orig).__name__) from error


def bring_up_to_revision(engine: Engine, revision: str) -> None:
    """The tables as an older version had them, where its backup is to be brought back."""
    try:
        if _revision(engine) != revision:
            _migrate(engine, to=revision)
    except OperationalError as error:
        raise DatabaseAwayError(type(error.orig).__name__) from error


def _must_be_unicode(engine: Engine) -> None:
    if engine.dialect.name == "postgresql":
        with engine.connect() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise NotUnicodeError(encoding)


def is_known_revision(revision: str) -> bool:
    return revision in {file.name.split("_")[0] for file in (MIGRATIONS / "versions").glob("*.py")}


def _migrate(engine: Engine, *, to: str = HEAD, then: Callable[[Connection], None] | None = None) -> None:
    """`then` belongs to it: a process killed between the two would leave tables that look finished."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, _loose_references(connection), connection.begin():
        if engine.dialect.name == "postgresql":  # several processes may start at once
            connection.execute(text("SELECT pg_advisory_xact_lock(727001)"))
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        if then is not None:
            then(connection)


@contextmanager
def _loose_references(connection: Connection) -> Iterator[None]:
    """SQLite alters a table by building it anew: while the old one is dropped, rows point to nothing for a moment."""
    driver = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
    if driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")  # nothing happens inside a transaction: it must come before
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return None if row is None else str(row[0])
