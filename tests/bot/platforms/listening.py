"""A house that takes messages in, and may have its database away for a while."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from bot.platform import Platform, Poison
from storage.messages import Act, IncomingMessage


class House:
    def __init__(self, *, database_is_away_for: int = 0) -> None:
        self.away_for = database_is_away_for
        self.received = asyncio.Event()
        self.was_away = asyncio.Event()
        self.batches: list[list[IncomingMessage | Poison]] = []

    async def receive(self, batch: Sequence[IncomingMessage | Poison]) -> None:
        if self.away_for:
            self.away_for -= 1
            self.was_away.set()
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

    @property
    def messages(self) -> list[IncomingMessage]:
        return [each for batch in self.batches for each in batch if isinstance(each, IncomingMessage)]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages if message.act is Act.TEXT]

    async def next(self, act: Act) -> IncomingMessage:
        """The first message of that act, waiting for it."""
        return await self._first(lambda message: message.act is act)

    async def hears(self, text: str) -> IncomingMessage:
        return await self._first(lambda message: message.text == text)

    async def _first(self, fits: Callable[[IncomingMessage], bool]) -> IncomingMessage:
        async with asyncio.timeout(5):
            while not (found := [message for message in self.messages if fits(message)]):
                self.received.clear()
                await self.received.wait()
        return found[0]


@asynccontextmanager
async def listening(platform: Platform, house: House) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(platform.listen(house.receive))
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
