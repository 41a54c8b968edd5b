"""The contract's stage on Zalo: the sandbox, spoken to over HTTP by the adapter and by people alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.platforms.zalo import ZaloPlatform
from sandbox import server
from sandbox.zalo.ids import group_id, user_id
from tests.bot.platforms.stage import Shown

TOKEN = "8800:AAZ-secret-of-the-zalo-bot"
BOT_ID = 8800
BOT_NAME = "@bot.trucban"
LAN, MINH, PHUC = 1005, 1004, 1008
ROOM_ID = -5001
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

WORLD: dict[str, Any] = {
    "bots": [{"platform": "zalo", "token": TOKEN, "name": "Bot Trực Ban", "username": BOT_NAME}],
    "people": [
        {"id": LAN, "first_name": "Lan", "last_name": "Vũ Thị", "started": [BOT_NAME]},
        {"id": MINH, "first_name": "Minh"},
        {"id": PHUC, "first_name": "Phúc"},
    ],
    "chats": [
        {"platform": "zalo", "id": ROOM_ID, "title": "Phòng Kinh tế", "members": [LAN, BOT_NAME], "creator": MINH},
    ],
}


class ZaloStage:
    """In the room chị Lan always names the bot: nothing else would arrive."""

    def __init__(self, sandbox: server.Sandbox, http: aiohttp.ClientSession, platform: ZaloPlatform) -> None:
        self.sandbox = sandbox
        self.http = http
        self.platform = platform
        self.lan = self.private = user_id(BOT_ID, LAN)
        self.room = group_id(ROOM_ID)
        self.stranger = user_id(BOT_ID, PHUC)

    async def post(self, path: str, **wish: Any) -> Any:
        async with self.http.post(f"{self.sandbox.url}{path}", json=wish) as answer:
            done = await answer.json()
        assert answer.status == 200, done
        return done

    async def do(self, act: str, *, by: int = LAN, **wish: Any) -> Any:
        """A deed of the human side."""
        return await self.post(f"/human/{act}", **({"as": by} | wish))

    async def say(self, text: str, *, chat: str, reply_to: str | None = None, mention: bool = True) -> str:
        answered = None
        if reply_to is not None:
            answered = next(m["message_id"] for m in await self.messages(chat) if m["wire_id"] == reply_to)
        wish = {"room": self._room(chat), "text": text, "reply_to": answered, "mention": mention}
        return str((await self.do("say", **wish))["wire_id"])

    async def edit(self, message_id: str, text: str, *, chat: str) -> None:
        raise NotImplementedError

    async def press(self, message_id: str, data: str, *, chat: str) -> str | None:
        raise NotImplementedError

    async def upload(self, name: str, content: bytes, *, chat: str, caption: str = "", kind: str = "document") -> None:
        form = aiohttp.FormData(quote_fields=False)
        fields = {"as": str(LAN), "room": self._room(chat), "caption": caption, "kind": kind, "mention": "true"}
        for field, value in fields.items():
            form.add_field(field, value)
        form.add_field("file", content, filename=name)
        async with self.http.post(f"{self.sandbox.url}/human/upload", data=form) as answer:
            assert answer.status == 200, await answer.text()

    async def messages(self, chat: str) -> list[dict[str, Any]]:
        query = {"as": LAN, "room": self._room(chat)}
        async with self.http.get(f"{self.sandbox.url}/human/messages", params=query) as answer:
            return [message for message in await answer.json() if "wire_id" in message]

    async def shown(self, chat: str) -> list[Shown]:
        return [_as_shown(message) for message in await self.messages(chat)]

    async def leave_out(self) -> None:
        await self.do("kick", by=MINH, room=str(ROOM_ID), member=BOT_NAME)

    async def shut_out(self) -> None:
        await self.do("block", bot=BOT_NAME)

    async def lose_next_answer(self) -> None:
        await self.fault(kind="drop_after", method="sendMessage")

    async def refuse_connections(self) -> None:
        await self.sandbox.stop()

    async def fault(self, **fault: Any) -> None:
        await self.post("/faults", **fault)

    async def switch(self, **switches: Any) -> None:
        await self.post("/zalo/account", bot=BOT_NAME, **switches)

    async def calls(self, method: str) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.sandbox.url}/calls", params={"bot": TOKEN}) as answer:
            return [call for call in await answer.json() if call["method"] == method]

    def _room(self, chat: str) -> str:
        return BOT_NAME if chat == self.private else str(ROOM_ID)


def _as_shown(message: dict[str, Any]) -> Shown:
    text = message.get("text") or message.get("caption", "")
    return Shown(
        message_id=message["wire_id"],
        text=text,
        by_bot=message["from"]["is_bot"],
        bold=tuple(_cut(text, entity) for entity in message.get("entities", []) if entity["type"] == "bold"),
    )


def _cut(text: str, entity: dict[str, Any]) -> str:
    units = text.encode("utf-16-le")[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])]
    return units.decode("utf-16-le")


@asynccontextmanager
async def zalo_stage(world: dict[str, Any] | None = None, **settings: Any) -> AsyncIterator[ZaloStage]:
    sandbox = await server.start(world=world or WORLD)
    quick: dict[str, Any] = {"pauses": (0.01,), "poll_timeout": 1, "read_timeout": 2, "rest": 0.02}
    quick["pause_between_parts"] = 0.0
    platform = ZaloPlatform(token=TOKEN, base_url=f"{sandbox.url}/zalo", now=lambda: NOW, **(quick | settings))
    async with aiohttp.ClientSession() as http:
        await platform.start()
        yield ZaloStage(sandbox, http, platform)
        await platform.close()
    async with asyncio.timeout(5):
        await sandbox.stop()
