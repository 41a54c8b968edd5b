"""`python -m tests.crash.attacks`: what an enemy, or a bad week, would do besides; each once, against the real process.

Every attack ends like the acts: the test's ledger, the database and the rooms must tell the same story.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from sqlalchemy import create_engine, text

from handlers.local_time import local_day
from tests.conftest import create_database
from tests.crash import office
from tests.crash.balancer import open_balancer
from tests.crash.far_machine import DATABASE, FarMachine, open_far_machine, reached_from_afar
from tests.crash.ledger import discrepancies
from tests.crash.platform_days import days_reported, fault, talk_by_a_wrong_clock, told
from tests.crash.process import BotProcess, free_port
from tests.crash.scene import Scene, bot_settings, hurrying, is_ready, open_scene
from tests.crash.several import EVERYTHING, STANDING_BY, another, until_led
from tests.crash.shell_acts import HEADINGS, a_name
from tests.crash.troubles import live_through, small_disk
from tests.postgres import Server, start_server

AWAY = "Cơ sở dữ liệu không trả lời"
CANNOT_WRITE = "Cơ sở dữ liệu chưa ghi được"
STORM = 40  # refusals of each kind
HOURS, AN_HOUR = 23, 40  # of a backlog, and messages in each
PATIENT = 300.0  # seconds: a thousand messages and their answers, on a machine that has other work
STAFF = 300
NARROW = 110  # megabytes: a server takes some 42 of them


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where an attack happens."""

    folder: Path
    url: str
    server: Server


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


async def storm(house: House) -> list[str]:
    """A directive, and people talking, into 160 refusals of all kinds."""
    async with open_scene(house.folder, house.url, seed=1, rooms=60) as scene:
        await scene.bot.start()
        await scene.wait_until_ready()
        await scene.database.run(office.publish_to_everyone, scene.now)
        for kind in ("429", "500", "html404", "429"):
            await fault(scene, kind, times=STORM, method="sendMessage", seconds=2)
        async with hurrying(scene):
            await scene.talk(16, pause=0.05)
            await scene.come_to_rest()
        await scene.finish()
        return await discrepancies(scene)


async def backlog(house: House) -> list[str]:
    """Everybody goes on talking for 23 hours while nothing runs; each day's last word stands."""
    async with open_scene(house.folder, house.url, seed=1) as scene:
        scene.has_two_days = True
        for hour in range(HOURS):
            scene.messenger.cloud.clock.advance(3_600)
            await scene.talk(AN_HOUR, pause=0, first=hour * AN_HOUR)
        began = time.monotonic()
        await scene.bot.start()
        async with hurrying(scene):
            await scene.come_to_rest(within=PATIENT)
        print(f"  {HOURS * AN_HOUR} messages in {time.monotonic() - began:.1f} s", flush=True)
        await scene.finish()
        return await discrepancies(scene)


async def behind_a_balancer(house: House) -> list[str]:
    """Two processes hear in turn by webhook, every fifth call comes to both, and one of them is killed."""
    ports = [free_port(), free_port()]
    async with (
        open_balancer(ports, every=5) as address,
        open_scene(house.folder, house.url, seed=1, webhook=True) as scene,
        _two_hearing(scene, house, ports, address) as (first, _),
        hurrying(scene),
    ):
        await scene.talk(32, pause=0.01)
        await first.kill()
        await scene.talk(32, pause=0.01, first=32)
        await first.start()
        await scene.talk(32, pause=0.0, first=64)
        await scene.come_to_rest()
        return await discrepancies(scene)


@asynccontextmanager
async def _two_hearing(
    scene: Scene, house: House, ports: list[int], address: str
) -> AsyncIterator[tuple[BotProcess, BotProcess]]:
    called = {"TELEGRAM__WEBHOOK_URL": address}
    async with (
        another(scene, house.folder, EVERYTHING, "first", port=ports[0], **called) as first,
        another(scene, house.folder, EVERYTHING, "second", port=ports[1], **called) as second,
    ):
        for each in (first, second):
            async with asyncio.timeout(60):
                while not await is_ready(scene.http, each):  # noqa: ASYNC110 - another process's socket tells nobody
                    await asyncio.sleep(0.05)
        yield first, second


async def frozen_leader(house: House) -> list[str]:
    """The leading one of two processes is stopped as by a debugger, another leads, and then it goes on."""
    async with (
        open_scene(house.folder, house.url, seed=1) as scene,
        another(scene, house.folder, EVERYTHING, "frozen") as first,
        hurrying(scene),
    ):
        before = await until_led(scene, by_others_than={})
        async with another(scene, house.folder, EVERYTHING, "follower"):
            await scene.talk(8, pause=0.05)
            os.kill(first.pid, signal.SIGSTOP)
            began = time.monotonic()
            await scene.talk(8, pause=0.05, first=8)
            await until_led(scene, by_others_than=before, within=PATIENT)
            print(f"  led again after {time.monotonic() - began:.1f} s", flush=True)
            await scene.talk(8, pause=0.05, first=16)
            os.kill(first.pid, signal.SIGCONT)
            await scene.talk(8, pause=0.05, first=24)
            await scene.come_to_rest()
            return await discrepancies(scene)


async def network_split(house: House) -> list[str]:
    """Between the leading one of two processes and the database a switch dies, and comes back (where we may lay cables)."""
    with open_far_machine(house.folder) as machine:
        if machine is None:
            return []
        port = free_port()
        house.server.listen_at(DATABASE, port)
        url = house.server.url("house")
        far_url = f"postgresql+psycopg://postgres@{DATABASE}:{port}/house"
        async with (
            open_scene(house.folder, url, seed=1) as scene,
            reached_from_afar(scene.messenger.port) as messenger,
            machine.running(bot_settings(messenger, far_url, free_port()) | {"ROLES": EVERYTHING}),
            hurrying(scene),
        ):
            before = await until_led(scene, by_others_than={})
            async with another(scene, house.folder, EVERYTHING, "near"):
                await _cut_off(scene, machine, before)
            return await discrepancies(scene)


async def _cut_off(scene: Scene, machine: FarMachine, before: dict[str, int]) -> None:
    await scene.talk(8, pause=0.05)
    await asyncio.sleep(STANDING_BY)
    machine.pull_the_cable()
    began = time.monotonic()
    await scene.talk(16, pause=0.1, first=8)
    await until_led(scene, by_others_than=before)
    print(f"  led again after {time.monotonic() - began:.1f} s", flush=True)
    await scene.talk(8, pause=0.1, first=24)
    await scene.come_to_rest()
    machine.plug_it_in()
    await scene.talk(24, pause=0.2, first=32)
    await scene.come_to_rest()


async def two_imports(house: House) -> list[str]:
    """The same staff file is brought in by two at the same moment."""
    lines = [HEADINGS, "SO,Sở Công Thương,Sở,cơ quan,,,,,,"]
    lines += [f"SO,,,,,CB{n:03},{a_name(n)},chị,Chuyên viên,{'' if n else 'văn phòng'}" for n in range(STAFF)]
    (house.folder / "staff.csv").write_text("\n".join(lines))
    url = house.url.replace("+psycopg", "")
    settings = {"DATABASE_URL": url, "DATA_FOLDER": str(house.folder), "WEB__PORT": "0"}
    importing = [
        BotProcess(house.folder, settings, name=name, command=("import", "staff.csv")) for name in ("one", "two")
    ]
    for each in importing:
        await each.start()
    failed = [each.log()[-500:] for each in importing if await each.end() != 0]
    check = BotProcess(house.folder, settings, name="check", command=("check",))
    await check.start()
    return failed + ([check.log()] if await check.end() != 0 else [])


async def slow_clock(house: House) -> list[str]:
    """The machine is an hour behind: to it whatever is said comes from the future."""
    async with open_scene(house.folder, house.url, seed=3) as scene:
        await talk_by_a_wrong_clock(scene, seconds=-3_600.0)
        days = await scene.database.read(days_reported, scene.now)
        wrong = [] if days == {local_day(scene.now)} else [f"days: {days}"]
        return [*wrong, *await discrepancies(scene)]


ON_BOTH = (storm, backlog, two_imports, slow_clock)
ON_POSTGRES = (
    server_that_only_reads,
    no_connection_left,
    full_disk_of_the_server,
    behind_a_balancer,
    frozen_leader,
    network_split,
)
Attack = Callable[[House], Awaitable[list[str]]]
ATTACKS: dict[str, Attack] = {each.__name__.replace("_", "-"): each for each in (*ON_BOTH, *ON_POSTGRES)}


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


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.crash.attacks", description=__doc__)
    asked.add_argument("--attacks", nargs="+", choices=ATTACKS, default=list(ATTACKS))
    wrong: list[str] = []
    for name in asked.parse_args().attacks:
        for database in ("sqlite", "postgres") if ATTACKS[name] in ON_BOTH else ("postgres",):
            wrong += _attack(name, database)
    return 1 if wrong else 0


def _attack(name: str, database: str) -> list[str]:
    """A server of its own each time: some attacks are on the server."""
    server, began = start_server(durable=True), time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            create_database(server, "house")
            url = server.url("house") if database == "postgres" else f"sqlite:///{folder}/house.sqlite3"
            wrong = asyncio.run(_made(name, House(folder=Path(folder), url=url, server=server)))
    finally:
        server.remove()
    print(f"{name:24} {database:8} {time.monotonic() - began:5.1f} s:", end=" ")
    print("as it should be" if not wrong else "\n  ".join(["WRONG", *wrong[:20]]), flush=True)
    return wrong


async def _made(name: str, house: House) -> list[str]:
    try:
        return await ATTACKS[name](house)
    except (AssertionError, TimeoutError) as error:
        return [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    sys.exit(main())
