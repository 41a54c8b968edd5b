"""Updates a second through reception: webhook → record, expectation and answer committed → 200; beside a plain bot."""

from __future__ import annotations

import asyncio
import json
import os
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.benchmarks import stage
from tests.benchmarks.table import Row, rate, seconds
from tests.benchmarks.web_client import Measured, post_for
from tests.conftest import create_database
from tests.crash import office
from tests.crash.process import free_port
from tests.crash.scene import bot_settings
from tests.postgres import start_server

CONNECTIONS = 40
ROUNDS = 5
SECONDS = 3.0
SECRET = "benchmark"
HEADERS = f"Content-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"

NUMBERS = count(1_000)


async def run(folder: Path) -> list[Row]:
    async with stage.messenger(folder, units=CONNECTIONS) as api:
        rows = await _compare("SQLite, synchronous=FULL", folder, api, *_sqlite(folder))
        server = start_server(durable=True)
        try:
            for name in ("ours", "peer"):
                create_database(server, name)
            rows += await _compare("PostgreSQL, fsync on", folder, api, server.url("ours"), server.url("peer"))
            rows.append(await _compare_two(folder, api, server.url("ours")))
        finally:
            server.remove()
    return rows


def _sqlite(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder / 'ours.sqlite3'}", f"sqlite+aiosqlite:///{folder / 'peer.sqlite3'}"


async def _compare(title: str, folder: Path, api: str, ours_url: str, peer_url: str) -> list[Row]:
    """Rounds in turn, so that what else the machine does meets both."""
    (await stage.prepare(ours_url, api, units=CONNECTIONS)).close()
    said_at = await stage.time_there(api)
    async with _our_bot(folder, api, ours_url) as our_bot, _plain_bot(folder, api, peer_url) as their_bot:
        ours, peer = _Figures(our_bot, said_at), _Figures(their_bot, said_at)
        for _ in range(ROUNDS):
            await ours.take()
            await peer.take()
    return [
        rate(f"reception, {title}, {CONNECTIONS} connections", ours.per_second, peer.per_second),
        seconds("  slowest of a hundred", ours.worst_of_hundred, peer.worst_of_hundred),
        seconds("  processor time of the bot, a message", ours.processor_time, peer.processor_time),
        seconds("  one alone, median", ours.alone, peer.alone),
    ]


async def _compare_two(folder: Path, api: str, url: str) -> Row:
    """Two processes take the same connections; on a machine of two cores server and client want theirs too."""
    one: list[float] = []
    two: list[float] = []
    async with _our_bot(folder, api, url) as first, _our_bot(folder, api, url) as second:
        streams = _streams(CONNECTIONS, await stage.time_there(api))
        for _ in range(ROUNDS):
            one.append((await post_for(SECONDS, first.port, HEADERS, streams)).per_second)
            halves = [(first.port, streams[::2]), (second.port, streams[1::2])]
            taken = await asyncio.gather(*(post_for(SECONDS, port, HEADERS, half) for port, half in halves))
            two.append(sum(half.per_second for half in taken))
    return rate("  two receiving processes, beside one", statistics.median(two), statistics.median(one))


class _Figures:
    """What a bot does in each round, and the middle of it."""

    def __init__(self, bot: _Bot, said_at: int) -> None:
        self._bot = bot
        self._said_at = said_at
        self._together: list[Measured] = []
        self._alone: list[float] = []
        self._processor: list[float] = []

    async def take(self) -> None:
        before = _processor_time(self._bot.pid)
        measured = await post_for(SECONDS, self._bot.port, HEADERS, _streams(CONNECTIONS, self._said_at))
        self._processor.append((_processor_time(self._bot.pid) - before) / measured.how_many)
        self._together.append(measured)
        self._alone.append((await post_for(SECONDS / 4, self._bot.port, HEADERS, _streams(1, self._said_at))).median)

    @property
    def per_second(self) -> float:
        return statistics.median(one.per_second for one in self._together)

    @property
    def worst_of_hundred(self) -> float:
        return statistics.median(one.worst_of_hundred for one in self._together)

    @property
    def processor_time(self) -> float:
        return statistics.median(self._processor)

    @property
    def alone(self) -> float:
        return statistics.median(self._alone)


@dataclass(frozen=True, slots=True)
class _Bot:
    port: int
    pid: int


def _processor_time(pid: int) -> float:
    """Seconds that the process has had of a core so far."""
    numbers = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


@asynccontextmanager
async def _our_bot(folder: Path, api: str, database_url: str) -> AsyncIterator[_Bot]:
    port = free_port()
    settings = bot_settings(api, database_url, port, webhook=True)
    settings |= {"TELEGRAM__WEBHOOK_SECRET": SECRET, "ROLES": "receive,web"}
    async with stage.process("bot", folder=folder, settings=settings) as running:
        await stage.answers(f"http://127.0.0.1:{port}/readyz")
        yield _Bot(port, running.pid)


@asynccontextmanager
async def _plain_bot(folder: Path, api: str, database_url: str) -> AsyncIterator[_Bot]:
    port = free_port()
    arguments = (api, database_url, str(port))
    async with stage.process("tests.benchmarks.plain_bot", *arguments, folder=folder) as running:
        await stage.answers(f"http://127.0.0.1:{port}/readyz")
        yield _Bot(port, running.pid)


def _streams(how_many: int, said_at: int) -> list[Iterator[bytes]]:
    """Each head of unit answers, then corrects himself again and again: every update makes a record, and settles
    what the unit owes in the round that is open that day."""
    return [_updates(place, said_at) for place in office.talking_places(CONNECTIONS)[:how_many]]


def _updates(place: office.Place, said_at: int) -> Iterator[bytes]:
    for number in NUMBERS:
        yield json.dumps({"update_id": number, "message": _message(place, number, said_at)}).encode()


def _message(place: office.Place, number: int, said_at: int) -> dict[str, Any]:
    is_private = not place.chat.startswith("-")
    chat = {"id": int(place.chat), "type": "private" if is_private else "supergroup"}
    chat |= {"first_name": "Lan"} if is_private else {"title": "Phòng"}
    sender = {"id": place.person, "is_bot": False, "first_name": "Lan"}
    return {
        "message_id": number,
        "date": said_at,
        "chat": chat,
        "from": sender,
        "text": f"{number % 997} lượt khách",
    }
