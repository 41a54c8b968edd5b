"""The backup that the clock asks for every night: made in a process of its own, so that nobody waits for an answer meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from datetime import datetime
from enum import IntEnum
from functools import partial
from pathlib import Path

import msgspec
import structlog

from bot.clock import Clock
from bot.waiting import hear
from handlers.backups import BELL, Failure, settle_backup, wanted_backup
from handlers.local_time import local
from storage.backups.backup import back_up
from storage.database import Database, DatabaseAwayError
from storage.engine import make_engine

log = structlog.get_logger()

LOOK_EVERY = 60.0  # seconds, when no bell rings
OURS = "trucban-????-??-??-????.zip"


class Ending(IntEnum):
    """How the process apart ended."""

    MADE = 0
    BROKEN_OFF = 1  # also what the interpreter says of an error of ours
    NOT_WRITTEN = 3
    AWAY = 4


class Order(msgspec.Struct, frozen=True):
    """What the process apart is told, by its standard input: an address may hold a password."""

    url: str
    folder: str
    name: str
    now: datetime
    keep: int


class NightlyBackup:
    """Writes `trucban-<day>-<hour>.zip` into the folder and keeps the newest so many; `run` until cancelled."""

    def __init__(self, database: Database, clock: Clock, folder: Path, *, keep: int) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._keep = keep
        self._bell = asyncio.Event()

    async def run(self) -> None:
        self._database.bells.on(BELL, self._bell.set)
        while True:
            self._bell.clear()
            try:
                wanted = await self._database.read(wanted_backup, self._clock.now())
                if wanted is not None:
                    await self._see_to(wanted)
            except DatabaseAwayError:
                log.warning("backup_waits_for_database")
            await hear(self._bell, within=LOOK_EVERY)

    async def _see_to(self, wanted: str) -> None:
        now = self._clock.now()
        url = self._database.url.render_as_string(hide_password=False)
        name = f"trucban-{local(now):%Y-%m-%d-%H%M}.zip"
        ending = await make_apart(Order(url, str(self._folder), name, now, self._keep))
        if ending == Ending.AWAY:
            raise DatabaseAwayError("during the backup")
        failure = self._failure(ending)
        if failure is None:
            log.info("backup_made", file=name)
        else:
            log.error("backup_failed", ending=ending)
        await self._database.run(partial(settle_backup, wanted=wanted, failure=failure), self._clock.now())

    def _failure(self, ending: int) -> Failure | None:
        if ending == Ending.MADE:
            return None
        if ending == Ending.NOT_WRITTEN:
            return Failure(f"Không ghi được vào thư mục {self._folder}: thiếu chỗ trống hoặc thiếu quyền.")
        return Failure("Việc sao lưu bị ngắt giữa chừng.")


async def make_apart(order: Order) -> int:
    """Run this file as a process; it does not outlive us."""
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE)
    try:
        await process.communicate(msgspec.json.encode(order))
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ending.BROKEN_OFF if process.returncode is None else process.returncode


def write_and_prune(order: Order) -> Ending:
    """The work of the process apart. A backup of this name that stands already was made before we died: it is whole."""
    folder, engine = Path(order.folder), make_engine(order.url)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for unfinished in folder.glob(f"{OURS}.*.part"):
            unfinished.unlink()
        with contextlib.suppress(FileExistsError):
            back_up(engine, folder / order.name, order.now)
        for old in sorted(folder.glob(OURS))[: -order.keep]:
            old.unlink()
    except OSError:
        return Ending.NOT_WRITTEN
    except DatabaseAwayError:
        return Ending.AWAY
    finally:
        engine.dispose()
    return Ending.MADE


if __name__ == "__main__":
    sys.exit(write_and_prune(msgspec.json.decode(sys.stdin.buffer.read(), type=Order)))
