"""A journey: the real house and adapter on the messenger, the small office of tests/cast.py, on a Monday morning at eight."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import Connection

import sandbox.server
from bot.app import open_house
from bot.house import House
from bot.platform_settings import Telegram
from bot.settings import Settings, Web
from bot.trial.backstage import HouseBackstage
from bot.trial.stage import Seat, Stage
from storage import inbox
from storage.invariants import broken_invariants
from storage.parcels import uncertainty
from tests.cast import Cast, Member, settle_in
from tests.crash.process import free_port

T = TypeVar("T")

TOKEN = "700002:JOURNEYS"  # opens nothing but the sandbox
BOT = "@truc_ban_bot"
STRANGER = 1099
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROOMS = {
    "leaders": ("Nhóm Lãnh đạo", ("nga", "son", "hoa")),
    "everyone": ("Toàn cơ quan", ("nga", "son", "hoa", "minh", "lan", "tu", "thu", "phuc", "dung")),
    "office": ("Trực tổng hợp", ("hoa",)),
    "VP": ("Văn phòng", ("hoa",)),
    "KT": ("Phòng KT", ("minh", "lan", "tu", "dung", "hoa")),
    "TM": ("Phòng TM", ("thu", "phuc", "hoa")),
}
"""How the plays call the rooms of the cast, and who sits in them."""
EVERYBODY = ("nga", "son", "hoa", "minh", "lan", "tu", "thu", "phuc", "dung")


@dataclass(slots=True)
class Journey(Stage):
    house: House = field(kw_only=True)
    messenger: sandbox.server.Sandbox = field(kw_only=True)
    cast: Cast = field(kw_only=True)

    async def look(self, work: Callable[[Connection, datetime], T]) -> T:
        return await self.house.database.read(work, self.house.clock.now())

    async def change(self, work: Callable[[Connection, datetime], T]) -> T:
        return await self.house.database.run(work, self.house.clock.now())

    async def deed(self, act: str, **wish: Any) -> dict[str, Any]:
        """A deed the language of plays has no line for (join, promote, upgrade …); what follows is expected of it."""
        await self.settle_down()
        self.since = self.backstage.latest_change()
        return await self.call(act, **wish)

    async def fault(self, **fault: Any) -> None:
        async with self.http.post("/faults", json=fault) as answer:
            assert answer.status == 200, await answer.text()

    async def nothing_is_wrong(self) -> None:
        """What must hold after every journey."""
        await self.settle_down()
        assert await self.look(lambda tx, _: broken_invariants(tx)) == []
        assert await self.look(lambda tx, _: inbox.parked(tx)) == []
        assert await self.look(lambda tx, _: uncertainty.uncertain(tx)) == []


@asynccontextmanager
async def open_journey(
    database_url: str, folder: Path, *, webhook: bool = False, **more: Any
) -> AsyncIterator[Journey]:
    """With `webhook` the messenger calls the house instead of being asked; `more`: other settings."""
    messenger = await sandbox.server.start()
    messenger.cloud.clock.offset = MONDAY.timestamp() - time.time()
    port = free_port() if webhook else 0
    settings = Settings(  # type: ignore[call-arg]  # the plugin of pydantic would know `_env_file`
        _env_file=None,
        database_url=database_url,
        data_folder=folder,
        telegram=Telegram(
            token=SecretStr(TOKEN),
            base_url=messenger.url,
            webhook_url=f"http://127.0.0.1:{port}" if webhook else None,
        ),
        web=Web(port=port),
        clock_url=AnyHttpUrl(messenger.url),
        **more,
    )
    try:
        async with aiohttp.ClientSession(messenger.url) as http:
            async with http.post(
                "/human/world", json={"bots": [{"token": TOKEN, "name": "Trực Ban", "username": BOT}]}
            ):
                pass
            async with open_house(settings) as house:
                yield await _set_stage(house, messenger, http)
    finally:
        await messenger.stop()


async def _set_stage(house: House, messenger: sandbox.server.Sandbox, http: aiohttp.ClientSession) -> Journey:
    cast = await house.database.run(settle_in, house.clock.now())
    members = {key: getattr(cast, key) for key in EVERYBODY}
    async with http.post("/human/world", json=_world(cast, members)) as answer:
        assert answer.status == 200, await answer.text()
    journey = Journey(
        http=http,
        bot=BOT,
        people={member.name: int(member.account) for member in members.values()}
        | {"người lạ": STRANGER, "máy mới": STRANGER - 1},
        rooms={
            called: Seat(int(members[sitting[0]].account), cast.rooms[key]) for key, (called, sitting) in ROOMS.items()
        },
        backstage=HouseBackstage(house, messenger),
        house=house,
        messenger=messenger,
        cast=cast,
    )
    await journey.settle_down()
    return journey


def _world(cast: Cast, members: dict[str, Member]) -> dict[str, Any]:
    people = [{"id": int(member.account), "first_name": member.name, "started": [BOT]} for member in members.values()]
    return {
        "bots": [{"token": TOKEN, "name": "Trực Ban", "username": BOT, "can_read_all_group_messages": True}],
        "people": [
            *people,
            {"id": STRANGER, "first_name": "Người lạ"},
            {"id": STRANGER - 1, "first_name": "Máy mới"},
        ],
        "chats": [
            {
                "id": int(cast.rooms[key]),
                "type": "group",
                "title": called,
                "members": [int(members[one].account) for one in sitting] + [BOT],
            }
            for key, (called, sitting) in ROOMS.items()
        ],
    }
