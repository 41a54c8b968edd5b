"""Half an hour at a steady rate against a real bot by webhook: does memory, latency or a table grow that should not?

`python -m tests.benchmarks soak --minutes 30 --rate 200`. People chat in forty rooms; five lines a second are counts, which are
recorded, answered and drawn on two boards (more would only fill the outbox: Telegram takes thirty messages a second).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sqlite3
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from scheduler.jobs import prune
from scheduler.timetable import Tick
from storage.database import Database
from storage.records.schedules import active_schedules
from tests.benchmarks import stage
from tests.benchmarks.table import Row
from tests.benchmarks.web_client import post
from tests.crash import office
from tests.crash.process import free_port, resident_megabytes
from tests.crash.scene import bot_settings

SECRET = "benchmark"
HEADERS = f"Content-Type: application/json\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
ROOMS = 40
COUNTS = 5  # a second
CHATTER = (
    "vâng em cảm ơn anh",
    "chiều nay họp ở phòng lớn nhé cả nhà",
    "ok chị",
    "em gửi anh bản nháp rồi ạ",
    "ai cầm chìa khóa phòng kho không",
)
SAMPLES = 30  # in the whole time
WARM_UP = 3  # samples that do not count: caches fill
PRUNED = ("inbox", "parcels", "errands", "dialogues", "offers", "files", "redraws")
"""Tables that a rule keeps short (scheduler/jobs/prune.py), and the queue of boards to draw."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Since the start in minutes; what had been sent by then; seconds; megabytes; rows."""

    at: float
    sent: int
    median: float
    worst_of_hundred: float
    memory: float
    file: float
    rows: dict[str, int]


@dataclass(slots=True)
class Crowd:
    """What the rooms have sent, and how long each answer took since the last sample."""

    rate: float
    sent: int = 0
    times: list[float] = field(default_factory=list)


async def run(folder: Path, *, minutes: float = 30, rate: int = 200) -> list[Row]:
    async with stage.messenger(folder, units=ROOMS) as api:
        path, port = folder / "house.sqlite3", free_port()
        (await stage.prepare(f"sqlite:///{path}", api, units=ROOMS)).close()
        settings = bot_settings(api, f"sqlite:///{path}", port, webhook=True)
        settings |= {"TELEGRAM__WEBHOOK_SECRET": SECRET}
        crowd, samples = Crowd(rate), []
        async with stage.process("bot", folder=folder, settings=settings) as bot:
            await stage.answers(f"http://127.0.0.1:{port}/readyz")
            chatting = [asyncio.create_task(_chat(crowd, port, number)) for number in range(ROOMS)]
            began = time.perf_counter()
            for number in range(1, SAMPLES + 1):
                await _until(began + number * 60 * minutes / SAMPLES, chatting)
                samples.append(_sample(crowd, began, bot.pid, path))
                print(f"  {_told(samples[-1])}", flush=True)
            for task in chatting:
                task.cancel()
            await asyncio.gather(*chatting, return_exceptions=True)
    return [*_rows(samples, rate), *await _pruned(path)]


async def _until(end: float, chatting: list[asyncio.Task[None]]) -> None:
    """Until then; a room that could not go on ends the run."""
    done, _ = await asyncio.wait(chatting, timeout=end - time.perf_counter(), return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        task.result()


async def _chat(crowd: Crowd, port: int, number: int) -> None:
    """One room's connection: a line every so often; one that is late does not hurry to make up for it."""
    pause = ROOMS / crowd.rate
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    due = time.perf_counter() + pause * number / ROOMS
    for body in _lines(number, count_in=round(crowd.rate / COUNTS)):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        crowd.times.append(await post(reader, writer, HEADERS, body))
        crowd.sent += 1
        due = max(due + pause, time.perf_counter())


def _lines(number: int, count_in: int) -> Iterator[bytes]:
    chat = {"id": office.FIRST_ROOM - number, "type": "supergroup", "title": f"Phòng {number}"}
    sender = {"id": office.head(number), "is_bot": False, "first_name": "Lan"}
    for line in itertools.count(1):
        is_count = (line + number) % count_in == 0
        text = f"{line % 997} lượt khách" if is_count else CHATTER[line % len(CHATTER)]
        key = line * ROOMS + number
        message = {"message_id": key, "date": 1_795_000_000, "chat": chat, "from": sender, "text": text}
        yield json.dumps({"update_id": key, "message": message}).encode()


def _sample(crowd: Crowd, began: float, pid: int, path: Path) -> Sample:
    times, crowd.times = sorted(crowd.times), []
    files = [path, path.with_name(path.name + "-wal")]
    return Sample(
        at=(time.perf_counter() - began) / 60,
        sent=crowd.sent,
        median=statistics.median(times),
        worst_of_hundred=times[int(len(times) * 0.99)],
        memory=resident_megabytes(pid),
        file=sum(file.stat().st_size for file in files if file.exists()) / 2**20,
        rows=_count_rows(path),
    )


def _count_rows(path: Path) -> dict[str, int]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as books:
        names = [name for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: books.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def _told(sample: Sample) -> str:
    queues = ", ".join(f"{name} {sample.rows[name]:,}" for name in ("inbox", "parcels", "check_ins", "redraws"))
    latency = f"{1000 * sample.median:.1f} / {1000 * sample.worst_of_hundred:.0f} ms"
    return f"{sample.at:5.1f} min  {sample.sent:>9,} sent  {latency}  {sample.memory:.1f} MB  file {sample.file:.0f} MB  {queues}"


def _second_half(samples: list[Sample]) -> list[Sample]:
    """What caches keep at most they have by then."""
    return samples[len(samples) // 2 :]


def _rows(samples: list[Sample], rate: int) -> list[Row]:
    steady = samples[WARM_UP:]
    first, last = steady[0], steady[-1]
    memory, later = (
        1e6 * _slope([(each.sent, each.memory) for each in half]) for half in (steady, _second_half(steady))
    )
    grown = {name: last.rows[name] - count for name, count in first.rows.items() if last.rows[name] != count}
    lines = sum(each.sent for each in samples[-1:])
    told = ", ".join(f"{name} {count:+,}" for name, count in sorted(grown.items(), key=lambda pair: -pair[1]))
    return [
        Row(
            "soak: messages taken",
            f"{lines:,} in {last.at:.1f} min",
            f"{rate}/s",
            f"{lines / last.at / 60 / rate:.2f} ×",
        ),
        Row("  memory, first and last", f"{first.memory:.1f}, {last.memory:.1f} MB"),
        Row("  memory, slope", f"{memory:+.1f} MB a million messages; in the second half {later:+.1f}"),
        Row("  half of all, first and last", f"{1000 * first.median:.1f}, {1000 * last.median:.1f} ms"),
        Row(
            "  99 of 100, first and last", f"{1000 * first.worst_of_hundred:.0f}, {1000 * last.worst_of_hundred:.0f} ms"
        ),
        Row("  file, first and last", f"{first.file:.0f}, {last.file:.0f} MB"),
        Row("  tables that grew between", told),
    ]


def _slope(points: list[tuple[float, float]]) -> float:
    """Of the straight line that fits best."""
    return statistics.linear_regression(*zip(*points, strict=True)).slope


async def _pruned(path: Path) -> list[Row]:
    """What the nightly rule leaves of it once its time is over."""
    before = _count_rows(path)
    database = Database(f"sqlite:///{path}")
    later = datetime.now(UTC) + timedelta(days=100)
    began = time.perf_counter()
    await database.run(_prune, later)
    took = time.perf_counter() - began
    database.close()
    after = _count_rows(path)
    left = ", ".join(f"{name} {before[name]:,} → {after[name]:,}" for name in PRUNED if before[name])
    return [Row("  pruned when their time is over", left), Row("  and that took", f"{took:.2f} s")]


def _prune(tx: Connection, now: datetime) -> None:
    [schedule] = [each for each in active_schedules(tx) if each.job == prune.JOB.name]
    prune.run(tx, Tick(schedule, now, is_missed=False), now)
