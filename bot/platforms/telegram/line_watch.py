"""How our line to Telegram is doing: the house's watch, with Telegram's sentences and its own wish for a rest."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import TypeVar

from telegram.error import TelegramError

from bot.line_watch import PAUSES, LineWatch
from bot.platforms.telegram.errors import SlowDownError, sentence_for

T = TypeVar("T")


class TelegramLineWatch(LineWatch):
    """As the house's; how long to rest, Telegram sometimes says itself."""

    def __init__(self, now: Callable[[], datetime], pauses: Sequence[float] = PAUSES) -> None:
        super().__init__("telegram", now, sentence_for=sentence_for, pauses=pauses)

    async def rest_after(self, error: Exception) -> None:
        if isinstance(error, SlowDownError):
            await asyncio.sleep(error.seconds)
        await super().rest_after(error)

    async def insist(self, call: Callable[[], Awaitable[T]], *, on: type[Exception] = TelegramError) -> T:
        return await super().insist(call, on=on)
