"""A house that takes messages in, and may have its database away for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.platform import Poison
from bot.platforms.telegram import TelegramPlatform
from storage.messages import IncomingMessage


class House:
    def __init__(self, *, database_is_away_for: int = 0) -> None:
        self.away_for = database_is_away_for
        self.received = asyncio.Event()
        self.batches: list[list[IncomingMessage | Poison]] = []

    async def receive(self, batch: Sequence[IncomingMessage | Poison]) -> None:
        if self.away_for:
            self.away_for -= 1
            raise ConnectionError("database away")
        self.batches.append(list(batch))
        self.received.set()

    @property
    def keys(self) -> list[str]:
        return [message.key for batch in self.batches for message in batch]

    async def until(self, key: str) -> None:
        async with asyncio.timeout(5):
            while key not in self.keys:
                self.received.clear()
                await self.received.wait()


@asynccontextmanager
async def listening(platform: TelegramPlatform, house: House) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(platform.listen(house.receive))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
