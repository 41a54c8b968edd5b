"""A machine that loses its power: `python -m tests.crash.power --cuts 500`. What its disk holds then is made up from what a
process has asked of it, and everything that was confirmed must stand.

A process commits under `strace` and says after each commit what is kept. At any moment a disk holds what was written before
the last fsync of each file; of what was written since, any part: each write whole, torn in sectors, or not at all.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from storage import inbox
from storage.database import Database
from storage.schema import bring_up_to_date

SECTOR = 512
COMMITS, TOGETHER = 60, 4
LARGE = 18_000  # bytes of a row: all of them fill the log of SQLite and have it emptied into the file
HOUSE, SAID = "house.sqlite3", "said"
CALLS = "pwrite64,fsync,fdatasync,ftruncate"
CALL = re.compile(r"^\d+ +(?P<name>\w+)\(\d+<(?P<path>[^>]*)>(?:, (?P<rest>.*))?\) += (?P<answer>-?\d+)")
WRITTEN = re.compile(r'"(?P<bytes>(?:\\x[0-9a-f]{2})*)", \d+, (?P<at>\d+)$')


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of the disk: bytes at a place, or a new length (no bytes), or that everything be kept (no place)."""

    file: str
    at: int | None = None
    written: bytes | None = None


@dataclass(slots=True)
class Kept:
    """What is on the disk for certain, and what has been written since."""

    content: bytearray = field(default_factory=bytearray)
    since: list[Asked] = field(default_factory=list)


def can_be_watched() -> bool:
    return shutil.which("strace") is not None


def record(folder: Path) -> list[Asked]:
    """All that a process which commits, and says so, asks of the disk."""
    log = folder / "strace.log"
    files = [f"-P{folder / name}" for name in (HOUSE, f"{HOUSE}-wal", SAID)]
    options = ["-f", "-y", "-qq", "-xx", "-s", "70000", "-e", "signal=none", "-e", f"trace={CALLS}", *files]
    work = [sys.executable, "-m", "tests.crash.power", "--work", str(folder)]
    subprocess.run(["strace", *options, "-o", str(log), *work], check=True, cwd=Path(__file__).parents[2])
    with log.open() as lines:
        return list(_asked(lines))


def _asked(lines: Iterator[str]) -> Iterator[Asked]:
    for call in filter(None, map(CALL.match, lines)):
        name, file = call["name"], Path(bytes.fromhex(call["path"].replace("\\x", "")).decode()).name
        if name == "ftruncate":
            yield Asked(file, int(call["rest"]))
        elif name == "pwrite64":
            written = WRITTEN.match(call["rest"])
            assert written is not None, call["rest"][-80:]
            yield Asked(file, int(written["at"]), bytes.fromhex(written["bytes"].replace("\\x", "")))
        else:
            yield Asked(file)


def cut(asked: Sequence[Asked], dice: random.Random, folder: Path) -> int:
    """The disk after a loss of power at this point, laid into `folder`; returns how many commits had been confirmed."""
    kept: dict[str, Kept] = {}
    confirmed = 0
    for one in asked:
        file = kept.setdefault(one.file, Kept())
        if one.file == SAID:  # told to somebody outside: that is never taken back
            confirmed = int(one.written or b"0")
        elif one.at is None:
            for each in file.since:
                _apply(file.content, each)
            file.since.clear()
        else:
            file.since.append(one)
    for name in (HOUSE, f"{HOUSE}-wal"):
        file = kept.get(name, Kept())
        for each in file.since:
            _apply_some(file.content, each, dice)
        (folder / name).write_bytes(file.content)
    return confirmed


def _apply(content: bytearray, one: Asked) -> None:
    at = one.at or 0
    if one.written is None:
        del content[at:]
    content.extend(bytes(max(0, at - len(content))))
    content[at : at + len(one.written or b"")] = one.written or b""


def _apply_some(content: bytearray, one: Asked, dice: random.Random) -> None:
    """All of it, none of it, or some of its sectors."""
    chance = dice.choice((0.0, 0.5, 1.0))
    if one.written is None:
        if dice.random() < chance:
            _apply(content, one)
        return
    for begin in range(0, len(one.written), SECTOR):
        if dice.random() < chance:
            _apply(content, Asked(one.file, (one.at or 0) + begin, one.written[begin : begin + SECTOR]))


def what_is_wrong(folder: Path, confirmed: int) -> list[str]:
    """Is the file whole, and does all that was confirmed stand?"""
    try:
        with sqlite3.connect(folder / HOUSE) as books:
            whole = [row[0] for row in books.execute("PRAGMA integrity_check")]
            there = {int(row[0]) for row in books.execute("SELECT key FROM inbox")} if confirmed else set()
    except sqlite3.Error as error:
        return [f"{confirmed} confirmed: {error}"] if confirmed else []
    lost = set(range(confirmed)) - there
    return [*(f"not whole: {one}" for one in whole if one != "ok"), *(f"{number} is lost" for number in sorted(lost))]


def lose_power(asked: Sequence[Asked], *, cuts: int, seed: int) -> list[str]:
    """At so many random moments; returns what was wrong."""
    dice = random.Random(seed)
    wrong: list[str] = []
    for _ in range(cuts):
        at = dice.randrange(1, len(asked) + 1)
        with tempfile.TemporaryDirectory() as folder:
            confirmed = cut(asked[:at], dice, Path(folder))
            wrong += [f"cut {at}: {each}" for each in what_is_wrong(Path(folder), confirmed)]
    return wrong


async def _work(folder: Path) -> None:
    """Commits, several together, and says after each how many stand."""
    database = Database(f"sqlite:///{folder / HOUSE}")
    await asyncio.to_thread(bring_up_to_date, database.engine)
    now = datetime.now(UTC)
    with (folder / SAID).open("wb", buffering=0) as said:
        for first in range(0, COMMITS * TOGETHER, TOGETHER):
            numbers = range(first, first + TOGETHER)
            await asyncio.gather(*(database.run(partial(_keep, number=number), now) for number in numbers))
            _say(said.fileno(), first + TOGETHER)
    database.close()


def _say(file: int, number: int) -> None:
    os.pwrite(file, b"%08d" % number, 0)


def _keep(tx: Connection, now: datetime, number: int) -> None:
    inbox.park(tx, platform="telegram", bot="1", key=str(number), raw=bytes(LARGE), error="Error", now=now)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.crash.power")
    options.add_argument("--work", type=Path, help="commit there (this is what is watched)")
    options.add_argument("--cuts", type=int, default=500)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    if given.work is not None:
        asyncio.run(_work(given.work))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        asked = record(Path(folder))
    wrong = lose_power(asked, cuts=given.cuts, seed=given.seed)
    print(*wrong, f"{given.cuts} losses of power, {len(asked)} requests to the disk: {len(wrong)} wrong", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
