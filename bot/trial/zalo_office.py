"""An office of forty-five on Zalo's free plan, for its price: seven divisions, three groups (everybody, leaders, office)."""

from __future__ import annotations

import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import Connection

import sandbox.server
from bot.app import open_house
from bot.platform_settings import Zalo
from bot.settings import Settings, Web
from bot.trial.backstage import HouseBackstage
from bot.trial.stage import Seat, Stage
from sandbox.zalo.ids import group_id, user_id
from storage.record import add
from storage.records.accounts import accounts
from storage.records.chats import Audience, ChatState, chats
from storage.records.people import Role, people, posts
from storage.records.units import UnitKind, units

BOT_ID = 8801
TOKEN = f"{BOT_ID}:PRICE-OF-A-DAY"  # opens nothing but the sandbox
BOT = "@bot.trucban"
BOT_NAME = "Bot Trực Ban"
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
DIVISIONS = 7
DIRECTOR, DEPUTY, OFFICE = 1, 2, 3  # numbers of people
STAFF = 42  # of the divisions: six each
ROOMS = {
    "Toàn cơ quan": (-1, Audience.EVERYONE),
    "Nhóm Lãnh đạo": (-2, Audience.LEADERS),
    "Trực tổng hợp": (-3, Audience.OFFICE),
}


@dataclass(frozen=True, slots=True)
class Colleague:
    number: int
    name: str
    role: Role
    division: int | None  # none: the body itself


def everybody() -> list[Colleague]:
    """One who leads, a deputy, the office, and in each division a head, a focal point and four more."""
    top = [
        Colleague(DIRECTOR, "bà Nga", Role.LEADER, None),
        Colleague(DEPUTY, "ông Sơn", Role.LEADER, None),
        Colleague(OFFICE, "chị Hoa", Role.OFFICE, None),
    ]
    roles = (Role.HEAD_OF_UNIT, Role.FOCAL_POINT, *[Role.STAFF] * 4)
    return top + [Colleague(4 + n, f"anh Số{4 + n}", roles[n // DIVISIONS], n % DIVISIONS + 1) for n in range(STAFF)]


def focal_point(division: int) -> str:
    return next(one.name for one in everybody() if one.division == division and one.role is Role.FOCAL_POINT)


def move_in(tx: Connection, now: datetime) -> None:
    body = _unit(tx, "SO", "Sở Công Thương", UnitKind.ORGANIZATION, None)
    divisions = {n: _unit(tx, f"P{n}", f"Phòng {n}", UnitKind.DIVISION, body) for n in range(1, DIVISIONS + 1)}
    for one in everybody():
        honorific, given = one.name.split()
        person = add(
            tx, people, staff_code=f"CB{one.number:02}", full_name=f"Trần {given}", sort_key=f"{one.number:03}",
            honorific=honorific, join_code=f"USED{one.number}", joined_at=now, is_active=True,
        )  # fmt: skip
        unit = body if one.division is None else divisions[one.division]
        add(tx, posts, person_id=person, unit_id=unit, role=one.role, title="Cán bộ", valid_from=LONG_AGO)
        address = user_id(BOT_ID, one.number)
        add(
            tx, accounts, platform="zalo", external_id=address, person_id=person, private_chat_id=address,
            is_reachable=True, linked_at=now,
        )  # fmt: skip
    for title, (number, audience) in ROOMS.items():
        add(
            tx, chats, platform="zalo", external_id=group_id(number), title=title, audience=audience,
            state=ChatState.ACTIVE, bound_at=now,
        )  # fmt: skip


def _unit(tx: Connection, code: str, name: str, kind: UnitKind, parent: int | None) -> int:
    return add(tx, units, code=code, name=name, short_name=name, kind=kind, parent_id=parent, valid_from=LONG_AGO)


def _settings(database_url: str, folder: Path, messenger: sandbox.server.Sandbox) -> Settings:
    """By webhook: what the messenger has handed over is taken in, so it can be seen when nothing is under way."""
    port = _free_port()
    return Settings(  # type: ignore[call-arg]  # the plugin of pydantic would know `_env_file`
        _env_file=None,
        database_url=database_url,
        data_folder=folder,
        zalo=Zalo(
            token=SecretStr(TOKEN),
            base_url=f"{messenger.url}/zalo",
            bot_name=BOT_NAME,
            webhook_url=f"http://127.0.0.1:{port}",
        ),
        web=Web(port=port),
        clock_url=AnyHttpUrl(messenger.url),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def open_zalo_office(database_url: str, folder: Path) -> AsyncIterator[Stage]:
    """A messenger and a house of its own, on a Monday morning at eight."""
    messenger = await sandbox.server.start()
    messenger.cloud.clock.offset = MONDAY.timestamp() - time.time()
    try:
        async with aiohttp.ClientSession(messenger.url, raise_for_status=True) as http:
            bot = {"platform": "zalo", "token": TOKEN, "name": BOT_NAME, "username": BOT}
            await http.post("/human/world", json={"bots": [bot]} | _world())
            async with open_house(_settings(database_url, folder, messenger)) as house:
                await house.database.run(move_in, house.clock.now())
                stage = Stage(
                    http=http,
                    bot=BOT,
                    people={one.name: one.number for one in everybody()},
                    rooms={
                        title: Seat(_somebody_in(audience), str(number)) for title, (number, audience) in ROOMS.items()
                    },
                    backstage=HouseBackstage(house, messenger),
                    platform="zalo",
                    by_words=True,
                )
                await stage.settle_down()
                yield stage
    finally:
        await messenger.stop()


def _somebody_in(audience: Audience) -> int:
    return OFFICE if audience is Audience.OFFICE else DIRECTOR


def _world() -> dict[str, Any]:
    sitting = {
        Audience.EVERYONE: [one.number for one in everybody()],
        Audience.LEADERS: [DIRECTOR, DEPUTY],
        Audience.OFFICE: [OFFICE],
    }
    return {
        "people": [{"id": one.number, "first_name": one.name, "started": [BOT]} for one in everybody()],
        "chats": [
            {
                "platform": "zalo",
                "id": number,
                "title": title,
                "creator": _somebody_in(audience),
                "members": [*sitting[audience], BOT],
            }
            for title, (number, audience) in ROOMS.items()
        ],
    }
