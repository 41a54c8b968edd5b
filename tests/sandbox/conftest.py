"""A small office in a running messenger: chị Lan (staff), anh Minh (head of unit), chị Hoa (the office), bà Nga (director)."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from sandbox.server import Sandbox, start
from tests.browser import chromium, open_page  # noqa: F401 - fixtures are found by their name
from tests.sandbox.clients import BotClient, PersonClient
from tests.sandbox.schema import update_schema

TOKEN = "7770001:AAHduty-officer_of_the_tests"
OTHER_TOKEN = "7770002:AAHsecond-bot_of_the_tests"
UNIT = -1001234567890
STAFF_ROOM = -4001
FORUM = -1001234567899
BOT = "@truc_ban_bot"

WORLD: dict[str, Any] = {
    "people": [
        {"id": 1001, "first_name": "Lan", "last_name": "Nguyễn", "username": "chi_lan", "title": "chuyên viên"},
        {"id": 1002, "first_name": "Minh", "username": "anh_minh", "title": "trưởng phòng"},
        {"id": 1003, "first_name": "Hoa", "title": "văn phòng"},
        {"id": 1004, "first_name": "Nga", "username": "ba_nga", "title": "giám đốc"},
    ],
    "bots": [
        {"token": TOKEN, "name": "Trực Ban", "username": "truc_ban_bot"},
        {"token": OTHER_TOKEN, "name": "Bot khác", "username": "bot_khac_bot"},
    ],
    "chats": [
        {
            "id": UNIT,
            "type": "supergroup",
            "title": "Phòng Kinh tế",
            "members": [1001, 1003, BOT],
            "administrators": [1002],
        },
        {"id": STAFF_ROOM, "type": "group", "title": "Nhóm chung", "members": [1001, 1002, BOT], "creator": 1004},
        {
            "id": FORUM,
            "type": "supergroup",
            "title": "Ban chỉ đạo",
            "forum": True,
            "members": [1001],
            "administrators": [1004, BOT],
        },
    ],
}


@dataclass
class Office:
    sandbox: Sandbox
    http: aiohttp.ClientSession
    bot: BotClient
    other_bot: BotClient
    lan: PersonClient
    minh: PersonClient
    hoa: PersonClient
    nga: PersonClient

    async def post(self, path: str, **wish: Any) -> Any:
        async with self.http.post(path, json=wish) as response:
            body = await response.json()
            assert response.status == 200, body
            return body

    async def get(self, path: str, **query: Any) -> Any:
        async with self.http.get(path, params=query) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    def at(self, token: str) -> BotClient:
        return BotClient(self.http, token)


async def open_office(sandbox: Sandbox, http: aiohttp.ClientSession) -> Office:
    people = [PersonClient(http, number) for number in (1001, 1002, 1003, 1004)]
    return Office(sandbox, http, BotClient(http, TOKEN), BotClient(http, OTHER_TOKEN), *people)


@pytest.fixture(scope="session")
def _published() -> None:
    """Made before anybody waits for an answer: it takes seconds."""
    update_schema()


@pytest.fixture
async def office(_published: None) -> AsyncIterator[Office]:
    """Everybody is in; nobody has written yet, and the bots have read of their rooms."""
    sandbox = await start(world=WORLD)
    async with aiohttp.ClientSession(sandbox.url) as http:
        office = await open_office(sandbox, http)
        await office.bot.updates()
        yield office
    await sandbox.stop()
