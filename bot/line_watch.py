"""How our line to a platform is doing, for the operator's eyes, and how long to rest when it fails."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
JITTER = 0.25  # of the pause, so that many bots do not come back at the same moment

T = TypeVar("T")

log = structlog.get_logger()


class LineWatch:
    """No failure ends anything here: each only makes the next rest longer and the trouble visible."""

    def __init__(
        self,
        platform: str,
        now: Callable[[], datetime],
        *,
        sentence_for: Callable[[Exception], str],
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        self.now = now
        self._platform = platform
        self._sentence_for = sentence_for
        self._pauses = pauses
        self._failures = 0
        self.last_success: datetime | None = None
        self.trouble: str | None = None

    def succeeded(self) -> None:
        if self.trouble is not None:
            log.info("line_restored", platform=self._platform, failures=self._failures)
        self._failures = 0
        self.trouble = None
        self.last_success = self.now()

    def worry(self, sentence: str, **values: object) -> None:
        """Show a trouble; a lasting one is logged once."""
        if sentence != self.trouble:
            log.warning("line_troubled", platform=self._platform, meaning=sentence, **values)
        self.trouble = sentence

    async def rest_after(self, error: Exception) -> None:
        self.worry(self._sentence_for(error), error=type(error).__name__)
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._failures += 1
        await asyncio.sleep(pause * random.uniform(1 - JITTER, 1 + JITTER))  # noqa: S311 - spread, not secrecy

    async def insist(self, call: Callable[[], Awaitable[T]], *, on: type[Exception]) -> T:
        """Until it succeeds; `on` is what may go wrong on the line."""
        while True:
            try:
                result = await call()
            except on as error:
                await self.rest_after(error)
            else:
                self.succeeded()
                return result
