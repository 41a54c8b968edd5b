"""A directive to many rooms against the bound that the limits set, and the alerts issued in the middle of it; beside others' ways."""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from pydantic import SecretStr
from sqlalchemy import Connection, func, select

from bot.app import House, open_house
from bot.platform_settings import Telegram
from bot.settings import Settings, Web
from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.outbox import OPEN, Outcome, parcels
from tests.benchmarks import stage
from tests.benchmarks.plain_broadcast import gathered, one_by_one
from tests.benchmarks.table import Row, seconds
from tests.crash import office

PER_SECOND = 30
ROUND_TRIP = 0.1
FEW, MANY = 150, 600
ALERTS = 8
LONGEST = 90.0
Peer = Callable[[str, Sequence[int], Sequence[tuple[float, int]]], Awaitable[None]]
PEERS: dict[Peer, str] = {gathered: "gathered and tried again", one_by_one: "aiogram's documented loop"}


@dataclass(frozen=True, slots=True)
class Broadcast:
    """`took`: from the first request's arrival to the last one's answer; `alerts`: from commit to arrival."""

    took: float
    alerts: list[float]
    refusals: int
    lost: int


async def run(folder: Path) -> list[Row]:
    rows: list[Row] = []
    for rooms, strict in ((FEW, False), (FEW, True), (MANY, False), (MANY, True)):
        name = f"{rooms}-{strict}"
        (folder / name).mkdir()
        rows += _told(rooms, await _broadcast(folder / name, rooms, strict=strict), strict=strict)
        for peer in (gathered, one_by_one) if rooms == FEW else (gathered,):
            done = await _by_others(folder / name, rooms, peer, strict=strict)
            rows += _told(rooms, done, strict=strict, whose=PEERS[peer])
    return rows


def _told(rooms: int, done: Broadcast, *, strict: bool, whose: str = "ours") -> list[Row]:
    how = "strict second" if strict else "lenient bucket"
    bound = _bound(rooms + ALERTS, strict=strict)
    alerts = f"{statistics.median(done.alerts):.2f} s, {max(done.alerts):.2f} s" if done.alerts else "none arrived"
    return [
        seconds(f"directive to {rooms} rooms, {how}, {whose}: to the bound by the limits", done.took, bound),
        Row("  refused (429) · lost", f"{done.refusals} · {done.lost}"),
        Row("  an alert in the middle: median, slowest", alerts),
    ]


def _bound(messages: int, *, strict: bool) -> float:
    """No way of sending is faster: thirty at once, then thirty a second (in whole seconds where the limit is strict)."""
    waiting = (messages - 1) // PER_SECOND if strict else (messages - PER_SECOND) / PER_SECOND
    return waiting + ROUND_TRIP


async def _broadcast(folder: Path, rooms: int, *, strict: bool) -> Broadcast:
    async with stage.messenger(folder, rooms=rooms) as api, aiohttp.ClientSession(api) as http:
        database_url = f"sqlite:///{folder / 'house.sqlite3'}"
        (await stage.prepare(database_url, api, rooms=rooms)).close()
        async with open_house(_settings(api, database_url)) as house:
            await _all_sent(house)
            before = len(await _calls(http))
            limits = {"enforced": True, "strict": strict, "round_trip": ROUND_TRIP}
            await http.post("/limits", json=limits)
            published = house.clock.now()
            await house.database.run(office.publish_to_everyone, published)
            bound = _bound(rooms, strict=strict)
            waits = [await _alert(house, http, n, pause=bound / (ALERTS + 1)) for n in range(ALERTS)]
            await _all_sent(house)
            calls = (await _calls(http))[before:]
            return Broadcast(_span(calls), waits, sum(call["error_code"] == 429 for call in calls), await _lost(house))


def _settings(api: str, database_url: str) -> Settings:
    telegram = Telegram(token=SecretStr(office.TOKEN), base_url=api)
    return Settings(telegram=telegram, database_url=database_url, clock_url=api, web=Web(port=0))


async def _alert(house: House, http: aiohttp.ClientSession, number: int, *, pause: float) -> float:
    """Seconds from its commit to its arrival at the messenger."""
    await asyncio.sleep(pause)
    chat = str(office.head(number))
    message = OutgoingMessage(platform="telegram", chat_id=chat, text=f"Có ca sốt số {number}")
    work = _putting(message)
    await house.database.run(work, house.clock.now())
    committed = datetime.now(UTC).timestamp() + house.clock.ahead
    async with asyncio.timeout(LONGEST):
        while True:
            arrived = [call["at"] for call in await _calls(http) if str(call["chat_id"]) == chat]
            if arrived:
                return max(0.0, arrived[-1] - committed)
            await asyncio.sleep(0.05)


def _putting(message: OutgoingMessage) -> Callable[[Connection, datetime], bool]:
    return lambda tx, now: outbox.put(tx, message, key=f"alert/{message.chat_id}", lane=Lane.ALERT, now=now)


async def _calls(http: aiohttp.ClientSession) -> list[dict[str, Any]]:
    async with http.get("/calls") as answer:
        seen: list[dict[str, Any]] = await answer.json()
    return [call for call in seen if call["method"] == "sendMessage"]


def _span(calls: list[dict[str, Any]]) -> float:
    arrivals = [call["at"] for call in calls]
    return max(arrivals) - min(arrivals) + ROUND_TRIP


async def _by_others(folder: Path, rooms: int, peer: Peer, *, strict: bool) -> Broadcast:
    """The same rooms, limits and alerts; an alert is issued when it is asked for."""
    async with stage.messenger(folder, rooms=rooms) as api, aiohttp.ClientSession(api) as http:
        limits = {"enforced": True, "strict": strict, "round_trip": ROUND_TRIP}
        await http.post("/limits", json=limits)
        pause = _bound(rooms, strict=strict) / (ALERTS + 1)
        wanted = [(pause * (n + 1), office.head(n)) for n in range(ALERTS)]
        began = datetime.now(UTC).timestamp()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await peer(api, [office.FIRST_OF_MANY - n for n in range(rooms)], wanted)
        calls = await _calls(http)
    arrived = {str(call["chat_id"]): call["at"] for call in calls if call["ok"]}
    alerts = [arrived[str(chat)] - began - after for after, chat in wanted if str(chat) in arrived]
    told = sum(str(office.FIRST_OF_MANY - n) in arrived for n in range(rooms))
    lost = rooms - told + ALERTS - len(alerts)
    return Broadcast(_span(calls), alerts, sum(call["error_code"] == 429 for call in calls), lost)


async def _all_sent(house: House) -> None:
    await _until(lambda: _none_open(house))


async def _none_open(house: House) -> bool:
    statement = select(func.count()).select_from(parcels).where(parcels.c.state.in_(OPEN))
    waiting: int = await house.database.read(lambda tx, _: tx.execute(statement).scalar_one(), house.clock.now())
    return waiting == 0


async def _lost(house: House) -> int:
    statement = select(func.count()).select_from(parcels).where(parcels.c.state != Outcome.SENT)
    return await house.database.read(lambda tx, _: tx.execute(statement).scalar_one(), house.clock.now())


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    end = time.monotonic() + LONGEST
    while not await holds():
        if time.monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.05)
