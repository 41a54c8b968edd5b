"""The contract's stage on Telegram: the sandbox, spoken to over HTTP by the adapter and by people alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.timing import Timing
from sandbox import server
from tests.bot.platforms.sandbox_stage import LAN, MINH, PHUC, SandboxStage, bold_parts, people_of
from tests.bot.platforms.stage import Shown
from tests.bot.platforms.telegram.gate import NOW

TOKEN = "7000:AAE-secret-of-the-bot"
BOT_NAME = "@truc_ban_bot"
ROOM_ID, FORUM_ID, OLD_GROUP_ID = -1001234567890, -1001234567891, -4123

WORLD: dict[str, Any] = {
    "bots": [
        {"token": TOKEN, "name": "Trực Ban", "username": "truc_ban_bot", "can_read_all_group_messages": True},
        {"token": "7001:AAF-another-bot", "name": "Thời tiết", "username": "thoi_tiet_bot"},
    ],
    "people": people_of(BOT_NAME),
    "chats": [
        {"id": ROOM_ID, "type": "supergroup", "title": "Phòng Kinh tế", "members": [LAN, BOT_NAME], "creator": MINH},
        {
            "id": FORUM_ID,
            "type": "supergroup",
            "title": "Sở",
            "members": [LAN, BOT_NAME],
            "creator": MINH,
            "forum": True,
        },
        {"id": OLD_GROUP_ID, "type": "group", "title": "Phòng Thương mại", "members": [LAN, BOT_NAME], "creator": MINH},
    ],
}


class TelegramStage(SandboxStage):
    token, bot_name, room_number = TOKEN, BOT_NAME, ROOM_ID

    def __init__(self, sandbox: server.Sandbox, http: aiohttp.ClientSession, platform: TelegramPlatform) -> None:
        super().__init__(sandbox, http)
        self.platform = platform
        self.lan = str(LAN)
        self.room = str(ROOM_ID)
        self.private = str(LAN)
        self.stranger = str(PHUC)

    async def say(self, text: str, *, chat: str, reply_to: str | None = None) -> str:
        return str((await self.do("say", room=self._room(chat), text=text, reply_to=reply_to))["message_id"])

    async def edit(self, message_id: str, text: str, *, chat: str) -> None:
        await self.do("edit", room=self._room(chat), message_id=message_id, text=text)

    async def press(self, message_id: str, data: str, *, chat: str) -> str | None:
        pressed = await self.do("press", room=self._room(chat), message_id=message_id, data=data, wait=2)
        return pressed["answer"] and pressed["answer"].get("text")

    async def shown(self, chat: str) -> list[Shown]:
        return [await self._as_shown(message) for message in await self.messages(chat)]

    async def lose_next_answer(self) -> None:
        await self.fault(kind="drop_after", method="sendMessage")

    def _room(self, chat: str) -> str:
        return BOT_NAME if chat == self.private else chat

    async def _as_shown(self, message: dict[str, Any]) -> Shown:
        text = message.get("text") or message.get("caption", "")
        entities = message.get("entities") or message.get("caption_entities", [])
        file = message.get("document") or (message.get("photo") or [None])[-1]
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        answered = message.get("reply_to_message")
        return Shown(
            message_id=str(message["message_id"]),
            text=text,
            by_bot=message["from"]["is_bot"],
            bold=bold_parts(text, entities),
            buttons=tuple(button["callback_data"] for row in rows for button in row),
            reply_to=str(answered["message_id"]) if answered else None,
            reactions=tuple(reaction["emoji"] for reaction in message.get("reactions", [])),
            file=await self.bytes_of(file["file_id"]) if file else None,
            file_name=(file or {}).get("file_name", ""),
        )


@asynccontextmanager
async def telegram_stage() -> AsyncIterator[TelegramStage]:
    sandbox = await server.start(world=WORLD)
    timing = Timing(poll_timeout=1, read_timeout=2, pauses=(0.01,))
    platform = TelegramPlatform(token=TOKEN, base_url=sandbox.url, now=lambda: NOW, timing=timing)
    async with aiohttp.ClientSession() as http:
        stage = TelegramStage(sandbox, http, platform)
        async with http.post(f"{sandbox.url}/limits", json={"enforced": False}) as answer:
            assert answer.status == 200
        await platform.start()
        yield stage
        await platform.close()
    async with asyncio.timeout(5):
        await sandbox.stop()
