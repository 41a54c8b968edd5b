"""Transactions: a plain function `work(tx, now)` runs whole in a database thread, and commits or leaves no trace.

A writer thread takes several functions that wait under one durable commit: the price of the disk is shared. On SQLite
there is one writer, on PostgreSQL there are a few.
"""

from __future__ import annotations

import asyncio
import queue
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from storage.bells import Bells
from storage.driver.refusals import WouldWriteError
from storage.engine import (
    DatabaseAwayError,
    connect_to_listen,
    has_lost_its_connection,
    make_engine,
    meaning_of,
    only_looking,
)
from storage.jobs import Job, Work
from storage.writer import TRIES, Jobs, Writer
from storage.writing import Writing

__all__ = ["Database", "DatabaseAwayError", "Work"]

T = TypeVar("T")

BATCH = 64  # functions under one SQLite commit
POSTGRES_WRITERS = 2  # while one waits for the server the other works; more of them only wait for each other
POSTGRES_BATCH = 16  # fewer: they keep their rows from others until the last of them is done
READERS = 3


class Database:
    """The one way to the tables. Make it with a SQLAlchemy URL (`sqlite:///…` or `postgresql+psycopg://…`)."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = make_engine(url)
        self.bells = Bells(None if self.is_sqlite else lambda: connect_to_listen(self.engine))
        self.writing = Writing()
        self._jobs: Jobs = queue.SimpleQueue()
        most_together = BATCH if self.is_sqlite else POSTGRES_BATCH
        self._writers = [
            Writer(self.engine, self._jobs, most_together=most_together, bells=self.bells, writing=self.writing)
            for _ in range(1 if self.is_sqlite else POSTGRES_WRITERS)
        ]
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")

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
        for writer in self._writers:
            writer.join()
        self._readers.shutdown(wait=True)
        self.bells.close()
        self.engine.dispose()

    def _look(self, work: Work[T], now: datetime) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with self.engine.connect().execution_options(read_only=True) as tx:
                    return work(tx, now)
            except SQLAlchemyError as error:
                if attempt == TRIES or not has_lost_its_connection(error, self.engine):
                    raise meaning_of(error) from error
        raise AssertionError("the last try returns or raises")

    def _would_write(self, work: Work[object], now: datetime) -> bool:
        try:
            with only_looking(self.engine) as tx:
                work(tx, now)
        except (WouldWriteError, Exception):  # noqa: BLE001 - whoever runs it in earnest hears of it
            return True
        return False
