"""A messenger that does what a test says: takes messages, remembers them, and refuses by script."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from aiohttp import web

from bot.clock import Clock
from bot.delivery.breaker import Breaker
from bot.delivery.deliverer import Delivery
from bot.platform import Attachment, Delivered, Identity, Limits, Menu, Receive
from bot.platforms.telegram import LIMITS
from storage.database import Database
from storage.messages import OutgoingMessage

QUICK = replace(LIMITS, chat_interval=0.01, per_second=1_000, group_per_minute=1_000)
"""So that tests of order and meaning need not wait for the pace."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request that the messenger took, or refused."""

    message: OutgoingMessage
    edits: str | None
    attachment: Attachment | None

    @property
    def chat_id(self) -> str:
        return self.message.chat_id

    @property
    def text(self) -> str:
        return self.message.text


class ScriptedPlatform:
    """`refuse[chat]` holds what the next requests to a chat end with; `gate` keeps requests under way while closed."""

    name = "telegram"

    def __init__(self, limits: Limits = QUICK) -> None:
        self.limits = limits
        self.asked: list[Shown] = []
        self.shown: list[Shown] = []
        self.refuse: dict[str, list[Exception]] = defaultdict(list)
        self.gate = asyncio.Event()
        self.gate.set()
        self.most_at_once = 0
        self.probed = 0
        self.refuse_probe: list[Exception] = []
        self._under_way = 0

    @property
    def trouble(self) -> str | None:
        return None

    async def start(self) -> Identity:
        return Identity(platform=self.name, account="1", username="truc_ban_bot")

    async def close(self) -> None:
        self.gate.set()

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:
        return ()

    async def listen(self, receive: Receive) -> None:
        await asyncio.Event().wait()

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        request = Shown(message, edits, attachment)
        self.asked.append(request)
        self._under_way += 1
        self.most_at_once = max(self.most_at_once, self._under_way)
        try:
            await self.gate.wait()
        finally:
            self._under_way -= 1
        if self.refuse[message.chat_id]:
            raise self.refuse[message.chat_id].pop(0)
        self.shown.append(request)
        is_upload = attachment is not None and attachment.content is not None
        return Delivered(edits or str(len(self.shown)), file_reference="ref-1" if is_upload else None)

    async def probe(self) -> None:
        self.probed += 1
        if self.refuse_probe:
            raise self.refuse_probe.pop(0)

    async def download(self, reference: str) -> bytes:
        return reference.encode()

    async def announce_commands(self, menus: Sequence[Menu]) -> None: ...

    def texts(self, chat_id: str | None = None) -> list[str]:
        return [request.text for request in self.shown if chat_id in (None, request.chat_id)]


@asynccontextmanager
async def delivering(
    platform: ScriptedPlatform, database: Database, clock: Clock, breaker: Breaker | None = None
) -> AsyncIterator[Delivery]:
    """A deliverer at work, stopped gently at the end."""
    delivery = Delivery(platform, database, clock, breaker=breaker)
    task = asyncio.create_task(delivery.run())
    try:
        yield delivery
    finally:
        platform.gate.set()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(holds: Callable[[], object]) -> None:
    """Nothing tells a test from outside when a deliverer has settled: it looks, for half a minute at most."""
    async with asyncio.timeout(30):
        while not holds():  # noqa: ASYNC110 - see above
            await asyncio.sleep(0.005)
