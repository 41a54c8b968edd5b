"""What befalls a bot that nobody kills: the platform's bad day, and the database's."""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import resource
import sqlite3
import subprocess
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.crash.platform_days import told
from tests.crash.scene import Scene, hurrying
from tests.postgres import Server

FAULTS = ("429", "500", "html404", "drop_before", "drop_after", "delay")
SMALL = 64 * 1024  # bytes: less than the file and its log have already
Trouble = Callable[[Scene], Awaitable[None]]


async def platform_trouble(scene: Scene) -> None:
    """Every fault of the messenger meets what is sent; two of them the poll, which then rests for seconds."""
    to_the_poll = scene.dice.sample(FAULTS, 2)
    for kind in (*FAULTS, "duplicate"):
        for method in ("sendMessage", *(["getUpdates"] if kind in to_the_poll else [])):
            body = {"kind": kind, "method": method, "times": scene.dice.randint(1, 2), "seconds": 0.3}
            async with scene.http.post("/faults", json=body) as answer:
                answer.raise_for_status()
        await asyncio.sleep(0.1)


async def killed_connections(scene: Scene) -> None:
    """Every session of the bot on PostgreSQL is ended, in the middle of whatever it does."""
    engine = create_engine(scene.database.url, isolation_level="AUTOCOMMIT")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> :me"
    with engine.connect() as connection:
        me = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        for _ in range(4):
            await asyncio.to_thread(connection.execute, text(others), {"me": me})
            await asyncio.sleep(random.uniform(0.1, 0.5))
    engine.dispose()


def server_restarted(server: Server) -> Trouble:
    """PostgreSQL goes away without a word, and comes back."""

    async def trouble(scene: Scene) -> None:
        await asyncio.to_thread(server.stop)
        await asyncio.sleep(1.0)
        scene.bot.must_run()
        await asyncio.to_thread(server.start)

    return trouble


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[bool]:
    """`folder` becomes a small file system of its own; false where we may not have one (root alone mounts)."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    is_mounted = os.getuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def filled_disk(folder: Path) -> Trouble:
    """Something else fills the disk on which the database and our own log stand; then it is cleaned away."""

    async def trouble(scene: Scene) -> None:
        with (folder / "something-else").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(4096))
        await told(scene, "đĩa đầy")
        scene.bot.must_run()
        (folder / "something-else").unlink()

    return trouble


async def no_room_to_grow(scene: Scene) -> None:
    """The same where no disk can be had: the SQLite file and its log may not grow any more; then there is room again."""
    pid = scene.bot.process.pid
    _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (SMALL, most))
    await told(scene, "đĩa đầy")
    scene.bot.must_run()
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))


async def locked_file(scene: Scene) -> None:
    """Another program holds the SQLite file (a copy made by other means) until /readyz says that nothing can be written."""
    intruder = sqlite3.connect(
        str(scene.database.url.database), isolation_level=None, timeout=15.0, check_same_thread=False
    )
    await asyncio.to_thread(intruder.execute, "BEGIN IMMEDIATE")
    try:
        await told(scene, "chương trình khác đang giữ tệp")
        scene.bot.must_run()
    finally:
        intruder.execute("ROLLBACK")
        intruder.close()


async def live_through(scene: Scene, trouble: Trouble, *, messages: int = 24) -> None:
    """People talk while it lasts; afterwards everything comes to rest."""
    await scene.bot.start()
    await scene.wait_until_ready()
    async with hurrying(scene):
        talking = asyncio.create_task(scene.talk(messages, pause=0.05))
        await asyncio.sleep(0.3)
        await trouble(scene)
        await talking
    await scene.finish()
