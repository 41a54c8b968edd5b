"""A transaction that is waited for: an outcome must not be forgotten because the database is away for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from bot.clock import Clock
from storage.database import Database, DatabaseAwayError, Work

T = TypeVar("T")
PAUSE = 0.5  # seconds between two tries


async def keep(database: Database, clock: Clock, work: Work[T] | Callable[[Connection, datetime], T]) -> T:
    """Run it, waiting out a database that is away.

    A cancellation waits for its end: of several writers another would give back what this one is just taking.
    """
    while True:
        running = asyncio.ensure_future(database.run(work, clock.now()))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise
        except DatabaseAwayError:
            await asyncio.sleep(PAUSE)
