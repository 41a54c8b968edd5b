"""One leader for each thing that must be done by one: PostgreSQL's advisory locks, or the SQLite file held for oneself."""

from __future__ import annotations

import asyncio
import fcntl
import zlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO, TypeVar

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.database import Database

log = structlog.get_logger()

T = TypeVar("T")

LOOK_EVERY = 1.0  # seconds between two looks whether we lead (still)
NOTICES_A_DEAD_MACHINE = "SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 2; SET tcp_user_timeout = 4000"
"""A process that dies closes its connection; a machine without power does not, and the server would wait two hours."""
STANDS_STILL = "35s"
"""A process that is frozen (a debugger, a container that is paused) keeps its connection open and asks nothing: after so
long the server ends it. A little longer than leaving may take, in which we do not ask either."""
NOTICES_A_FROZEN_PROCESS = (
    "SELECT set_config(name, :patience, false) FROM pg_settings WHERE name = 'idle_session_timeout'"
)
"""From PostgreSQL 14 on; before, there is no such setting."""


class DatabaseTakenError(Exception):
    """Another process works on this SQLite file."""


def hold_file(database: Database) -> IO[str] | None:
    """Keep a SQLite database for this process alone, by whatever link it is named; on PostgreSQL there is nothing to hold."""
    if not database.is_sqlite or not database.url.database:
        return None
    lock = Path(f"{Path(database.url.database).resolve()}.lock").open("w")  # noqa: SIM115 - held open as long as the process lives
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise DatabaseTakenError(str(database.url.database)) from None
    return lock


async def lead(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    """Run `work` whenever we are the leader of `name`, until cancelled. On SQLite we always are."""
    if database.is_sqlite:
        await work()
        return
    while True:
        try:
            await _lead_once(database, name, work)
        except DBAPIError as error:
            log.warning("leadership_lost", of=name, error=type(error.orig).__name__)
        await asyncio.sleep(LOOK_EVERY)


async def _lead_once(database: Database, name: str, work: Callable[[], Awaitable[None]]) -> None:
    opened: list[Connection] = []
    try:
        await _to_its_end(lambda: opened.append(_connect(database)))
        [connection] = opened
        if not await _to_its_end(lambda: _try(connection, name)):
            return
        log.info("leading", of=name)
        task = asyncio.ensure_future(work())
        try:
            while not task.done():
                await asyncio.wait([task], timeout=LOOK_EVERY)
                await _to_its_end(lambda: _is_alive(connection))
            await task
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    finally:
        for connection in opened:
            await asyncio.to_thread(_let_go, connection)


async def _to_its_end(call: Callable[[], T]) -> T:
    """In a thread, to its end: a cancellation waits for it, so that no connection is left behind or used by two."""
    running = asyncio.ensure_future(asyncio.to_thread(call))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait([running])
        raise


def _connect(database: Database) -> Connection:
    """A connection of its own, for the lock lives as long as the session behind it."""
    return database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")


def lock_key(name: str) -> int:
    """Under this number (beside 727) PostgreSQL keeps who leads."""
    return zlib.crc32(name.encode()) - 2**31


def _try(connection: Connection, name: str) -> bool:
    connection.execute(text(NOTICES_A_DEAD_MACHINE))
    connection.execute(text(NOTICES_A_FROZEN_PROCESS), {"patience": STANDS_STILL})
    return bool(
        connection.execute(text("SELECT pg_try_advisory_lock(727, :key)"), {"key": lock_key(name)}).scalar_one()
    )


def _is_alive(connection: Connection) -> None:
    connection.execute(text("SELECT 1"))


def _let_go(connection: Connection) -> None:
    connection.invalidate()  # closes the session, and with it the lock
    connection.close()
