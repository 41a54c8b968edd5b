"""A small office on Zalo beside one on Telegram: chị Lan and anh Minh use both."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox, start
from tests.sandbox.clients import PersonClient

TOKEN = "8800:AAZ-duty-officer_of_the_tests"
OTHER_TOKEN = "8801:AAZ-second-bot_of_the_tests"
BOT, OTHER_BOT = "@bot.trucban", "@bot.khac"
ROOM, OTHER_ROOM, TELEGRAM_ROOM = -5001, -5002, -4001

WORLD: dict[str, Any] = {
    "bots": [
        {"platform": "zalo", "token": TOKEN, "name": "Bot Trực Ban", "username": BOT},
        {"platform": "zalo", "token": OTHER_TOKEN, "name": "Bot Khác", "username": OTHER_BOT},
        {"token": "7000:AAE-telegram", "name": "Trực Ban", "username": "truc_ban_bot"},
    ],
    "people": [
        {"id": 1001, "first_name": "Lan", "last_name": "Nguyễn"},
        {"id": 1002, "first_name": "Minh"},
        {"id": 1003, "first_name": "Hoa"},
    ],
    "chats": [
        {"platform": "zalo", "id": ROOM, "title": "Phòng Kinh tế", "members": [1001, BOT, OTHER_BOT], "creator": 1002},
        {"platform": "zalo", "id": OTHER_ROOM, "title": "Nhóm chung", "members": [1001, 1003], "creator": 1002},
        {"id": TELEGRAM_ROOM, "title": "Nhóm Telegram", "members": [1001, "@truc_ban_bot"], "creator": 1002},
    ],
}


@dataclass
class ZaloBot:
    http: aiohttp.ClientSession
    token: str

    async def ask(self, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
        async with self.http.post(f"/zalo/bot{self.token}/{method}", json=arguments) as response:
            return response.status, await response.json()

    async def call(self, method: str, **arguments: Any) -> Any:
        status, answer = await self.ask(method, **arguments)
        assert (status, answer["ok"]) == (200, True), answer
        return answer.get("result")

    async def refused(self, method: str, **arguments: Any) -> int:
        status, answer = await self.ask(method, **arguments)
        assert answer["ok"] is False
        assert answer["error_code"] == status
        assert set(answer) == {"ok", "error_code", "description"}
        return status

    async def hears(self) -> dict[str, Any]:
        event: dict[str, Any] = await self.call("getUpdates", timeout="2")
        return event

    async def hears_nothing(self) -> bool:
        return await self.refused("getUpdates", timeout="0") == 408


@dataclass
class ZaloOffice:
    sandbox: Sandbox
    http: aiohttp.ClientSession
    bot: ZaloBot
    other_bot: ZaloBot
    lan: PersonClient
    minh: PersonClient

    async def switch(self, **switches: Any) -> dict[str, Any]:
        async with self.http.post("/zalo/account", json={"bot": BOT} | switches) as response:
            shown: dict[str, Any] = await response.json()
            assert response.status == 200, shown
            return shown

    async def post(self, path: str, **wish: Any) -> tuple[int, Any]:
        async with self.http.post(path, json=wish) as response:
            return response.status, await response.json()

    async def private_id(self) -> str:
        """chị Lan as the bot knows her, after her first message."""
        await self.lan.do("say", room=BOT, text="chào")
        return str((await self.bot.hears())["message"]["chat"]["id"])


@pytest.fixture
async def office() -> AsyncIterator[ZaloOffice]:
    sandbox = await start(world=WORLD)
    async with aiohttp.ClientSession(sandbox.url) as http:
        people = [PersonClient(http, number) for number in (1001, 1002)]
        yield ZaloOffice(sandbox, http, ZaloBot(http, TOKEN), ZaloBot(http, OTHER_TOKEN), *people)
    await sandbox.stop()
