"""The contract's stage on Zalo: the sandbox, spoken to over HTTP by the adapter and by people alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar

import aiohttp

from bot.platforms.zalo import ZaloPlatform
from bot.platforms.zalo.timing import Timing
from sandbox import server
from sandbox.zalo.ids import group_id, user_id
from tests.bot.platforms.sandbox_stage import LAN, MINH, PHUC, ZaloSandboxStage, bold_parts, people_of
from tests.bot.platforms.stage import Shown

TOKEN = "8800:AAZ-secret-of-the-zalo-bot"
BOT_ID = 8800
BOT_NAME = "@bot.trucban"
ROOM_ID = -5001
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

WORLD: dict[str, Any] = {
    "bots": [{"platform": "zalo", "token": TOKEN, "name": "Bot Trực Ban", "username": BOT_NAME}],
    "people": people_of(BOT_NAME),
    "chats": [
        {"platform": "zalo", "id": ROOM_ID, "title": "Phòng Kinh tế", "members": [LAN, BOT_NAME], "creator": MINH},
    ],
}


class ZaloStage(ZaloSandboxStage):
    """In the room chị Lan always names the bot: nothing else would arrive."""

    token, bot_name, room_number = TOKEN, BOT_NAME, ROOM_ID
    says_with: ClassVar[dict[str, Any]] = {"mention": True}

    def __init__(self, sandbox: server.Sandbox, http: aiohttp.ClientSession, platform: ZaloPlatform) -> None:
        super().__init__(sandbox, http)
        self.platform = platform
        self.lan = self.private = user_id(BOT_ID, LAN)
        self.room = group_id(ROOM_ID)
        self.stranger = user_id(BOT_ID, PHUC)

    async def press(self, message_id: str, data: str, *, chat: str) -> str | None:
        raise NotImplementedError

    async def shown(self, chat: str) -> list[Shown]:
        return [_as_shown(message) for message in await self.messages(chat)]

    async def lose_next_answer(self) -> None:
        await self.fault(kind="drop_after", method="sendMessage")

    async def switch(self, **switches: Any) -> None:
        await self.post("/zalo/account", bot=BOT_NAME, **switches)


def _as_shown(message: dict[str, Any]) -> Shown:
    text = message.get("text") or message.get("caption", "")
    return Shown(
        message_id=message["wire_id"],
        text=text,
        by_bot=message["from"]["is_bot"],
        bold=bold_parts(text, message.get("entities", [])),
    )


@asynccontextmanager
async def zalo_stage(world: dict[str, Any] | None = None, **settings: Any) -> AsyncIterator[ZaloStage]:
    sandbox = await server.start(world=world or WORLD)
    timing = Timing(poll_timeout=1, read_timeout=2, pauses=(0.01,), rest=0.02, pause_between_parts=0.0)
    platform = ZaloPlatform(token=TOKEN, base_url=f"{sandbox.url}/zalo", now=lambda: NOW, timing=timing, **settings)
    async with aiohttp.ClientSession() as http:
        await platform.start()
        yield ZaloStage(sandbox, http, platform)
        await platform.close()
    async with asyncio.timeout(5):
        await sandbox.stop()
