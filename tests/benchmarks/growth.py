"""What the books cost: the same messages with 10,000 check-ins stored and with many more; and what a clock does.

`--check-ins 10000000` writes so many: some minutes and 6 GB.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import Connection

from bot.clock import Clock
from bot.reception import Reception
from handlers.check_ins import visitor_count
from handlers.days.working_days import next_working_day
from handlers.local_time import at, local_day
from handlers.rounds import open_round
from handlers.rounds.reminding import send_chasers, send_reminders
from handlers.summaries import send_summary
from storage.database import Database
from storage.messages import Act, IncomingMessage
from storage.records.schedules import exceptional_days
from tests.benchmarks import stage
from tests.benchmarks.crowd import UNITS, settle_crowd
from tests.benchmarks.history import write_history
from tests.benchmarks.table import Row, rate, seconds
from tests.conftest import create_database
from tests.crash import office
from tests.postgres import start_server

FEW, MANY = 10_000, 300_000
A_TICK = 1.0  # seconds: what is asked of a tick over 2,000 expectations
LANES = 40
ROUNDS = 5
A_LANE = 15  # messages in a round
SAID = ("{} lượt khách", "vâng em cảm ơn anh", "{} lượt khách", "mai em đi Hà Nội họp, thứ sáu em về", "{} lượt khách")
NUMBERS = count(1_000)


@dataclass(frozen=True, slots=True)
class Books:
    """A database with its history, and the reception before it."""

    database: Database
    reception: Reception
    morning: datetime


async def run(folder: Path, *, check_ins: int = MANY, database: str = "both") -> list[Row]:
    rows: list[Row] = []
    if database in ("both", "sqlite"):
        rows += await _grow("SQLite", [f"sqlite:///{folder / name}.sqlite3" for name in ("few", "many")], check_ins)
    if database in ("both", "postgresql"):
        server = start_server(durable=True)
        try:
            for name in ("few", "many"):
                create_database(server, name)
            rows += await _grow("PostgreSQL", [server.url("few"), server.url("many")], check_ins)
        finally:
            server.remove()
    return rows


async def _grow(title: str, urls: list[str], check_ins: int) -> list[Row]:
    few, many = await _open(urls[0], FEW), await _open(urls[1], check_ins)
    try:
        rates: dict[int, list[float]] = {0: [], 1: []}
        for _ in range(ROUNDS + 1):
            for number, books in enumerate((few, many)):
                rates[number].append(await _messages_a_second(books))
        at_first, grown = (statistics.median(each[1:]) for each in rates.values())  # the first round warms up
        ticks = await _clockwork(many)
    finally:
        for books in (few, many):
            books.database.close()
    return [rate(f"messages at {check_ins:,} check-ins, at {FEW:,}, {title}", grown, at_first), *ticks]


async def _open(url: str, check_ins: int) -> Books:
    database, morning = await stage.settle(url, units=LANES)
    await database.run(settle_crowd, morning)
    began = time.perf_counter()
    await asyncio.to_thread(write_history, database.engine, check_ins, local_day(morning))
    print(f"  {check_ins:,} check-ins written in {time.perf_counter() - began:.0f} s", flush=True)
    clock = Clock()
    clock.move_to((morning - clock.now()).total_seconds())
    return Books(database, Reception(database, clock), morning)


async def _messages_a_second(books: Books) -> float:
    """Forty chats side by side; in each, one message after the other."""
    began = time.perf_counter()
    await asyncio.gather(*(_talk(books, place) for place in office.talking_places(LANES)))
    return LANES * A_LANE / (time.perf_counter() - began)


async def _talk(books: Books, place: office.Place) -> None:
    for n in range(A_LANE):
        await books.reception.receive([_message(place, SAID[n % len(SAID)], books.morning)])


def _message(place: office.Place, said: str, now: datetime) -> IncomingMessage:
    number = next(NUMBERS)
    return IncomingMessage(
        platform="telegram",
        key=str(number),
        act=Act.TEXT,
        chat_id=place.chat,
        chat_type="group" if place.chat.startswith("-") else "private",
        sent_at=now,
        user_id=str(place.person),
        user_name="Lan",
        message_id=str(number),
        text=said.format(number % 997),
        addressed=True,
    )


async def _clockwork(books: Books) -> list[Row]:
    """A round of the next working day, over all units: opened, reminded of, chased, summed up; each a transaction."""
    database = books.database
    exceptions = await database.read(lambda tx, _: exceptional_days(tx), books.morning)
    day = next_working_day(local_day(books.morning) + timedelta(days=1), exceptions)
    steps: list[tuple[str, str, Callable[[Connection, datetime], object]]] = [
        ("opening a round", "16:00", lambda tx, now: open_round(tx, visitor_count.KIND, day, now)),
        ("reminding all", "16:20", lambda tx, now: send_reminders(tx, day, now)),
        ("chasing all", "16:30", lambda tx, now: send_chasers(tx, day, now)),
        ("the summary", "16:31", lambda tx, now: send_summary(tx, day, now)),
    ]
    rows = []
    for what, when, work in steps:
        began = time.perf_counter()
        await database.run(work, at(day, when))
        rows.append(seconds(f"  {what}, {UNITS:,} units", time.perf_counter() - began, A_TICK))
    return rows
