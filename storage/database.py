"""Transactions: a plain function `work(tx, now)` runs whole in a database thread, and commits or leaves no trace.

A writer thread takes several functions that wait under one durable commit: the price of the disk is shared. On SQLite
there is one writer, on PostgreSQL there are a few.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any, TypeVar

import structlog
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from storage.bells import Bells
from storage.engine import connect_to_listen, is_away, make_engine, may_win_next_time, only_looking
from storage.jobs import Job, Work, begin_together, succeed
from storage.last_words import say_last_words
from storage.refusals import WouldWriteError
from storage.writing import Writing

log = structlog.get_logger()

__all__ = ["Database", "DatabaseAwayError", "Work"]

T = TypeVar("T")

BATCH = 64  # functions under one SQLite commit
POSTGRES_WRITERS = 3
POSTGRES_BATCH = 8  # fewer: they keep their rows from others until the last of them is done
READERS = 3
TRIES = 3  # of a transaction that lost against another one


class DatabaseAwayError(Exception):
    """The database cannot be reached or does not take writes now. Nothing was changed; try again later."""


class _LostAtCommitError(Exception):
    """The connection broke while the commit was under way: it may stand or not, so it must not run again here."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


class Database:
    """The one way to the tables. Make it with a SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`)."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = make_engine(url)
        self.bells = Bells(None if self.is_sqlite else lambda: connect_to_listen(self.engine))
        self.writing = Writing()
        self._most_together = BATCH if self.is_sqlite else POSTGRES_BATCH
        self._jobs: queue.SimpleQueue[Job[Any] | None] = queue.SimpleQueue()
        self._writers = [
            threading.Thread(target=self._write, name=f"writer-{n}", daemon=True)
            for n in range(1 if self.is_sqlite else POSTGRES_WRITERS)
        ]
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        for thread in self._writers:
            thread.start()

    async def run(self, work: Work[T], now: datetime) -> T:
        """Run `work` in a transaction of its own and return what it returns, after the commit.

        Raises what `work` raised (then nothing of it stands) or DatabaseAwayError (then nothing happened).
        """
        job = Job(work, now, asyncio.get_running_loop())
        self._jobs.put(job)
        return await job.future

    async def read(self, work: Work[T], now: datetime) -> T:
        """The same for functions that only look: they run beside the writer."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work, now)

    async def wants_to_write(self, work: Work[object], now: datetime) -> bool:
        """Would it change anything? It runs where nothing can be changed; what is true then runs anew, as ever.

        Also true where it fails: it will fail again where failing is looked after.
        """
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._would_write, work, now)

    def listen_to_others(self) -> None:
        """Hear the bells that other processes ring (PostgreSQL)."""
        self.bells.listen()

    def close(self) -> None:
        """Finish what waits, then let go of every connection."""
        for _ in self._writers:
            self._jobs.put(None)
        for thread in self._writers:
            thread.join()
        self._readers.shutdown(wait=True)
        self.bells.close()
        self.engine.dispose()

    def _look(self, work: Work[T], now: datetime) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with self.engine.connect().execution_options(read_only=True) as tx:
                    return work(tx, now)
            except SQLAlchemyError as error:
                if attempt == TRIES or not self._has_lost_its_connection(error):
                    raise _meaning(error) from error
        raise AssertionError("the last try returns or raises")

    def _would_write(self, work: Work[object], now: datetime) -> bool:
        try:
            with only_looking(self.engine) as tx:
                work(tx, now)
        except (WouldWriteError, Exception):  # noqa: BLE001 - whoever runs it in earnest hears of it
            return True
        return False

    def _write(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                if len(batch) == 1:
                    self._run_alone(batch[0])
                else:
                    self._run_together(batch)
            except BaseException as error:  # noqa: BLE001 - without this thread every caller to come would wait for ever
                for job in batch:
                    job.fail(error)

    def _next_batch(self) -> list[Job[Any]] | None:
        """What waits now, up to a batch. None: the house is closing."""
        first = self._jobs.get()
        if first is None:
            return None
        batch = [first]
        while len(batch) < self._most_together:
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            batch.append(job)
        return batch

    def _run_alone(self, job: Job[Any]) -> bool:
        """False: the database is away."""
        for attempt in range(1, TRIES + 1):
            error = self._transact([job])
            if error is None:
                return True
            if isinstance(error, _LostAtCommitError):
                error = error.cause
            elif attempt < TRIES and self._is_worth_another_try(error):
                continue
            meaning = _meaning(error)
            job.fail(meaning)
            is_away = isinstance(meaning, DatabaseAwayError)
            if is_away:
                self.writing.was_refused()
            return not is_away
        return True

    def _run_together(self, batch: list[Job[Any]]) -> None:
        """One commit for all. Where one of them fails nothing stands, and each runs again by itself: that is rare,
        and cheaper than a savepoint for everybody."""
        error = self._transact(batch)
        if error is None:
            return
        if isinstance(error, _LostAtCommitError):
            for job in batch:
                job.fail(_meaning(error.cause))
            return
        self._has_lost_its_connection(error)
        for number, job in enumerate(batch):
            if not self._run_alone(job):  # nobody else need find out by himself that the database is away
                for other in batch[number + 1 :]:
                    other.fail(DatabaseAwayError("with the one before"))
                return

    def _transact(self, jobs: list[Job[Any]]) -> Exception | None:
        """Run these under one commit, and tell their callers; returns what went wrong, and then nothing stands."""
        with self.writing.one():
            error, rung = self._commit(jobs)
        if error is not None:
            return error
        self.writing.succeeded()
        succeed(jobs)
        self.bells.ring(rung)
        return None

    def _commit(self, jobs: list[Job[Any]]) -> tuple[Exception | None, set[str]]:
        """What went wrong, and which bells are to be rung."""
        is_run = False
        try:
            with self.engine.begin() as tx:
                tx.info.pop("bells", None)
                begin_together(tx, jobs)
                for job in jobs:
                    job.result = job.work(tx, job.now)
                say_last_words(tx)
                rung: set[str] = tx.info.pop("bells", set())
                is_run = True
        except Exception as error:  # noqa: BLE001 - whose it is, the caller finds out
            return (_LostAtCommitError(error) if is_run and self._may_stand(error) else error), set()
        return None, rung

    def _may_stand(self, error: Exception) -> bool:
        """At the commit: only a line that broke leaves it open. What PostgreSQL refuses is undone for certain."""
        return isinstance(error, DBAPIError) and (self.is_sqlite or error.connection_invalidated)

    def _is_worth_another_try(self, error: Exception) -> bool:
        return isinstance(error, DBAPIError) and (may_win_next_time(error) or self._has_lost_its_connection(error))

    def _has_lost_its_connection(self, error: Exception) -> bool:
        """The server was restarted, or ended the session: those that wait in the pool are as dead as this one."""
        is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if is_lost:
            self.engine.dispose()
        return is_lost


def _meaning(error: Exception) -> Exception:
    if not isinstance(error, SQLAlchemyError) or not is_away(error):
        return error
    reason = type(getattr(error, "orig", error)).__name__
    log.warning("database_away", error=reason)
    away = DatabaseAwayError(reason)
    away.__cause__ = error
    return away
