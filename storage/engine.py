"""Engines for SQLite and PostgreSQL, set up so that they behave alike; and what an error of theirs means."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import msgspec
import structlog
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext, make_url
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError

from storage import last_words
from storage.driver.addresses import patience_beside
from storage.driver.refusals import ONLY_LOOKS, raise_if_only_looking, refuse
from storage.driver.same_file import SameFile
from storage.on_disk import keep_name

log = structlog.get_logger()

POOL_SIZE = 12
"""Writers and readers, and a connection for each thing we lead (PostgreSQL)."""

STATEMENTS = 600
"""Kept ready by each SQLite connection (sqlite3 keeps 128): what messages say together is said in four sizes."""
OF_WHO_WRITES, OF_WHO_LOOKS = "cache_size=-2000", "cache_size=-250"
"""Kilobytes of pages that a SQLite connection keeps. Who only looks forgets all of them whenever somebody has written."""
LATEST_FIRST: dict[str, Any] = {"pool_use_lifo": True}
"""As few connections as will do are used, and these are warm: each keeps statements and pages of its own."""
AS_JSON: dict[str, Any] = {
    "json_serializer": lambda value: msgspec.json.encode(value).decode(),
    "json_deserializer": msgspec.json.decode,
}
"""A third of the price of Python's own, in every check-in twice."""

SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_READONLY,
}
LOST_AGAINST_ANOTHER = {"40P01", "40001", "55P03", "23505"}
"""Deadlock, serialization failure, a row that another holds, the same key at the same moment."""
IS_STANDBY = "25006"  # a write was sent to a server that only reads: a failover is under way
TOO_COMPLEX = "54"  # the class of statements that no server takes


class DatabaseAwayError(Exception):
    """The database cannot be reached or does not take writes now. Nothing was changed; try again later."""


def make_engine(url: str) -> Engine:
    """An engine for this address, SQLite's or PostgreSQL's, that knows our ways: last words, days, who only looks."""
    parsed = make_url(url)
    engine = _sqlite_engine(parsed) if parsed.get_backend_name() == "sqlite" else _postgres_engine(parsed)
    event.listen(engine, "handle_error", _stop_who_only_looks)
    return engine


def _postgres_engine(url: URL) -> Engine:
    # what is worth preparing, storage/driver/line.py prepares; psycopg would end its own with DEALLOCATE ALL, and ours too
    once = {"prepare_threshold": None, "client_encoding": "utf8", **patience_beside(dict(url.query))}
    engine = create_engine(
        url, hide_parameters=True, pool_size=POOL_SIZE, max_overflow=4, connect_args=once, **LATEST_FIRST, **AS_JSON
    )
    last_words.attend(engine)  # before the pipeline's: at a commit they are to travel with the rest
    from storage.driver.postgres import attend

    attend(engine)
    return engine


def _sqlite_engine(url: URL) -> Engine:
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    # a statement that was forgotten is read anew, word by word: that takes longer than to run it
    patience = {"check_same_thread": False, "timeout": 15, "cached_statements": STATEMENTS}
    engine = create_engine(url, hide_parameters=True, connect_args=patience, **LATEST_FIRST, **AS_JSON)
    last_words.attend(engine)
    file = SameFile()
    event.listen(engine, "do_connect", file.must_be_there)
    event.listen(engine, "do_connect", _keep_from_others)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "connect", file.remember)
    event.listen(engine, "begin", file.must_stand)
    event.listen(engine, "engine_disposed", file.forget)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def connect_to_listen(engine: Engine) -> Any:
    """A psycopg connection outside the pool, in autocommit: it will wait, not work."""
    arguments, keywords = engine.dialect.create_connect_args(engine.url)
    connection = engine.dialect.connect(*arguments, **keywords, **patience_beside(keywords))
    connection.autocommit = True
    return connection


def is_away(error: SQLAlchemyError) -> bool:
    """Is it the database that cannot be reached or does not take writes now? Else the mistake is in what we asked."""
    if isinstance(error, NoConnectionFreeError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:  # the driver calls wrong SQL "operational" too
        return code & 0xFF in SQLITE_AWAY
    state = getattr(error.orig, "sqlstate", None) or ""
    return state == IS_STANDBY or (isinstance(error, OperationalError) and not state.startswith(TOO_COMPLEX))


def meaning_of(error: Exception) -> Exception:
    """What the caller of a transaction hears: that the database is away, or the error as it is."""
    if not isinstance(error, SQLAlchemyError) or not is_away(error):
        return error
    reason = type(getattr(error, "orig", error)).__name__
    log.warning("database_away", error=reason)
    away = DatabaseAwayError(reason)
    away.__cause__ = error
    return away


def has_lost_its_connection(error: Exception, engine: Engine) -> bool:
    """The server was restarted, or ended the session: those that wait in the pool are as dead as this one."""
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_lost:
        engine.dispose()
    return is_lost


def may_win_next_time(error: DBAPIError) -> bool:
    """PostgreSQL chose the other transaction this time."""
    return getattr(error.orig, "sqlstate", None) in LOST_AGAINST_ANOTHER


@contextmanager
def only_looking(engine: Engine) -> Iterator[Connection]:
    """A transaction in which whoever would change something, now or later, hears WouldWriteError."""
    with engine.connect().execution_options(read_only=True) as tx:
        is_sqlite = engine.dialect.name == "sqlite"
        tx.exec_driver_sql("PRAGMA query_only=ON" if is_sqlite else "SET TRANSACTION READ ONLY")
        tx.info[ONLY_LOOKS] = True
        try:
            yield tx
            tx.exec_driver_sql("SELECT 1")  # what waits to be said is said now
        finally:
            if not tx.invalidated:
                del tx.info[ONLY_LOOKS]
                if is_sqlite:
                    tx.exec_driver_sql("PRAGMA query_only=OFF")


def _stop_who_only_looks(context: ExceptionContext) -> None:
    if context.connection is not None:
        raise_if_only_looking(context.connection)


def _keep_from_others(_dialect: Any, _record: Any, arguments: list[str], _keywords: Any) -> None:
    """A new file is its owner's alone (SQLite gives its companions the same mode); one that is there stays as it is."""
    with contextlib.suppress(OSError):  # what is wrong with the place, SQLite says in its own words
        Path(arguments[0]).touch(0o600, exist_ok=False)
        keep_name(Path(arguments[0]))  # SQLite does so for its companions only


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # the driver must not begin transactions by itself: it would do so only before the first write, and
    # read-modify-write would run unprotected (updates lost without an error)
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000", OF_WHO_LOOKS):
        connection.execute(f"PRAGMA {pragma}")


def keep_many_pages(connection: Connection) -> None:
    """For the one who writes: what he holds stays good as long as nobody else does."""
    if connection.dialect.name == "sqlite":
        cast("Any", connection.connection.driver_connection).execute(f"PRAGMA {OF_WHO_WRITES}")


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get("read_only", False)
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
    try:  # straight on the driver: nothing can wait to be said before it
        cast("Any", connection.connection.driver_connection).execute(begin)
    except sqlite3.Error as error:
        refuse(connection, error, begin)
