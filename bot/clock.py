"""The clock at the edge: the machine's, or (in a trial) that of the sandbox, which people can move forward.

Every answer of a platform carries its own time (the header `Date`): a machine whose clock is wrong is found by that.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import structlog

log = structlog.get_logger()

PAUSE = 0.5  # seconds between two tries when the sandbox does not answer
WITNESSES = 3  # answers that must agree before our own clock is doubted


class Clock:
    """What time it is for the office, and how many seconds have passed for its limits."""

    def __init__(self) -> None:
        self.ahead = 0.0  # seconds before the machine's clock
        self._hearers: list[Callable[[], None]] = []
        self._others: deque[timedelta] = deque(maxlen=WITNESSES)  # how far others were before us

    def now(self) -> datetime:
        """The office's time, aware, in UTC."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)  # noqa: TID251 - the one place that may

    def seconds(self) -> float:
        """Rising seconds for pacing: a moved clock counts as time that has passed, as it does for the sandbox's limits."""
        return time.monotonic() + self.ahead

    def compare(self, date: str | None) -> None:
        """Take note of the time that another server tells (the header `Date` of its answer)."""
        try:
            told = parsedate_to_datetime(date or "")
        except ValueError:
            return
        self._others.append(told.replace(tzinfo=UTC) - self.now())

    @property
    def behind(self) -> timedelta:
        """How far we are behind the others, by the least of their last answers (below zero: before them)."""
        is_known = len(self._others) == WITNESSES
        return min(self._others, key=abs) if is_known else timedelta(0)

    def on_jump(self, call: Callable[[], None]) -> None:
        """Call whenever the clock was moved."""
        self._hearers.append(call)

    def move_to(self, ahead: float) -> None:
        if ahead != self.ahead:
            self.ahead = ahead
            self._others.clear()
            for call in self._hearers:
                call()


async def follow(clock: Clock, url: str) -> None:
    """Keep `clock` at the time of a sandbox (`GET /clock`), until cancelled."""
    version = 0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=40)) as session:
        while True:
            try:
                parameters = {"after": str(version), "timeout": "25"}
                async with session.get(f"{url}/clock", params=parameters) as answer:
                    told = await answer.json()
            except (aiohttp.ClientError, TimeoutError, ValueError):
                await asyncio.sleep(PAUSE)
                continue
            version = int(told["version"])
            clock.move_to(float(told["offset"]))


async def ask_once(clock: Clock, url: str) -> None:
    """Set `clock` to the sandbox's time before anything else happens."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/clock") as answer:
        clock.move_to(float((await answer.json())["offset"]))
