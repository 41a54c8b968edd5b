"""The same small office with every room and person on an Official Account: private buttons, groups heard whole."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import aiohttp
from pydantic import AnyHttpUrl, SecretStr

import sandbox.server
from bot.app import open_house
from bot.platform_settings import ZaloOa
from bot.settings import Settings, Web
from bot.trial.backstage import HouseBackstage
from bot.trial.stage import Seat
from sandbox.zalo_oa.ids import group_id, user_id
from tests.cast import settle_in
from tests.crash.process import free_port
from tests.journeys.stage import EVERYBODY, MONDAY, ROOMS, STRANGER, Journey
from tests.journeys.zalo_stage import NUMBERS, ROOM_NUMBERS

BOT_ID = 9901
TOKEN = f"{BOT_ID}:JOURNEYS-ON-AN-OA"  # only the sandbox's name for it
BOT = "@oa.trucban"
KEYS = {"app_id": "1000000000000009901", "app_secret": "app-secret", "webhook_key": "webhook-key", "refresh": "first"}
ON_THE_WIRE = {str(number): user_id(BOT_ID, number) for number in NUMBERS.values()} | {
    str(number): group_id(number) for number in ROOM_NUMBERS.values()
}


def settings_of(database_url: str, folder: Path, messenger: sandbox.server.Sandbox, port: int) -> Settings:
    return Settings(  # type: ignore[call-arg]  # the plugin of pydantic would know `_env_file`
        _env_file=None,
        database_url=database_url,
        data_folder=folder,
        zalo_oa=ZaloOa(
            app_id=KEYS["app_id"],
            app_secret=SecretStr(KEYS["app_secret"]),
            refresh_token=SecretStr(KEYS["refresh"]),
            webhook_url=f"http://127.0.0.1:{port}/zalo-oa",
            webhook_key=SecretStr(KEYS["webhook_key"]),
            base_url=f"{messenger.url}/zalo-oa/api",
            oauth_url=f"{messenger.url}/zalo-oa/oauth",
        ),
        web=Web(port=port),
        clock_url=AnyHttpUrl(messenger.url),
    )


@asynccontextmanager
async def open_zalo_oa_journey(database_url: str, folder: Path, *, oa_type: int = 2) -> AsyncIterator[Journey]:
    messenger = await sandbox.server.start()
    messenger.cloud.clock.offset = MONDAY.timestamp() - time.time()
    port = free_port()
    account = KEYS | {"oa_type": oa_type, "webhook_url": f"http://127.0.0.1:{port}/zalo-oa"}
    bot = {"platform": "zalo_oa", "token": TOKEN, "name": "Trực Ban", "username": BOT, "account": account}
    try:
        async with aiohttp.ClientSession(messenger.url, raise_for_status=True) as http:
            await http.post("/human/world", json={"bots": [bot]})
            async with open_house(settings_of(database_url, folder, messenger, port)) as house:
                move_in = partial(settle_in, platform="zalo_oa", address=lambda number: ON_THE_WIRE[number])
                cast = await house.database.run(move_in, house.clock.now())
                members = {key: getattr(cast, key) for key in EVERYBODY}
                people = [
                    {"id": NUMBERS[key], "first_name": each.name, "started": [BOT]} for key, each in members.items()
                ]
                chats = [
                    {
                        "platform": "zalo_oa",
                        "id": ROOM_NUMBERS[key],
                        "title": called,
                        "creator": NUMBERS[sitting[0]],
                        "members": [NUMBERS[one] for one in sitting] + [BOT],
                    }
                    for key, (called, sitting) in ROOMS.items()
                ]
                people.append({"id": STRANGER, "first_name": "Người lạ"})
                await http.post("/human/world", json={"people": people, "chats": chats})
                journey = Journey(
                    http=http,
                    bot=BOT,
                    people={member.name: NUMBERS[key] for key, member in members.items()} | {"người lạ": STRANGER},
                    rooms={
                        called: Seat(NUMBERS[sitting[0]], str(ROOM_NUMBERS[key]))
                        for key, (called, sitting) in ROOMS.items()
                    },
                    backstage=HouseBackstage(house, messenger),
                    platform="zalo_oa",
                    house=house,
                    messenger=messenger,
                    cast=cast,
                )
                await journey.settle_down()
                yield journey
    finally:
        await messenger.stop()
