"""Bad days that the platform makes: a second poller, a revoked token, a day without a network, a clock that is wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

from aiohttp import web
from sqlalchemy import Connection, func, select

from storage.outbox import Outcome, parcels
from storage.records.chats import Audience
from storage.records.check_ins import check_ins
from storage.records.rounds import expectations, rounds
from storage.records.schedules import schedule_ticks
from storage.records.units import units
from tests.crash import office
from tests.crash.scene import Scene, hurrying, wire_id

SOON = 20.0  # seconds of the machine: what is told is told by then
WITHOUT_END = 1_000_000
FIRST_SMALL = -5_000


async def told(scene: Scene, sentence: str) -> None:
    """Until /readyz says so."""
    async with asyncio.timeout(SOON):
        while sentence not in await readiness(scene):  # noqa: ASYNC110 - another process's socket tells nobody
            await asyncio.sleep(0.02)


async def readiness(scene: Scene) -> str:
    async with scene.http.get(f"http://127.0.0.1:{scene.bot.port}/readyz") as answer:
        return await answer.text()


@asynccontextmanager
async def another_poller(scene: Scene) -> AsyncIterator[None]:
    """A second program with our token: it asks, and confirms nothing."""

    async def poll() -> None:
        while True:
            async with scene.http.post(f"/bot{scene.wire.token}/getUpdates", json={"timeout": 5}) as answer:
                await answer.read()
            await asyncio.sleep(0.05)

    task = asyncio.create_task(poll())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def take_token_away(scene: Scene) -> str:
    """Returns the new one."""
    async with scene.http.post("/revoke", json={"bot": scene.wire.bot}) as answer:
        return str((await answer.json())["token"])


async def fault(scene: Scene, kind: str, *, times: int = WITHOUT_END, **wish: Any) -> None:
    async with scene.http.post("/faults", json={"kind": kind, "times": times, **wish}) as answer:
        answer.raise_for_status()


async def no_more_faults(scene: Scene) -> None:
    async with scene.http.delete("/faults") as answer:
        answer.raise_for_status()


async def start_anew(scene: Scene, **settings: str) -> None:
    """The bot is stopped gently and comes back with these settings changed."""
    if scene.bot.is_running and await scene.bot.stop() != 0:
        raise AssertionError("the bot did not stop gently")
    scene.bot.change(settings)
    await scene.bot.start()
    await scene.wait_until_ready()


async def pass_to(scene: Scene, moment: str, *, due: int = 0) -> None:
    """The office's time goes on, and whoever runs has a moment to notice; until it has done so much that falls due by then."""
    before = await scene.database.read(lambda tx, _: _ticks(tx), scene.now)
    await scene.move_clock(moment)
    if not scene.bot.is_running:
        return
    await asyncio.sleep(0.1)
    async with asyncio.timeout(SOON):
        while await scene.database.read(lambda tx, _: _is_busy(tx, before + due), scene.now):  # noqa: ASYNC110 - the process tells nobody
            await asyncio.sleep(0.02)


def _is_busy(tx: Connection, ticks: int) -> bool:
    """What is under way leaves in the time in which it began, also on a machine with much other work."""
    under_way = select(func.count()).where(parcels.c.state == Outcome.SENDING)
    return _ticks(tx) < ticks or bool(tx.execute(under_way).scalar_one())


def _ticks(tx: Connection) -> int:
    return tx.execute(select(func.count()).select_from(schedule_ticks)).scalar_one()


async def seen_since(scene: Scene, seq: int) -> dict[str, list[str]]:
    """What the bot has said in each room of a unit, and to each head, later than that."""
    found = {}
    for place in [*office.talking_places(), *_rooms_of_units()]:
        shown = await scene.ask("/human/messages", **{"as": place.person, "room": place.room, "limit": 1000})
        fresh = [each for each in shown if each["seq"] > seq and each["from"].get("is_bot")]
        found[place.chat] = [each.get("text", "") for each in fresh if wire_id(each)]
    return found


async def said_in(scene: Scene, room: int, *, since: int) -> list[str]:
    """What the bot has said in a room where chị Hoa sits, later than that."""
    shown = await scene.ask("/human/messages", **{"as": office.HOA, "room": str(room), "limit": 1000})
    return [each.get("text", "") for each in shown if each["seq"] > since and each["from"].get("is_bot")]


def _rooms_of_units() -> list[office.Place]:
    return [
        office.Place(office.HOA, str(office.FIRST_ROOM - n), str(office.FIRST_ROOM - n)) for n in range(office.UNITS)
    ]


async def latest(scene: Scene) -> int:
    """The number of the last change in the world."""
    shown = await scene.ask("/human/messages", **{"as": office.HOA, "room": str(office.OFFICE_ROOM), "limit": 1000})
    return max((each["seq"] for each in shown), default=0)


def states_in(tx: Connection) -> dict[str, str]:
    """How each unit stands in the first round of visitors."""
    first = select(rounds.c.id).where(rounds.c.kind == "visitor_count").order_by(rounds.c.id).limit(1).scalar_subquery()
    found = select(units.c.code, expectations.c.state).join(units, units.c.id == expectations.c.unit_id)
    return {row.code: row.state for row in tx.execute(found.where(expectations.c.round_id == first))}


def days_reported(tx: Connection, _now: datetime) -> set[date]:
    return set(tx.execute(select(check_ins.c.day)).scalars())


async def found_small_rooms(scene: Scene, how_many: int) -> list[int]:
    """Groups that are no supergroups yet, tied for everybody; returns their numbers."""
    numbers = [FIRST_SMALL - number for number in range(how_many)]
    shape = {"type": "group", "members": [office.HOA], "administrators": [scene.wire.bot]}
    world = {"chats": [shape | {"id": number, "title": f"Nhóm {number}"} for number in numbers]}
    async with scene.http.post("/human/world", json=world) as answer:
        answer.raise_for_status()

    def tie(tx: Connection, now: datetime) -> None:
        for number in numbers:
            office.tie(tx, scene.wire, number, Audience.EVERYONE, None, now)

    await scene.database.run(tie, scene.now)
    return numbers


async def upgrade(scene: Scene, room: int) -> int:
    """The group becomes a supergroup; returns its new number."""
    async with scene.http.post("/human/upgrade", json={"as": office.HOA, "room": str(room)}) as answer:
        answer.raise_for_status()
        return int((await answer.json())["room"])


@asynccontextmanager
async def wrong_clock(scene: Scene, seconds: float) -> AsyncIterator[str]:
    """The address of a clock that goes wrong by so much, for the bot alone."""

    async def tell(request: web.Request) -> web.Response:
        query = dict(request.query)
        async with scene.http.get("/clock", params=query) as answer:
            shape = await answer.json()
        return web.json_response(shape | {"offset": shape["offset"] + seconds})

    application = web.Application()
    application.router.add_get("/clock", tell)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def talk_by_a_wrong_clock(scene: Scene, *, seconds: float) -> None:
    """The bot's machine is so far ahead (or behind) while people talk, until all is answered."""
    async with wrong_clock(scene, seconds) as address:
        scene.bot.change({"CLOCK_URL": address})
        await scene.bot.start()
        await scene.wait_until_ready()
        async with hurrying(scene):
            await scene.talk(8, pause=0.02)
            await scene.come_to_rest()
