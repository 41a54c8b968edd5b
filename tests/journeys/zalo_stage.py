"""The same small office with every room and person on Zalo: the real adapter by webhook, and plays that run on both.

Where it is asked for, the bot is on Telegram besides: "Telegram của anh Minh" is his private chat with it there.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import AnyHttpUrl, SecretStr

import sandbox.server
from bot.app import open_house
from bot.house import House
from bot.platform_settings import Telegram, Zalo
from bot.settings import Settings, Web
from bot.trial.backstage import HouseBackstage
from bot.trial.stage import Seat
from sandbox.zalo.ids import group_id, user_id
from tests.cast import settle_in
from tests.crash.process import free_port
from tests.journeys.stage import BOT as TELEGRAM_BOT
from tests.journeys.stage import EVERYBODY, MONDAY, ROOMS, STRANGER, Journey
from tests.journeys.stage import TOKEN as TELEGRAM_TOKEN

BOT_ID = 8801
TOKEN = f"{BOT_ID}:JOURNEYS-ON-ZALO"  # opens nothing but the sandbox
BOT = "@bot.trucban"
NUMBERS = {key: 1001 + number for number, key in enumerate(EVERYBODY)}
ROOM_NUMBERS = {key: -1001 - number for number, key in enumerate(ROOMS)}
ON_THE_WIRE = {str(number): user_id(BOT_ID, number) for number in NUMBERS.values()} | {
    str(number): group_id(number) for number in ROOM_NUMBERS.values()
}


def settings_of(
    database_url: str, folder: Path, messenger: sandbox.server.Sandbox, *, with_telegram: bool = False
) -> Settings:
    port = free_port()
    return Settings(  # type: ignore[call-arg]  # the plugin of pydantic would know `_env_file`
        _env_file=None,
        database_url=database_url,
        data_folder=folder,
        telegram=Telegram(token=SecretStr(TELEGRAM_TOKEN), base_url=messenger.url) if with_telegram else Telegram(),
        zalo=Zalo(
            token=SecretStr(TOKEN),
            base_url=f"{messenger.url}/zalo",
            bot_name="Bot Trực Ban",
            webhook_url=f"http://127.0.0.1:{port}",
        ),
        web=Web(port=port),
        clock_url=AnyHttpUrl(messenger.url),
    )


@asynccontextmanager
async def open_zalo_journey(database_url: str, folder: Path, *, with_telegram: bool = False) -> AsyncIterator[Journey]:
    messenger = await sandbox.server.start()
    messenger.cloud.clock.offset = MONDAY.timestamp() - time.time()
    try:
        async with aiohttp.ClientSession(messenger.url, raise_for_status=True) as http:
            bots = [{"platform": "zalo", "token": TOKEN, "name": "Bot Trực Ban", "username": BOT}]
            if with_telegram:
                bots.append({"token": TELEGRAM_TOKEN, "name": "Trực Ban", "username": TELEGRAM_BOT})
            await http.post("/human/world", json={"bots": bots})
            await http.post("/zalo/account", json={"bot": BOT, "groups": len(ROOMS) + 1})
            settings = settings_of(database_url, folder, messenger, with_telegram=with_telegram)
            async with open_house(settings) as house:
                journey = await _set_stage(house, messenger, http)
                if with_telegram:
                    journey.rooms |= {f"Telegram của {who}": Seat(n, TELEGRAM_BOT) for who, n in journey.people.items()}
                yield journey
    finally:
        await messenger.stop()


async def _set_stage(house: House, messenger: sandbox.server.Sandbox, http: aiohttp.ClientSession) -> Journey:
    move_in = partial(settle_in, platform="zalo", address=lambda number: ON_THE_WIRE[number])
    cast = await house.database.run(move_in, house.clock.now())
    members = {key: getattr(cast, key) for key in EVERYBODY}
    await http.post("/human/world", json=_world({key: member.name for key, member in members.items()}))
    journey = Journey(
        http=http,
        bot=BOT,
        people={member.name: NUMBERS[key] for key, member in members.items()} | {"người lạ": STRANGER},
        rooms={called: Seat(NUMBERS[sitting[0]], str(ROOM_NUMBERS[key])) for key, (called, sitting) in ROOMS.items()},
        backstage=HouseBackstage(house, messenger),
        platform="zalo",
        by_words=True,
        house=house,
        messenger=messenger,
        cast=cast,
    )
    await journey.settle_down()
    return journey


def _world(names: dict[str, str]) -> dict[str, Any]:
    people = [{"id": NUMBERS[key], "first_name": name, "started": [BOT]} for key, name in names.items()]
    return {
        "people": [*people, {"id": STRANGER, "first_name": "Người lạ"}],
        "chats": [
            {
                "platform": "zalo",
                "id": ROOM_NUMBERS[key],
                "title": called,
                "creator": NUMBERS[sitting[0]],
                "members": [NUMBERS[one] for one in sitting] + [BOT],
            }
            for key, (called, sitting) in ROOMS.items()
        ],
    }
