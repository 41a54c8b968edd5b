"""Waiting: for a bell, but not for ever; and for a database that is away, so that no outcome is forgotten."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from storage.database import Database, DatabaseAwayError, Work

T = TypeVar("T")
PAUSE = 0.5  # seconds between two tries


async def hear(bell: asyncio.Event, *, within: float) -> None:
    """Until it rings, or so many seconds have passed."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):  # wait_for may swallow a cancellation (CPython 86296)
            await bell.wait()


async def keep(database: Database, now: Callable[[], datetime], work: Work[T]) -> T:
    """Run it, waiting out a database that is away.

    A cancellation waits for its end: of several writers another would give back what this one is just taking.
    """
    while True:
        running = asyncio.ensure_future(database.run(work, now()))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise
        except DatabaseAwayError:
            await asyncio.sleep(PAUSE)
