"""The trial: the messenger, the ready-made office and the bot in one process, going on where it stopped."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from pydantic import SecretStr
from sqlalchemy import Connection

import sandbox.server
from bot.app import open_house
from bot.clock import Clock, ask_once
from bot.house import House
from bot.platform_settings import Email, Sms, Zalo, ZaloOa
from bot.settings import Settings
from bot.start.why_not import CannotStartError
from bot.trial.moving_in import move_in
from bot.trial.organization import found_organization
from bot.trial.world import BOT_TOKEN, ZALO_NAME, ZALO_TOKEN, build_world
from handlers.days.working_days import is_working_day, next_working_day
from handlers.local_time import VIETNAM, at, local_day
from sandbox.refusal import Refusal
from storage.database import Database
from storage.records.people import people
from storage.records.schedules import exceptional_days
from storage.schema import bring_up_to_date

MORNING = "07:15"


@dataclass(frozen=True, slots=True)
class Trial:
    house: House
    messenger: sandbox.server.Sandbox


async def run_trial(settings: Settings) -> int:
    """Until Ctrl-C."""
    async with open_trial(settings) as trial:
        _say_where_to_click(trial)
        await asyncio.Event().wait()
    return 0


@contextlib.asynccontextmanager
async def open_trial(settings: Settings) -> AsyncIterator[Trial]:
    """The messenger with its world first, then the house, then everybody moves in. Nothing goes out to the real world."""
    settings = apart(settings)
    folder = settings.data_folder
    folder.mkdir(parents=True, exist_ok=True)
    try:
        messenger = await sandbox.server.start(port=settings.trial_port, state_file=folder / "messenger.json")
    except Refusal as refusal:
        raise CannotStartError(f"{refusal} Có lẽ một bản chạy thử khác đang mở: xin tắt nó trước.") from None
    try:
        await _prepare(settings, messenger)
        async with open_house(_only_to(messenger, settings)) as house:
            await move_in(house.database, messenger.url, house.clock.now)
            yield Trial(house, messenger)
    finally:
        await messenger.stop()


def _only_to(messenger: sandbox.server.Sandbox, settings: Settings) -> Settings:
    """The same house, with the messenger in place of every platform and of the clock."""
    telegram = {"token": SecretStr(BOT_TOKEN), "base_url": messenger.url}
    return settings.model_copy(
        update={
            "telegram": settings.telegram.model_copy(update=telegram),
            "zalo": Zalo(token=SecretStr(ZALO_TOKEN), base_url=f"{messenger.url}/zalo", bot_name=ZALO_NAME),
            "zalo_oa": ZaloOa(),
            "email": Email(),
            "sms": Sms(),
            "clock_url": messenger.url,
        }
    )


def apart(settings: Settings) -> Settings:
    """The trial's invented people never stand in the database that the real office will use."""
    if "database_url" in settings.model_fields_set:
        return settings
    return settings.model_copy(update={"database_url": f"sqlite:///{settings.data_folder}/trial.sqlite3"})


async def _prepare(settings: Settings, messenger: sandbox.server.Sandbox) -> None:
    """An office in the database, the same people in the messenger, and its clock at a working morning."""
    database = Database(settings.sqlalchemy_url)
    clock = Clock()
    try:
        bring_up_to_date(database.engine)
        await ask_once(clock, messenger.url)
        is_first = not await database.read(
            lambda tx, _: bool(tx.execute(people.select().limit(1)).first()), clock.now()
        )
        async with aiohttp.ClientSession(messenger.url, raise_for_status=True) as human:
            if is_first:
                morning = await database.read(_next_morning, clock.now())
                await human.post("/clock", json={"to": morning.isoformat()})
                await ask_once(clock, messenger.url)
            await database.run(found_organization, clock.now())
            world = await database.read(lambda tx, now: build_world(tx, local_day(now)), clock.now())
            await human.post("/human/world", json=world)
    finally:
        database.close()


def _next_morning(tx: Connection, now: datetime) -> datetime:
    """07:15 of today if it is a working day and not later yet, else of the next working day."""
    exceptions = exceptional_days(tx)
    today = local_day(now)
    if is_working_day(today, exceptions) and now < at(today, MORNING):
        return at(today, MORNING)
    return at(next_working_day(today, exceptions), MORNING)


def _say_where_to_click(trial: Trial) -> None:
    now = trial.house.clock.now().astimezone(VIETNAM)
    sys.stdout.write(
        f"\n  Trực Ban đang chạy thử. Mở trang trò chuyện:  {trial.messenger.url}/\n"
        f"  Giờ của cơ quan: {now:%H:%M ngày %d/%m/%Y} (bấm “tới 16:00” trên trang để đi nhanh).\n"
        "  Thử: vào vai chị Hoa (Văn phòng), gõ /chidao; vào vai chị Lan, gõ “mai đi Đà Nẵng, thứ Sáu về”.\n"
        "  Nhóm của Phòng XNK và Trung tâm KC ở trên Zalo (có nhãn Zalo): vào vai anh Long, trả lời tin hỏi bằng một con số.\n"
        f"  Tình trạng: http://127.0.0.1:{trial.house.web_port}/readyz   ·   Dừng: Ctrl-C\n\n"
    )
    sys.stdout.flush()
