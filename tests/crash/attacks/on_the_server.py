"""The database server is attacked: it takes no writes, no callers, or has no room left."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, text

from tests.crash.attacks.attack import House
from tests.crash.ledger import discrepancies
from tests.crash.platform_days import told
from tests.crash.scene import Scene, open_scene
from tests.crash.troubles import live_through, small_disk
from tests.postgres import Server, start_server

AWAY = "Cơ sở dữ liệu không trả lời"
CANNOT_WRITE = "Cơ sở dữ liệu chưa ghi được"
NARROW = 110  # megabytes: a server takes some 42 of them


async def server_that_only_reads(house: House) -> list[str]:
    """The administrator, or a failover, lets PostgreSQL take no writes for some seconds."""

    async def trouble(scene: Scene) -> None:
        with _as_administrator(house.server) as run:
            run("ALTER SYSTEM SET default_transaction_read_only = on")
            run("SELECT pg_reload_conf()")
            await told(scene, CANNOT_WRITE)
            scene.bot.must_run()
            run("ALTER SYSTEM RESET default_transaction_read_only")
            run("SELECT pg_reload_conf()")

    return await _live_through(house, trouble)


async def no_connection_left(house: House) -> list[str]:
    """Another program takes every connection that the server has."""

    async def trouble(scene: Scene) -> None:
        plain = house.url.replace("+psycopg", "")
        held: list[psycopg.Connection[tuple[object, ...]]] = []
        with _as_administrator(house.server) as run:
            for _ in range(10):
                run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND application_name <> 'thief'"
                )
                with contextlib.suppress(psycopg.OperationalError):
                    while True:
                        held.append(psycopg.connect(plain, application_name="thief"))
                await asyncio.sleep(0.2)
            await told(scene, AWAY)
        scene.bot.must_run()
        for connection in held:
            connection.close()

    return await _live_through(house, trouble)


async def full_disk_of_the_server(house: House) -> list[str]:
    """PostgreSQL on a small file system that something else fills (where we may mount one)."""
    house.folder.chmod(0o755)
    with small_disk(house.folder, NARROW) as is_small, tempfile.TemporaryDirectory() as elsewhere:
        if not is_small:
            return []
        house.folder.chmod(0o777)
        server = start_server(durable=True, beside=house.folder)
        try:
            narrow = House(folder=Path(elsewhere), url=server.url("postgres"), server=server)
            return await _live_through(narrow, _filled(house.folder, server))
        finally:
            server.remove()


def _filled(folder: Path, server: Server) -> Callable[[Scene], Awaitable[None]]:
    async def trouble(scene: Scene) -> None:
        with (folder / "something-else").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
            while True:
                filler.write(bytes(4096))
        with _as_administrator(server) as run, contextlib.suppress(Exception):
            for _ in range(1_000):  # what is left inside the files it has already
                run("CREATE TABLE IF NOT EXISTS big (words text)")
                run("INSERT INTO big SELECT repeat(md5(random()::text), 200) FROM generate_series(1, 500)")
        await told(scene, "Cơ sở dữ liệu")
        scene.bot.must_run()
        (folder / "something-else").unlink()
        with _as_administrator(server) as run:
            run("DROP TABLE IF EXISTS big")

    return trouble


async def _live_through(house: House, trouble: Callable[[Scene], Awaitable[None]]) -> list[str]:
    async with open_scene(house.folder, house.url, seed=1) as scene:
        await live_through(scene, trouble)
        return await discrepancies(scene)


@contextmanager
def _as_administrator(server: Server) -> Iterator[Callable[[str], object]]:
    engine = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield lambda statement: connection.execute(text(statement))
    engine.dispose()
