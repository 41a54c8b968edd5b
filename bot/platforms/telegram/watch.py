"""How our line to Telegram is doing, for the operator's eyes, and how long to rest when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

import structlog
from telegram.error import TelegramError

from bot.platforms.telegram.errors import SlowDownError, sentence_for

PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)

T = TypeVar("T")

log = structlog.get_logger()


class Watch:
    """No failure ends anything here: each only makes the next rest longer and the trouble visible."""

    def __init__(self, now: Callable[[], datetime], pauses: Sequence[float] = PAUSES) -> None:
        self.now = now
        self._pauses = pauses
        self._failures = 0
        self.last_success: datetime | None = None
        self.trouble: str | None = None

    def succeeded(self) -> None:
        if self.trouble is not None:
            log.info("telegram_line_restored", failures=self._failures)
        self._failures = 0
        self.trouble = None
        self.last_success = self.now()

    def worry(self, sentence: str, **values: object) -> None:
        """Show a trouble; a lasting one is logged once."""
        if sentence != self.trouble:
            log.warning("telegram_line_troubled", meaning=sentence, **values)
        self.trouble = sentence

    async def rest_after(self, error: Exception) -> None:
        self.worry(sentence_for(error), error=type(error).__name__)
        pause = self._pauses[min(self._failures, len(self._pauses) - 1)]
        self._failures += 1
        await asyncio.sleep(max(pause, error.seconds) if isinstance(error, SlowDownError) else pause)

    async def insist(self, call: Callable[[], Awaitable[T]]) -> T:
        """Until it succeeds."""
        while True:
            try:
                result = await call()
            except TelegramError as error:
                await self.rest_after(error)
            else:
                self.succeeded()
                return result
