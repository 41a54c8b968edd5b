"""A messenger, an office in a database, and a bot that is killed again and again while people talk to it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import Connection, func, select

from handlers.days.calendar import seed_calendar
from handlers.days.working_days import next_working_day
from handlers.local_time import at, local_day
from sandbox import server
from scheduler.calendar_rows import seed_schedules
from storage.database import Database
from storage.outbox import OPEN, Outcome, parcels
from storage.records.schedules import exceptional_days
from storage.schema import bring_up_to_date
from tests.crash import office
from tests.crash.process import BotProcess, free_port
from tests.crash.wires import TELEGRAM, Wire

HURRY = 0.02  # seconds of the machine in which the office's clock goes a second further
STUCK = 60.0
LAST_LOOKS = 10


@dataclass(frozen=True, slots=True)
class Said:
    """A message that the messenger took: from here on it must not be lost."""

    place: office.Place
    message_id: str
    text: str


@dataclass
class Scene:
    messenger: server.Sandbox
    http: aiohttp.ClientSession
    database: Database
    bot: BotProcess
    rooms: int
    wire: Wire
    dice: random.Random
    said: list[Said] = field(default_factory=list)
    may_lose: int = 0  # lines, where the messenger hands each out only once
    older: set[str] = field(default_factory=set)  # chats whose records were there before
    has_two_days: bool = False  # midnight passed while people talked: the last word of each day stands

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.messenger.cloud.clock.now(), UTC)

    def calls(self) -> int:
        """How many calls of the Bot API the messenger has seen."""
        seen = self.messenger.cloud.calls.since(0, None)
        return int(seen[-1]["n"]) if seen else 0

    async def ask(self, path: str, **parameters: Any) -> Any:
        async with self.http.get(path, params=parameters) as answer:
            return await answer.json()

    async def move_clock(self, to: str) -> None:
        async with self.http.post("/clock", json={"to": to}) as answer:
            answer.raise_for_status()

    async def say(self, place: office.Place, text: str) -> None:
        body = {"as": place.person, "room": place.room, "text": text, "mention": True}
        async with self.http.post("/human/say", json=body) as answer:
            answer.raise_for_status()
            message = await answer.json()
        self.said.append(Said(place, wire_id(message), text))

    async def talk(self, messages: int, *, pause: float, first: int = 0) -> None:
        """Heads of units correct their count again and again, each in his own place."""
        places = office.talking_places(wire=self.wire)
        for number in range(first, first + messages):
            await self.say(places[number % len(places)], f"{number + 1} lượt khách")
            await asyncio.sleep(pause)

    async def kill_at_random(self, times: int, *, within_calls: int) -> None:
        """Let it come to a random point of its work and kill it, so many times; at the end it runs."""
        for _ in range(times):
            await self._have_it_run()
            await self._reach_a_random_point(within_calls)
            self.bot.must_run()
            await self.bot.kill()
        await self._have_it_run()

    async def _have_it_run(self) -> None:
        if not self.bot.is_running:
            await self.bot.start()

    async def _reach_a_random_point(self, within_calls: int) -> None:
        """Mostly so many calls after the start, to the millisecond; now and then while it still starts."""
        if self.dice.random() < 0.15:
            await asyncio.sleep(self.dice.uniform(0.05, 0.6))
            return
        wanted = self.calls() + self.dice.randint(2, within_calls)
        try:
            async with asyncio.timeout(4):
                while self.calls() < wanted:  # noqa: ASYNC110 - the process tells nobody how far it is
                    await asyncio.sleep(0.001)
        except TimeoutError:
            return
        await asyncio.sleep(self.dice.uniform(0, 0.02))

    async def hurry(self) -> None:
        """The office's time runs fast, so that limits and pauses pass; until cancelled."""
        while True:
            await asyncio.sleep(HURRY)
            self.messenger.cloud.clock.advance(1.0)

    async def come_to_rest(
        self, has_happened: Callable[[Connection], bool] = lambda _: True, *, within: float = STUCK
    ) -> None:
        """Until nothing waits to be taken in or sent, and what must happen has happened."""
        async with asyncio.timeout(within):
            quiet = 0
            while quiet < 3:
                await asyncio.sleep(0.05)
                cloud = self.messenger.cloud
                is_taken_in = not any(post.queue.pending for post in cloud.posts.values())
                is_taken_in &= all(side.is_empty for side in cloud.sides.values())
                is_sent = await self.database.read(lambda tx, _: _is_all_sent(tx) and has_happened(tx), self.now)
                quiet = quiet + 1 if is_taken_in and is_sent else 0

    async def finish(self) -> None:
        """Let it do all that is left, then stop it gently; what the clock made due in that very moment is done anew."""
        for _ in range(LAST_LOOKS):
            async with hurrying(self):
                await self.wait_until_ready()
                await self.come_to_rest()
            await self.come_to_rest()
            if (ended := await self.bot.stop()) != 0:
                raise AssertionError(f"the bot ended with {ended}:\n{self.bot.log()[-3000:]}")
            if held := await self.database.read(lambda tx, _: _held(tx), self.now):
                raise AssertionError(f"the bot has left and holds: {held}")
            if await self.database.read(lambda tx, _: _is_all_sent(tx), self.now):
                return
            await self.bot.start()
        raise AssertionError("it comes to no end")

    async def wait_until_ready(self) -> None:
        async with asyncio.timeout(STUCK):
            while not await is_ready(self.http, self.bot):  # noqa: ASYNC110 - another process's socket tells nobody
                await asyncio.sleep(0.05)


def wire_id(message: dict[str, Any]) -> str:
    """A message's id as the bot knows it."""
    return str(message.get("wire_id") or message["message_id"])


def _is_all_sent(tx: Connection) -> bool:
    return not tx.execute(select(func.count()).select_from(parcels).where(parcels.c.state.in_(OPEN))).scalar_one()


def _held(tx: Connection) -> list[str]:
    """What a deliverer that left gently must not keep: leased, or begun without an outcome."""
    held = parcels.c.state.in_((Outcome.LEASED, Outcome.SENDING))
    return [f"{row.key} {row.state}" for row in tx.execute(select(parcels.c.key, parcels.c.state).where(held))]


async def is_ready(http: aiohttp.ClientSession, bot: BotProcess) -> bool:
    bot.must_run()
    try:
        async with http.get(f"http://127.0.0.1:{bot.port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


@asynccontextmanager
async def hurrying(scene: Scene) -> AsyncIterator[None]:
    task = asyncio.create_task(scene.hurry())
    try:
        yield
    finally:
        task.cancel()


@asynccontextmanager
async def open_scene(
    folder: Path, database_url: str, *, seed: int, rooms: int = 0, webhook: bool = False, wire: Wire = TELEGRAM
) -> AsyncIterator[Scene]:
    """Everything but the bot runs; on a working morning at eight."""
    messenger = await server.start(world=office.world(rooms, wire=wire))
    database = Database(database_url)
    port = free_port()
    bot = BotProcess(folder, bot_settings(messenger.url, database_url, port, webhook=webhook, wire=wire))
    try:
        await asyncio.to_thread(bring_up_to_date, database.engine)
        await _begin_in_the_morning(messenger, database, rooms, wire)
        async with aiohttp.ClientSession(messenger.url) as http:
            if wire.is_called_from_the_console:
                address = {"bot": wire.bot, "webhook_url": webhook_url(wire, port), "is_subscribed": True}
                await http.post("/zalo/account", json=address, raise_for_status=True)
            yield Scene(messenger, http, database, bot, rooms, wire, random.Random(seed))
    finally:
        if bot.is_running:
            await bot.kill()
        database.close()
        await messenger.stop()


def bot_settings(
    messenger_url: str, database_url: str, port: int, *, webhook: bool = False, wire: Wire = TELEGRAM
) -> dict[str, str]:
    settings = wire.settings(messenger_url) | {
        "CLOCK_URL": messenger_url,
        "DATABASE_URL": database_url.replace("postgresql+psycopg", "postgresql"),
        "WEB__PORT": str(port),
        "LOG_LEVEL": "warning",
    }
    if webhook:
        settings[f"{wire.platform.upper()}__WEBHOOK_URL"] = webhook_url(wire, port)
    return settings


def webhook_url(wire: Wire, port: int) -> str:
    return f"http://127.0.0.1:{port}/{wire.platform}"


async def _begin_in_the_morning(messenger: server.Sandbox, database: Database, rooms: int, wire: Wire) -> None:
    now = datetime.fromtimestamp(messenger.cloud.clock.now(), UTC)
    await database.run(seed_calendar, now)
    day = next_working_day(local_day(now), await database.read(lambda tx, _: exceptional_days(tx), now))
    messenger.cloud.clock.move_to(at(day, "08:00"))
    await database.run(seed_schedules, at(day, "07:59"))
    await database.run(partial(office.settle_in, rooms=rooms, wire=wire), at(day, "07:59"))
