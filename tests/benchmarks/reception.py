"""Updates a second through reception: webhook → record, expectation and answer committed → 200; beside a plain bot."""

from __future__ import annotations

import json
import statistics
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
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
ROUNDS = 3
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
        finally:
            server.remove()
    return rows


def _sqlite(folder: Path) -> tuple[str, str]:
    return f"sqlite:///{folder / 'ours.sqlite3'}", f"sqlite+aiosqlite:///{folder / 'peer.sqlite3'}"


async def _compare(title: str, folder: Path, api: str, ours_url: str, peer_url: str) -> list[Row]:
    """Rounds in turn, so that what else the machine does meets both."""
    (await stage.prepare(ours_url, api, units=CONNECTIONS)).close()
    ours: list[Measured] = []
    peer: list[Measured] = []
    alone: list[list[float]] = [[], []]
    async with _our_bot(folder, api, ours_url) as our_port, _plain_bot(folder, api, peer_url) as their_port:
        for _ in range(ROUNDS):
            ours.append(await post_for(SECONDS, our_port, HEADERS, _streams(CONNECTIONS)))
            peer.append(await post_for(SECONDS, their_port, HEADERS, _streams(CONNECTIONS)))
            for port, medians in ((our_port, alone[0]), (their_port, alone[1])):
                medians.append((await post_for(SECONDS / 4, port, HEADERS, _streams(1))).median)
    return [
        rate(
            f"reception, {title}, {CONNECTIONS} connections", _middle(ours, "per_second"), _middle(peer, "per_second")
        ),
        seconds("  slowest of a hundred", _middle(ours, "worst_of_hundred"), _middle(peer, "worst_of_hundred")),
        seconds("  one alone, median", statistics.median(alone[0]), statistics.median(alone[1])),
    ]


def _middle(measured: list[Measured], name: str) -> float:
    return statistics.median(getattr(one, name) for one in measured)


@asynccontextmanager
async def _our_bot(folder: Path, api: str, database_url: str) -> AsyncIterator[int]:
    port = free_port()
    settings = bot_settings(api, database_url, port, webhook=True)
    settings |= {"TELEGRAM__WEBHOOK_SECRET": SECRET, "ROLES": "receive,web"}
    async with stage.process("bot", folder=folder, settings=settings):
        await stage.answers(f"http://127.0.0.1:{port}/readyz")
        yield port


@asynccontextmanager
async def _plain_bot(folder: Path, api: str, database_url: str) -> AsyncIterator[int]:
    port = free_port()
    arguments = (api, database_url, str(port))
    async with stage.process("tests.benchmarks.plain_bot", *arguments, folder=folder):
        await stage.answers(f"http://127.0.0.1:{port}/readyz")
        yield port


def _streams(how_many: int) -> list[Iterator[bytes]]:
    """Each head of unit answers, then corrects himself again and again: every update makes a record."""
    return [_updates(place) for place in office.talking_places(CONNECTIONS)[:how_many]]


def _updates(place: office.Place) -> Iterator[bytes]:
    for number in NUMBERS:
        yield json.dumps({"update_id": number, "message": _message(place, number)}).encode()


def _message(place: office.Place, number: int) -> dict[str, Any]:
    is_private = not place.chat.startswith("-")
    chat = {"id": int(place.chat), "type": "private" if is_private else "supergroup"}
    chat |= {"first_name": "Lan"} if is_private else {"title": "Phòng"}
    sender = {"id": place.person, "is_bot": False, "first_name": "Lan"}
    return {
        "message_id": number,
        "date": 1_795_000_000,
        "chat": chat,
        "from": sender,
        "text": f"{number % 997} lượt khách",
    }
