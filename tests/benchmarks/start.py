"""From `python -m bot` to the first answered message, and the memory it then takes; beside a plain bot."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

import aiohttp

from tests.benchmarks import stage
from tests.benchmarks.table import Row, seconds
from tests.crash import office
from tests.crash.process import free_port, resident_megabytes
from tests.crash.scene import bot_settings

ROUNDS = 3
LONGEST = 30.0


async def run(folder: Path) -> list[Row]:
    ours: list[tuple[float, float]] = []
    peer: list[tuple[float, float]] = []
    async with stage.messenger(folder) as api, aiohttp.ClientSession(api) as http:
        database_url = f"sqlite:///{folder / 'house.sqlite3'}"
        (await stage.prepare(database_url, api)).close()
        for _ in range(ROUNDS):
            settings = bot_settings(api, database_url, free_port())
            ours.append(await _first_answer(http, folder, "bot", settings=settings))
            arguments = (api, f"sqlite+aiosqlite:///{folder / 'peer.sqlite3'}", "0")
            peer.append(await _first_answer(http, folder, "tests.benchmarks.plain_bot", *arguments))
    memory = [statistics.median(megabytes for _, megabytes in each) for each in (ours, peer)]
    return [
        seconds("start to first answered message", *(statistics.median(s for s, _ in each) for each in (ours, peer))),
        Row("resident memory then", f"{memory[0]:.0f} MB", f"{memory[1]:.0f} MB", f"{memory[0] / memory[1]:.2f} ×"),
    ]


async def _first_answer(
    http: aiohttp.ClientSession, folder: Path, module: str, *arguments: str, settings: dict[str, str] | None = None
) -> tuple[float, float]:
    """Something was said before it starts; returns the seconds to the answer, and the megabytes then."""
    seen = await _last_call(http)
    await http.post("/human/say", json={"as": office.head(0), "room": office.BOT, "text": "trợ giúp"})
    began = time.perf_counter()
    async with stage.process(module, *arguments, folder=folder, settings=settings) as running:
        async with asyncio.timeout(LONGEST):
            while not await _has_answered(http, seen):  # noqa: ASYNC110 - another process tells nobody
                await asyncio.sleep(0.01)
        took = time.perf_counter() - began
        return took, resident_megabytes(running.pid)


async def _last_call(http: aiohttp.ClientSession) -> int:
    async with http.get("/calls") as answer:
        calls = await answer.json()
    return int(calls[-1]["n"]) if calls else 0


async def _has_answered(http: aiohttp.ClientSession, since: int) -> bool:
    async with http.get("/calls", params={"after": since}) as answer:
        calls = await answer.json()
    return any(call["method"] == "sendMessage" and str(call["chat_id"]) == str(office.head(0)) for call in calls)
