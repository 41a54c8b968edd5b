"""The clockwork: looks every second what is due. The only file that meets APScheduler."""

from __future__ import annotations

import asyncio
import importlib
import sys
from collections.abc import Callable

from scheduler.looking import Clock, Looker
from storage.database import Database

EVERY_SECONDS = 1.0
SCHEDULER = "apscheduler.schedulers.asyncio"
AFTER_THE_FIRST = 0.5
"""Seconds in which what waited at the door is answered: the import takes a twentieth of a start."""


async def get_ready() -> None:
    """Import it beside what goes on: who only receives or delivers has no clockwork, and a start answers first."""
    if SCHEDULER not in sys.modules:
        await asyncio.sleep(AFTER_THE_FIRST)
        await asyncio.to_thread(importlib.import_module, SCHEDULER)


class Ticker:
    """Start it in a running loop. `look_now` is for a clock that was moved; `on_look` hears of every look that came to its end."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        every: float = EVERY_SECONDS,
        on_look: Callable[[], None] = lambda: None,
    ) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler  # as `get_ready` has it

        self._on_look = on_look
        self._looker = Looker(database, clock)
        self._every = every
        self._one_at_a_time = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        self._scheduler.add_job(
            self.look_now,
            "interval",
            seconds=self._every,
            id="look",
            coalesce=True,
            misfire_grace_time=None,  # a late look is as good as a punctual one
            max_instances=1,
        )
        self._scheduler.start()

    async def stop(self) -> None:
        """Finish the look that is under way, begin no other."""
        self._scheduler.pause()
        async with self._one_at_a_time:  # shutting down cancels what runs
            self._scheduler.shutdown(wait=False)

    async def look_now(self) -> None:
        async with self._one_at_a_time:
            await self._looker.look()
            self._on_look()
