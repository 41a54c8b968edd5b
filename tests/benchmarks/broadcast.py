"""A directive to many rooms against the bound that the limits set, and the alerts issued in the middle of it; beside others' ways."""

from __future__ import annotations

import asyncio
import contextlib
import math
import random
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

from bot.app import open_house
from bot.house import House
from bot.platform_settings import Telegram
from bot.settings import Settings, Web
from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.outbox import OPEN, Outcome, parcels
from tests.benchmarks import stage
from tests.benchmarks.plain_broadcast import gathered, one_by_one, paced
from tests.benchmarks.table import Row, seconds
from tests.crash import office

PER_SECOND = 30
ROUND_TRIP = 0.1
LONGEST = 120.0
QUIET = 2.0  # seconds without a message: no window holds one of before, every room has been greeted
Peer = Callable[[str, Sequence[int], Sequence[tuple[float, int]]], Awaitable[None]]
PEERS: dict[Peer, str] = {
    paced: "AIORateLimiter",
    gathered: "gathered and tried again",
    one_by_one: "aiogram's documented loop",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A directive to so many rooms, or so many people in private, and alerts at any moment of it."""

    rooms: int = 0
    people: int = 0
    alerts: int = 8
    strict: bool
    peers: tuple[Peer, ...] = (paced, gathered)

    @property
    def name(self) -> str:
        to = f"{self.rooms} rooms" if self.rooms else f"{self.people} private chats"
        return f"directive to {to}, {'strict second' if self.strict else 'lenient bucket'}"

    @property
    def chats(self) -> list[int]:
        rooms = [office.FIRST_OF_MANY - n for n in range(self.rooms)]
        return rooms + [office.FIRST_OF_STAFF + n for n in range(self.people)]

    @property
    def bound(self) -> float:
        """No way of sending is faster: thirty at once, then thirty a second (in whole seconds where the limit is strict)."""
        messages = len(self.chats) + self.alerts
        waiting = (messages - 1) // PER_SECOND if self.strict else (messages - PER_SECOND) / PER_SECOND
        return waiting + ROUND_TRIP

    @property
    def wanted(self) -> list[tuple[float, int]]:
        """When an alert is issued, in seconds after the directive, and to which chat; the same in every run."""
        chance = random.Random(len(self.chats))
        moments = sorted(chance.uniform(0.0, 0.95) * self.bound for _ in range(self.alerts))
        return [(after, office.head(n)) for n, after in enumerate(moments)]


SCENES = (
    Scene(rooms=150, strict=True, peers=(paced, gathered, one_by_one)),
    Scene(rooms=600, strict=False),
    Scene(rooms=600, strict=True),
    Scene(people=1_000, strict=False, alerts=100),
    Scene(people=1_000, strict=True, alerts=100),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """`took`: from the first request's arrival to the last one's answer; `alerts`: from commit to arrival.

    `began`: from the commit to the first arrival, where somebody commits.
    """

    took: float
    alerts: list[float]
    refusals: int
    lost: int
    began: float | None = None


async def run(folder: Path) -> list[Row]:
    rows: list[Row] = []
    for number, scene in enumerate(SCENES):
        place = folder / str(number)
        place.mkdir()
        rows += _told(scene, await _broadcast(place, scene))
        for peer in scene.peers:
            rows += _told(scene, await _by_others(place, scene, peer), whose=PEERS[peer])
    return rows


def _told(scene: Scene, done: Broadcast, *, whose: str = "ours") -> list[Row]:
    rows = [
        seconds(f"{scene.name}, {whose}: to the bound by the limits", done.took, scene.bound),
        Row("  refused (429) · lost", f"{done.refusals} · {done.lost}"),
    ]
    if done.began is not None:
        rows.append(Row("  from the commit to the first arrival", f"{done.began:.2f} s"))
    if not done.alerts:
        return [*rows, Row("  an alert in the middle", "none arrived")]
    in_order = sorted(done.alerts)
    figures = [statistics.median(in_order), in_order[math.ceil(0.99 * len(in_order)) - 1], in_order[-1]]
    return [*rows, Row("  an alert in the middle: median, p99, slowest", ", ".join(f"{one:.2f} s" for one in figures))]


async def _broadcast(folder: Path, scene: Scene) -> Broadcast:
    size = {"rooms": scene.rooms, "staff": scene.people, "units": max(office.UNITS, scene.alerts)}
    async with stage.messenger(folder, **size) as api, aiohttp.ClientSession(api) as http:
        database_url = f"sqlite:///{folder / 'house.sqlite3'}"
        (await stage.prepare(database_url, api, **size)).close()
        await _limit(http, scene, enforced=False)
        async with open_house(_settings(api, database_url)) as house:
            await _all_quiet(house)
            before = len(await _calls(http))
            await _limit(http, scene)
            publish = office.publish_to_staff if scene.people else office.publish_to_everyone
            await house.database.run(publish, house.clock.now())
            committed = _moment(house)
            issued = await asyncio.gather(*(_alert(house, after, chat) for after, chat in scene.wanted))
            await _all_sent(house)
            calls = (await _calls(http))[before:]
            waits = [_arrived(calls, chat) - moment for moment, chat in issued]
            began = min(call["at"] for call in calls) - committed
            return Broadcast(
                took=_span(calls), alerts=waits, refusals=_refused(calls), lost=await _lost(house), began=began
            )


async def _limit(http: aiohttp.ClientSession, scene: Scene, *, enforced: bool = True) -> None:
    await http.post("/limits", json={"enforced": enforced, "strict": scene.strict, "round_trip": ROUND_TRIP})


def _moment(house: House) -> float:
    """Now, as the messenger tells the time."""
    return datetime.now(UTC).timestamp() + house.clock.ahead


def _settings(api: str, database_url: str) -> Settings:
    telegram = Telegram(token=SecretStr(office.TOKEN), base_url=api)
    return Settings(telegram=telegram, database_url=database_url, clock_url=api, web=Web(port=0))


async def _alert(house: House, after: float, chat: int) -> tuple[float, int]:
    """Issue one; returns when it was committed."""
    await asyncio.sleep(after)
    message = OutgoingMessage(platform="telegram", chat_id=str(chat), text=f"Có ca sốt, báo cho {chat}")
    await house.database.run(_putting(message), house.clock.now())
    return _moment(house), chat


def _putting(message: OutgoingMessage) -> Callable[[Connection, datetime], bool]:
    return lambda tx, now: outbox.put(tx, message, key=f"alert/{message.chat_id}", lane=Lane.ALERT, now=now)


async def _calls(http: aiohttp.ClientSession) -> list[dict[str, Any]]:
    async with http.get("/calls") as answer:
        seen: list[dict[str, Any]] = await answer.json()
    return [call for call in seen if call["method"] == "sendMessage"]


def _span(calls: list[dict[str, Any]]) -> float:
    arrivals = [call["at"] for call in calls]
    return max(arrivals) - min(arrivals) + ROUND_TRIP


def _arrived(calls: list[dict[str, Any]], chat: int) -> float:
    return max(call["at"] for call in calls if call["ok"] and call["chat_id"] == chat)


def _refused(calls: list[dict[str, Any]]) -> int:
    return sum(call["error_code"] == 429 for call in calls)


async def _by_others(folder: Path, scene: Scene, peer: Peer) -> Broadcast:
    """The same chats, limits and alerts; an alert is issued when it is asked for."""
    size = {"rooms": scene.rooms, "staff": scene.people, "units": max(office.UNITS, scene.alerts)}
    async with stage.messenger(folder, **size) as api, aiohttp.ClientSession(api) as http:
        await _limit(http, scene)
        began = datetime.now(UTC).timestamp()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await peer(api, scene.chats, scene.wanted)
        calls = await _calls(http)
    arrived = {call["chat_id"]: call["at"] for call in calls if call["ok"]}
    alerts = [arrived[chat] - began - after for after, chat in scene.wanted if chat in arrived]
    lost = sum(chat not in arrived for chat in [*scene.chats, *(chat for _, chat in scene.wanted)])
    return Broadcast(took=_span(calls), alerts=alerts, refusals=_refused(calls), lost=lost)


async def _all_quiet(house: House) -> None:
    since = time.monotonic()
    while time.monotonic() - since < QUIET:
        if not await _none_open(house):
            since = time.monotonic()
        await asyncio.sleep(0.05)


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
