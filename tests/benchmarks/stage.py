"""What the benchmarks run on: a messenger in a process of its own, databases, and bots as processes."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import aiohttp

from handlers.check_ins import visitor_count
from handlers.days.calendar import seed_calendar
from handlers.days.working_days import next_working_day
from handlers.local_time import at, local_day
from handlers.rounds import open_round
from scheduler.calendar_rows import seed_schedules
from storage.database import Database
from storage.records.schedules import exceptional_days
from storage.schema import bring_up_to_date
from tests.crash import office
from tests.crash.process import LEFT_OUT, free_port

PATIENCE = 30.0


@asynccontextmanager
async def messenger(folder: Path, *, rooms: int = 0, units: int = office.UNITS, staff: int = 0) -> AsyncIterator[str]:
    """`python -m sandbox` with the office's world; yields its address."""
    world, port = folder / "world.json", free_port()
    world.write_text(json.dumps(office.world(rooms, units, staff=staff)))
    async with process("sandbox", "--port", str(port), "--world", str(world), folder=folder):
        url = f"http://127.0.0.1:{port}"
        await answers(f"{url}/clock")
        yield url


async def time_there(clock_url: str) -> int:
    """The messenger's clock, in seconds since 1970, as its messages are dated."""
    async with aiohttp.ClientSession() as http, http.get(f"{clock_url}/clock") as answer:
        return int(datetime.fromisoformat((await answer.json())["now"]).timestamp())


@asynccontextmanager
async def process(
    module: str, *arguments: str, folder: Path, settings: dict[str, str] | None = None
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m module …`, ended at the end."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(LEFT_OUT)}
    environment["PYTHONPATH"] = str(Path(__file__).parents[2])
    environment |= {f"TRUCBAN_{key}": value for key, value in (settings or {}).items()}
    with (folder / f"{module}.log").open("a") as log:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *arguments, cwd=folder, env=environment, stdout=log, stderr=log
        )
    try:
        yield running
    finally:
        running.terminate()
        await running.wait()


async def answers(url: str) -> None:
    """Until something answers there."""
    async with aiohttp.ClientSession() as http, asyncio.timeout(PATIENCE):
        while True:
            try:
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.02)


async def prepare(
    database_url: str, clock_url: str, *, rooms: int = 0, units: int = office.UNITS, staff: int = 0
) -> Database:
    """The office moved in on a working morning, with an open round of counts; the messenger's clock stands there."""
    database, morning = await settle(database_url, rooms=rooms, units=units, staff=staff)
    async with aiohttp.ClientSession() as http:  # refused where the clock stands there already
        await http.post(f"{clock_url}/clock", json={"to": morning.isoformat()})
    return database


async def settle(
    database_url: str, *, rooms: int = 0, units: int = office.UNITS, staff: int = 0
) -> tuple[Database, datetime]:
    """The same without a messenger; returns that morning."""
    database = Database(database_url)
    await asyncio.to_thread(bring_up_to_date, database.engine)
    now = datetime.now(UTC)
    await database.run(seed_calendar, now)
    day = next_working_day(local_day(now), await database.read(lambda tx, _: exceptional_days(tx), now))
    morning = at(day, "08:00")
    await database.run(seed_schedules, morning)
    await database.run(partial(office.settle_in, rooms=rooms, how_many=units, staff=staff), morning)
    await database.run(lambda tx, now: open_round(tx, visitor_count.KIND, day, now), morning)
    return database, morning
