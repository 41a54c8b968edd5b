"""Functions that wait for a writer, and how their callers hear of it."""

from __future__ import annotations

import asyncio
import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection

T = TypeVar("T")
Work = Callable[[Connection, datetime], T]


class BeginsTogether(ABC):
    """Work of which several may stand under one commit, and which does its first statements for all of them at once."""

    @property
    @abstractmethod
    def turn(self) -> tuple[str, ...]:
        """Where it stands among those of one commit: two processes that hear the same chats come to them in the same order."""

    @classmethod
    @abstractmethod
    def begin_all(cls, tx: Connection, works: Sequence[tuple[Any, datetime]]) -> None:
        """In the transaction, before the first of these works (each with its moment) runs."""


class Job(Generic[T]):
    """One waiting function and the place where its result goes."""

    __slots__ = ("future", "loop", "now", "result", "work")

    def __init__(self, work: Work[T], now: datetime, loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.now = now
        self.loop = loop
        self.future: asyncio.Future[T] = loop.create_future()
        self.result: T | None = None

    def fail(self, error: BaseException) -> None:
        if isinstance(error, StopIteration):  # a future refuses it, and the caller would wait for ever
            stopped = RuntimeError("the work raised StopIteration")
            stopped.__cause__ = error
            error = stopped
        _tell(self.loop, lambda: self.settle(error))

    def settle(self, error: BaseException | None = None) -> None:
        """On the caller's own loop."""
        if self.future.done():  # the caller was cancelled; the work stands all the same
            return
        if error is not None:
            self.future.set_exception(error)
        else:
            self.future.set_result(cast("T", self.result))


def in_turn(jobs: list[Job[Any]]) -> list[Job[Any]]:
    """The order in which they run under one commit; what has no turn comes first, as it came."""
    return sorted(jobs, key=_turn)


def _turn(job: Job[Any]) -> tuple[str, ...]:
    work: object = job.work
    return work.turn if isinstance(work, BeginsTogether) else ()


def begin_together(tx: Connection, jobs: list[Job[Any]]) -> None:
    """What works of one kind do first, they do in one go."""
    kinds: dict[type, list[tuple[Any, datetime]]] = {}
    for job in jobs:
        if isinstance(job.work, BeginsTogether):
            kinds.setdefault(type(job.work), []).append((job.work, job.now))
    for kind, works in kinds.items():
        cast("type[BeginsTogether]", kind).begin_all(tx, works)


def succeed(jobs: list[Job[Any]]) -> None:
    """Each caller gets his result: a loop is woken once for all of them."""
    for loop in {job.loop for job in jobs}:
        _tell(loop, partial(_settle_all, [job for job in jobs if job.loop is loop]))


def _settle_all(jobs: list[Job[Any]]) -> None:
    for job in jobs:
        job.settle()


def _tell(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> None:
    with contextlib.suppress(RuntimeError):  # the loop has ended, and with it whoever would hear of it
        loop.call_soon_threadsafe(call)
