"""A writer: a thread with a connection of its own, which runs what waits, several functions under one durable commit."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from storage.bells import Bells
from storage.engine import (
    DatabaseAwayError,
    has_lost_its_connection,
    keep_many_pages,
    may_win_next_time,
    meaning_of,
)
from storage.holding import IS_HASTY, WANTED, Wanted, hold_in_turn
from storage.jobs import Job, begin_together, in_turn, succeed
from storage.last_words import say_last_words
from storage.writing import Writing

TRIES = 3  # of a transaction that lost against another one

Jobs = queue.SimpleQueue[Job[Any] | None]
"""What waits for a writer; None ends one of them."""


class _LostAtCommitError(Exception):
    """The connection broke while the commit was under way: it may stand or not, so it must not run again here."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause


class Writer:
    """One of those that take from `jobs`, up to `most_together` at a time."""

    def __init__(self, engine: Engine, jobs: Jobs, *, most_together: int, bells: Bells, writing: Writing) -> None:
        self._engine = engine
        self._jobs = jobs
        self._most_together = most_together
        self._bells = bells
        self._writing = writing
        self._wanted: Wanted = {}  # by the transaction that runs, or ran last
        self._own: Connection | None = None
        self._pool = engine.pool  # that it came from
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                if len(batch) == 1:
                    self._run_alone(batch[0])
                else:
                    self._run_together(batch)
            except BaseException as error:  # noqa: BLE001 - without this thread every caller to come would wait for ever
                for job in batch:
                    job.fail(error)
        self._let_go()

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
        self._wanted = {}
        for attempt in range(1, TRIES + 1):
            error = self._transact([job], is_hasty=attempt < TRIES)
            if error is None:
                return True
            if isinstance(error, _LostAtCommitError):
                error = error.cause
            elif attempt < TRIES and self._is_worth_another_try(error):
                continue
            meaning = meaning_of(error)
            job.fail(meaning)
            is_away = isinstance(meaning, DatabaseAwayError)
            if is_away:
                self._writing.was_refused()
            return not is_away
        return True

    def _run_together(self, batch: list[Job[Any]]) -> None:
        """One commit for all. Where one of them fails nothing stands, and each runs again by itself: that is rare,
        and cheaper than a savepoint for everybody."""
        self._wanted = {}
        error = self._transact(batch, is_hasty=True)
        if error is None:
            return
        if isinstance(error, _LostAtCommitError):
            meaning = meaning_of(error.cause)
            if isinstance(meaning, DatabaseAwayError):
                self._writing.was_refused()
            for job in batch:
                job.fail(meaning)
            return
        has_lost_its_connection(error, self._engine)
        for number, job in enumerate(batch):
            if not self._run_alone(job):  # nobody else need find out by himself that the database is away
                for other in batch[number + 1 :]:
                    other.fail(DatabaseAwayError("with the one before"))
                return

    def _transact(self, jobs: list[Job[Any]], *, is_hasty: bool) -> Exception | None:
        """Run these under one commit, and tell their callers; returns what went wrong, and then nothing stands."""
        with self._writing.one():
            error, rung = self._commit(jobs, is_hasty=is_hasty)
        if error is not None:
            return error
        self._writing.succeeded()
        succeed(jobs)
        self._bells.ring(rung)
        return None

    def _commit(self, jobs: list[Job[Any]], *, is_hasty: bool) -> tuple[Exception | None, set[str]]:
        """What went wrong, and which bells are to be rung."""
        is_run = False
        before, self._wanted = self._wanted, {}
        try:
            with self._transaction() as tx:
                tx.info.pop("bells", None)
                tx.info.update({IS_HASTY: is_hasty, WANTED: self._wanted})
                hold_in_turn(tx, before)
                begin_together(tx, jobs)
                for job in in_turn(jobs):
                    job.result = job.work(tx, job.now)
                say_last_words(tx)
                rung: set[str] = tx.info.pop("bells", set())
                is_run = True
        except Exception as error:  # noqa: BLE001 - whose it is, the caller finds out
            return (_LostAtCommitError(error) if is_run and self._may_stand(error) else error), set()
        return None, rung

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """On our own connection: what it has prepared and read stays good. (SQLite forgets every page that it holds when
        another connection has written.) After a failure the next one takes whichever the pool has."""
        if self._own is None:
            self._pool = self._engine.pool
            self._own = self._engine.connect()
            keep_many_pages(self._own)
        try:
            with self._own.begin():
                yield self._own
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        own, self._own = self._own, None
        if own is not None:
            if self._pool is not self._engine.pool and not own.invalidated:
                own.detach()  # given up with its pool: nobody else would close it
            own.close()

    def _may_stand(self, error: Exception) -> bool:
        """At the commit: only a line that broke leaves it open. What PostgreSQL refuses is undone for certain."""
        is_sqlite = self._engine.dialect.name == "sqlite"
        return isinstance(error, DBAPIError) and (is_sqlite or error.connection_invalidated)

    def _is_worth_another_try(self, error: Exception) -> bool:
        return isinstance(error, DBAPIError) and (
            may_win_next_time(error) or has_lost_its_connection(error, self._engine)
        )
