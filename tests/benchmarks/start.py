"""From `python -m bot` to the first answered message, what it then holds and has spent; beside a plain bot.

Twice: with a small office, and with 100,000 people and 10,000 rooms in the database, which must make no difference.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from tests.benchmarks import stage
from tests.benchmarks.crowd import settle_crowd
from tests.benchmarks.table import Row, megabytes, seconds
from tests.crash import office
from tests.crash.process import free_port, resident_megabytes
from tests.crash.scene import bot_settings

ROUNDS = 5
LONGEST = 30.0
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds by the clock, seconds of the processor, megabytes."""

    took: float
    worked: float
    held: float


async def run(folder: Path) -> list[Row]:
    async with stage.messenger(folder) as api, aiohttp.ClientSession(api) as http:
        small, large = (f"sqlite:///{folder / name}.sqlite3" for name in ("small", "large"))
        (await stage.prepare(small, api)).close()
        await _prepare_crowd(large, api)
        starts: dict[str, list[Start]] = {"small": [], "large": [], "peer": []}
        for _ in range(ROUNDS):
            for name, url in (("small", small), ("large", large)):
                settings = bot_settings(api, url, free_port())
                starts[name].append(await _first_answer(http, folder, "bot", settings=settings))
            arguments = (api, f"sqlite+aiosqlite:///{folder / 'peer.sqlite3'}", "0")
            starts["peer"].append(await _first_answer(http, folder, "tests.benchmarks.plain_bot", *arguments))
    ours, crowded, peer = (_median(each) for each in starts.values())
    return [
        seconds("start to first answered message", ours.took, peer.took),
        seconds("  with 100,000 people and 10,000 rooms", crowded.took, peer.took),
        seconds("  of that, time of the processor", crowded.worked, peer.worked),
        megabytes("resident memory then", ours.held, peer.held),
        megabytes("  with 100,000 people and 10,000 rooms", crowded.held, peer.held),
    ]


async def _prepare_crowd(database_url: str, clock_url: str) -> None:
    database = await stage.prepare(database_url, clock_url)
    await database.run(settle_crowd, datetime.now(UTC))
    database.close()


def _median(starts: list[Start]) -> Start:
    columns = ("took", "worked", "held")
    return Start(*(statistics.median(getattr(each, column) for each in starts) for column in columns))


async def _first_answer(
    http: aiohttp.ClientSession, folder: Path, module: str, *arguments: str, settings: dict[str, str] | None = None
) -> Start:
    """Something was said before it starts."""
    seen = await _last_call(http)
    await http.post("/human/say", json={"as": office.head(0), "room": office.BOT, "text": "trợ giúp"})
    began = time.perf_counter()
    async with stage.process(module, *arguments, folder=folder, settings=settings) as running:
        async with asyncio.timeout(LONGEST):
            while not await _has_answered(http, seen):  # noqa: ASYNC110 - another process tells nobody
                await asyncio.sleep(0.01)
        return Start(time.perf_counter() - began, _worked(running.pid), resident_megabytes(running.pid))


def _worked(pid: int) -> float:
    """Seconds that all its threads have had of the processor."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


async def _last_call(http: aiohttp.ClientSession) -> int:
    async with http.get("/calls") as answer:
        calls = await answer.json()
    return int(calls[-1]["n"]) if calls else 0


async def _has_answered(http: aiohttp.ClientSession, since: int) -> bool:
    async with http.get("/calls", params={"after": since}) as answer:
        calls = await answer.json()
    return any(call["method"] == "sendMessage" and str(call["chat_id"]) == str(office.head(0)) for call in calls)
