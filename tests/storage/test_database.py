"""Transactions: all of a function or nothing of it, many under one commit, and a database that is away is no mistake of ours."""

from __future__ import annotations

import asyncio
import resource
import shutil
import sqlite3
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage import outbox
from storage.bells import ring
from storage.database import Database, DatabaseAwayError, Work
from storage.engine import make_engine
from storage.inserts import insert_together
from storage.messages import Lane, OutgoingMessage
from storage.parcels import sending
from storage.records.options import option, options, set_option
from tests.conftest import create_database
from tests.postgres import Server

WORDS = OutgoingMessage(platform="telegram", chat_id="1", text="Tết Dương lịch")


def write(name: str, value: object = True) -> Work[None]:
    return lambda tx, _now: set_option(tx, name, value)


def names(tx: Connection, _now: datetime) -> set[str]:
    return set(tx.execute(select(options.c.name)).scalars())


def add_one(tx: Connection, _now: datetime) -> int:
    count = option(tx, "count", 0) + 1
    set_option(tx, "count", count)
    return int(count)


class Trouble(Exception):
    pass


def write_and_fail(tx: Connection, _now: datetime) -> None:
    set_option(tx, "half", "done")
    raise Trouble


def write_and_fail_at_once(tx: Connection, _now: datetime) -> None:
    tx.execute(text("SELECT 1"))
    raise Trouble


async def test_the_result_comes_after_the_commit(database: Database, now: datetime) -> None:
    assert await database.run(lambda tx, now: (set_option(tx, "a", 1), now)[1], now) == now
    assert await database.read(names, now) == {"a"}


async def test_what_raised_leaves_no_trace(database: Database, now: datetime) -> None:
    with pytest.raises(Trouble):
        await database.run(write_and_fail, now)
    assert await database.read(names, now) == set()


async def test_who_only_looks_is_found_out_and_leaves_no_trace(database: Database, now: datetime) -> None:
    """Whether it would write at once, later with others (PostgreSQL), or takes every mistake for his own."""

    def hide(tx: Connection, now: datetime) -> None:
        with suppress(Exception):
            write_and_fail(tx, now)

    def write_later(tx: Connection, _now: datetime) -> None:
        insert_together(tx, options, [{"name": "later", "value": 1}])

    for work in (write("at once"), write_later, hide, write_and_fail):
        assert await database.wants_to_write(work, now)
    assert not await database.wants_to_write(names, now)
    for number in range(12):  # whichever connection serves: all of them write again
        await database.run(write(f"{number}"), now)
    assert await database.read(names, now) == {f"{number}" for number in range(12)}


async def test_a_failure_takes_back_only_its_own_work(database: Database, now: datetime) -> None:
    """Many functions at once: on SQLite they share a commit."""
    works = [write_and_fail if n % 3 == 0 else write(f"n{n}") for n in range(60)]
    results = await asyncio.gather(*(database.run(work, now) for work in works), return_exceptions=True)
    assert [isinstance(result, Trouble) for result in results] == [n % 3 == 0 for n in range(60)]
    assert await database.read(names, now) == {f"n{n}" for n in range(60) if n % 3}


async def test_no_update_is_lost_among_many(database: Database, now: datetime) -> None:
    def add_under_lock(tx: Connection, now: datetime) -> int:
        if tx.dialect.name == "postgresql":
            tx.execute(text("SELECT pg_advisory_xact_lock(1)"))
        return add_one(tx, now)

    results = await asyncio.gather(*(database.run(add_under_lock, now) for _ in range(150)))
    assert sorted(results) == list(range(1, 151))


async def test_a_mistake_in_a_statement_is_ours_and_spoils_nobody_elses_work(database: Database, now: datetime) -> None:
    def mistaken(tx: Connection, _now: datetime) -> None:
        tx.execute(text("SELECT nothing_like_it FROM options"))

    works = [mistaken if n == 5 else write(f"n{n}") for n in range(12)]
    results = await asyncio.gather(*(database.run(work, now) for work in works), return_exceptions=True)
    assert [n for n, result in enumerate(results) if isinstance(result, Exception)] == [5]
    assert not isinstance(results[5], DatabaseAwayError)
    with pytest.raises(Exception, match="nothing_like_it") as alone:
        await database.run(mistaken, now)
    assert not isinstance(alone.value, DatabaseAwayError)


async def test_a_double_is_told_to_its_caller(database: Database, now: datetime) -> None:
    def twice(tx: Connection, _now: datetime) -> None:
        for _ in range(2):
            tx.execute(insert(options).values(name="a", value=1))

    with pytest.raises(IntegrityError):
        await database.run(twice, now)


async def test_bells_ring_after_the_commit_and_only_then(database: Database, now: datetime) -> None:
    heard = asyncio.Event()
    database.bells.on("parcels", heard.set)

    def ring_and_fail(tx: Connection, _now: datetime) -> None:
        ring(tx, "parcels")
        raise Trouble

    with pytest.raises(Trouble):
        await database.run(ring_and_fail, now)
    assert not heard.is_set()
    await database.run(lambda tx, _now: ring(tx, "parcels"), now)
    async with asyncio.timeout(5):
        await heard.wait()


async def test_a_bell_is_heard_in_another_process_too(empty_postgres: str, now: datetime) -> None:
    here, there = Database(empty_postgres), Database(empty_postgres)
    heard = asyncio.Event()
    there.bells.on("parcels", heard.set)
    there.listen_to_others()
    async with asyncio.timeout(10):
        while not heard.is_set():  # it takes a moment until somebody listens
            await here.run(lambda tx, _now: ring(tx, "parcels"), now)
            await asyncio.sleep(0.02)
    here.close()
    there.close()


async def test_a_caller_that_left_changes_nothing(database: Database, now: datetime) -> None:
    task = asyncio.create_task(database.run(write("a"), now))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5):
        while await database.read(names, now) != {"a"}:  # noqa: ASYNC110 - nobody waits for it any more
            await asyncio.sleep(0.005)


async def test_readers_see_only_what_was_committed(database: Database, now: datetime) -> None:
    seen: list[set[str]] = []

    def look_from_outside(tx: Connection, now: datetime) -> None:
        set_option(tx, "a", 1)
        with database.engine.connect().execution_options(read_only=True) as other:
            seen.append(names(other, now))

    await database.run(look_from_outside, now)
    assert seen == [set()]


async def test_close_finishes_what_waits(database_url: str, now: datetime) -> None:
    database = Database(database_url)
    tasks = [asyncio.create_task(database.run(write(f"n{n}"), now)) for n in range(20)]
    await asyncio.sleep(0)
    await asyncio.to_thread(database.close)
    await asyncio.gather(*tasks)
    reopened = Database(database_url)
    assert len(await reopened.read(names, now)) == 20
    reopened.close()


@pytest.fixture
def sqlite_file(tmp_path: Path, empty_sqlite: Path) -> Path:
    return Path(shutil.copy(empty_sqlite, tmp_path / "house.sqlite3"))


async def test_a_locked_file_is_a_database_that_is_away(sqlite_file: Path, now: datetime) -> None:
    database = Database(f"sqlite:///{sqlite_file}")
    await database.run(lambda tx, _now: tx.exec_driver_sql("PRAGMA busy_timeout=1"), now)
    intruder = sqlite3.connect(sqlite_file, isolation_level=None)
    intruder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseAwayError):
        await database.run(write("a"), now)
    intruder.execute("ROLLBACK")
    intruder.close()
    await database.run(write("a"), now)
    assert await database.read(names, now) == {"a"}
    database.close()


async def test_a_disk_that_is_full_at_the_commit_of_several_is_known(
    sqlite_file: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file may grow: to SQLite that is a disk without room, found out only when everything is written down."""
    monkeypatch.setattr("storage.writing.CALM", 0.0)
    database = Database(f"sqlite:///{sqlite_file}")
    await database.run(write("before"), now)
    room = sqlite_file.with_name(f"{sqlite_file.name}-wal").stat().st_size + 100_000
    unlimited = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, unlimited[1]))
    try:
        held, gate = threading.Event(), threading.Event()  # while the writer is held the others gather behind it
        first = asyncio.ensure_future(database.run(lambda _tx, _now: (held.set(), gate.wait()), now))
        await asyncio.to_thread(held.wait)
        jobs = [asyncio.ensure_future(database.run(write(letter * 200_000), now)) for letter in "abc"]
        await asyncio.sleep(0)
        gate.set()
        await first
        ends = await asyncio.gather(*jobs, return_exceptions=True)
        assert [type(end) for end in ends] == [DatabaseAwayError] * 3
        assert database.writing.is_hindered
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, unlimited)
    await database.run(write("after"), now)
    assert not database.writing.is_hindered
    assert await database.read(names, now) == {"before", "after"}
    database.close()


@pytest.mark.parametrize("replaced", [True, False])
async def test_a_file_taken_away_under_us_is_written_no_more(sqlite_file: Path, replaced: bool, now: datetime) -> None:
    """Somebody brings last night's file back, or cleans up, while we run: what we confirmed then would be gone."""
    database = Database(f"sqlite:///{sqlite_file}")
    await database.run(write("before"), now)
    assert await database.read(names, now) == {"before"}
    kept = shutil.move(sqlite_file, sqlite_file.with_name("kept"))
    if replaced:
        shutil.copy(kept, sqlite_file)
    for _ in range(2):
        with pytest.raises(DatabaseAwayError):
            await database.run(write("never"), now)
    assert database.writing.is_hindered
    assert await database.read(names, now) == {"before"}
    shutil.move(kept, sqlite_file)
    await database.run(write("after"), now)
    assert await database.read(names, now) == {"before", "after"}
    database.close()


def test_no_connection_is_opened_to_what_lies_in_the_place_of_the_file(sqlite_file: Path) -> None:
    """It would find strange rows; where nothing lies there, SQLite would even make a new file."""
    engine = make_engine(f"sqlite:///{sqlite_file}")
    with engine.connect():
        shutil.move(sqlite_file, sqlite_file.with_name("kept"))
        with pytest.raises(OperationalError):
            engine.connect()
        assert not sqlite_file.exists()
    engine.dispose()


def test_a_new_file_is_its_owners_alone_and_one_that_is_there_stays_as_it_is(tmp_path: Path, sqlite_file: Path) -> None:
    """Health data and tokens stand in it, and in what SQLite keeps beside it."""
    sqlite_file.chmod(0o640)
    for file, mode in ((tmp_path / "new.sqlite3", 0o600), (sqlite_file, 0o640)):
        engine = make_engine(f"sqlite:///{file}")
        with engine.begin() as tx:
            tx.exec_driver_sql("CREATE TABLE something (id INTEGER)")
            files = list(tmp_path.glob(f"{file.name}*"))
        assert len(files) > 1
        assert {each.stat().st_mode & 0o777 for each in files} == {mode}
        engine.dispose()


async def test_postgresql_stopped_and_started_is_found_again(
    postgres: Server, empty_postgres: str, now: datetime
) -> None:
    database = Database(empty_postgres)
    await database.run(write("before"), now)
    with database.engine.connect() as killer:
        killer.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await database.run(write("after"), now)

    def be_killed(tx: Connection, _now: datetime) -> None:
        set_option(tx, "never", 1)
        tx.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(DatabaseAwayError):
        await database.run(be_killed, now)
    assert {"before", "after"} <= await database.read(names, now)
    assert "never" not in await database.read(names, now)
    database.close()


async def test_an_administrators_settings_of_the_database_change_nothing(
    postgres: Server, migrated_postgres: str, now: datetime
) -> None:
    """Days in the order of the country, and an encoding without Vietnamese, as somebody may have set them for all."""
    create_database(postgres, "as_somebody_set_it", like=migrated_postgres)
    admin = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("datestyle = 'SQL, DMY'", "client_encoding = 'LATIN1'", "timezone = 'America/New_York'"):
            connection.execute(text(f"ALTER DATABASE as_somebody_set_it SET {setting}"))
    admin.dispose()
    database = Database(postgres.url("as_somebody_set_it"))

    def put_and_claim(tx: Connection, now: datetime) -> list[outbox.Parcel]:
        outbox.put(tx, WORDS, key="Tết", lane=Lane.ANSWER, now=now)
        return sending.claim(tx, "telegram", holder="one", now=now, limit=1)

    [found] = await database.run(put_and_claim, now)
    assert (found.message, found.due_at) == (WORDS, now)
    await asyncio.to_thread(database.close)


async def test_what_is_committed_is_on_the_disk_of_a_server_that_is_in_a_hurry(
    postgres: Server, now: datetime, migrated_postgres: str
) -> None:
    """Somebody has read that it makes everything faster."""
    create_database(postgres, "in_a_hurry", like=migrated_postgres)
    admin = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("ALTER DATABASE in_a_hurry SET synchronous_commit = off"))
    admin.dispose()
    database = Database(postgres.url("in_a_hurry"))

    def how(tx: Connection, _now: datetime) -> object:
        return tx.execute(text("SHOW synchronous_commit")).scalar_one()

    assert await database.run(how, now) == "on"
    await asyncio.to_thread(database.close)


async def test_our_connections_start_no_workers_and_compile_nothing(empty_postgres: str, now: datetime) -> None:
    """Both take longer than what we ask for; a transaction that failed must not take the setting back."""
    database = Database(empty_postgres)

    def settings(tx: Connection, _now: datetime) -> tuple[str, str]:
        found = [tx.execute(text(f"SHOW {name}")).scalar_one() for name in ("max_parallel_workers_per_gather", "jit")]
        return found[0], found[1]

    try:
        for _ in range(6):  # whichever connection of the pool serves
            with pytest.raises(Trouble):
                await database.run(write_and_fail_at_once, now)
            assert await database.run(settings, now) == ("0", "off")
    finally:
        await asyncio.to_thread(database.close)


async def test_who_loses_against_another_transaction_tries_again(empty_postgres: str, now: datetime) -> None:
    """Two that lock in opposite orders: the server ends one of them, and it runs again."""
    database = Database(empty_postgres)
    meeting = asyncio.Event()
    loop = asyncio.get_running_loop()
    both_hold_one = {"n": 0}

    def lock(first: int, second: int) -> object:
        def work(tx: Connection, _now: datetime) -> int:
            tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": first})
            both_hold_one["n"] += 1
            while both_hold_one["n"] < 2:
                tx.execute(text("SELECT pg_sleep(0.01)"))
            tx.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": second})
            loop.call_soon_threadsafe(meeting.set)
            return first

        return work

    first = asyncio.create_task(database.run(lock(1, 2), now))
    while not both_hold_one["n"]:  # noqa: ASYNC110 - what waits together runs together: the other comes a little later
        await asyncio.sleep(0.005)
    assert [await database.run(lock(2, 1), now), await first] == [2, 1]
    database.close()


async def test_two_who_add_the_same_at_the_same_moment_are_one(empty_postgres: str, now: datetime) -> None:
    """Two staff files at once: the second looked before the first had committed, so it looks again."""
    database = Database(empty_postgres)
    both_looked = threading.Barrier(2)

    def work(tx: Connection, _now: datetime) -> bool:
        if option(tx, "SO") is not None:
            return False
        with suppress(threading.BrokenBarrierError):
            both_looked.wait(1.0)
        tx.execute(insert(options).values(name="SO", value=1))
        return True

    first = asyncio.create_task(database.run(work, now))
    while not both_looked.n_waiting:  # noqa: ASYNC110 - what waits together runs together: the other comes a little later
        await asyncio.sleep(0.005)
    assert sorted([await database.run(work, now), await first]) == [False, True]
    database.close()


async def test_a_stop_iteration_in_the_work_reaches_the_caller(database: Database, now: datetime) -> None:
    def look_in_vain(_tx: Connection, _now: datetime) -> None:
        next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(database.run(look_in_vain, now), timeout=20)


async def test_who_only_looks_keeps_few_pages_of_a_sqlite_file(sqlite_file: Path, now: datetime) -> None:
    """He forgets them whenever somebody has written: of many readers they would only add up."""
    database = Database(f"sqlite:///{sqlite_file}")
    kept = [
        await way(lambda tx, _now: -tx.exec_driver_sql("PRAGMA cache_size").scalar_one(), now)
        for way in (database.read, database.run)
    ]
    assert kept[0] < kept[1] / 4
    database.close()
