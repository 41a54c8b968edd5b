"""One leader for each thing: PostgreSQL's locks among processes, the file held on SQLite."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from storage import leadership
from storage.database import Database
from storage.leadership import DatabaseTakenError, hold_file, lead


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leadership, "LOOK_EVERY", 0.05)


class Candidates:
    """Several processes' worth of would-be leaders of one thing, and who leads now."""

    def __init__(self) -> None:
        self.leading: list[str] = []
        self.most_at_once = 0

    @asynccontextmanager
    async def standing(self, name: str, url: str) -> AsyncIterator[Database]:
        database = Database(url)
        task = asyncio.create_task(lead(database, "telegram-listen", lambda: self._lead(name)))
        try:
            yield database
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            database.close()

    async def _lead(self, name: str) -> None:
        self.leading.append(name)
        self.most_at_once = max(self.most_at_once, len(self.leading))
        try:
            await asyncio.Event().wait()
        finally:
            self.leading.remove(name)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110 - another connection's lock tells nobody
            await asyncio.sleep(0.01)


def kill_sessions_of_leaders(url: str) -> int:
    """As if the leader's machine had lost its network."""
    engine = create_engine(url)
    with engine.begin() as connection:
        killed = connection.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 727")
        ).all()
    engine.dispose()
    return len(killed)


async def test_exactly_one_of_three_leads(empty_postgres: str) -> None:
    candidates = Candidates()
    async with (
        candidates.standing("a", empty_postgres),
        candidates.standing("b", empty_postgres),
        candidates.standing("c", empty_postgres),
    ):
        await until(lambda: candidates.leading)
        await asyncio.sleep(0.3)
        assert len(candidates.leading) == 1
    assert candidates.most_at_once == 1
    assert candidates.leading == []


async def test_when_the_leader_leaves_another_one_follows(empty_postgres: str) -> None:
    candidates = Candidates()
    async with candidates.standing("first", empty_postgres):
        await until(lambda: candidates.leading == ["first"])
        second = candidates.standing("second", empty_postgres)
        await second.__aenter__()
    await until(lambda: candidates.leading == ["second"])
    await second.__aexit__(None, None, None)


async def test_a_leader_whose_connection_is_killed_stops_and_somebody_leads_again(empty_postgres: str) -> None:
    candidates = Candidates()
    async with candidates.standing("a", empty_postgres), candidates.standing("b", empty_postgres):
        await until(lambda: candidates.leading)
        before = list(candidates.leading)
        assert await asyncio.to_thread(kill_sessions_of_leaders, empty_postgres) == 1
        await until(lambda: before[0] not in candidates.leading or len(candidates.leading) == 2)
        await until(lambda: len(candidates.leading) == 1)


async def test_a_leader_that_stands_still_is_followed(empty_postgres: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its process is frozen: the connection stays open, and asks nothing."""
    monkeypatch.setattr(leadership, "STANDS_STILL", "200ms")
    candidates, frozen = Candidates(), Database(empty_postgres)
    connection = leadership._connect(frozen)
    assert leadership._try(connection, "telegram-listen")
    async with candidates.standing("b", empty_postgres):
        await until(lambda: candidates.leading == ["b"])
    with pytest.raises(OperationalError):
        leadership._is_alive(connection)
    leadership._let_go(connection)
    frozen.close()


async def test_different_things_have_leaders_of_their_own(empty_postgres: str) -> None:
    candidates = Candidates()
    database = Database(empty_postgres)
    async with candidates.standing("a", empty_postgres):
        await until(lambda: candidates.leading == ["a"])
        began = asyncio.Event()

        async def tick() -> None:
            began.set()
            await asyncio.Event().wait()

        task = asyncio.create_task(lead(database, "clockwork", tick))
        await asyncio.wait_for(began.wait(), 5)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    database.close()


async def test_work_that_fails_is_told_and_frees_the_place(empty_postgres: str) -> None:
    database = Database(empty_postgres)

    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await lead(database, "telegram-listen", fail)
    candidates = Candidates()
    async with candidates.standing("b", empty_postgres):
        await until(lambda: candidates.leading == ["b"])
    database.close()


async def test_a_sqlite_file_serves_one_process(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'house.sqlite3'}")
    held = hold_file(database)
    assert held is not None
    with pytest.raises(DatabaseTakenError):
        hold_file(database)
    (tmp_path / "link.sqlite3").symlink_to(tmp_path / "house.sqlite3")
    by_link = Database(f"sqlite:///{tmp_path / 'link.sqlite3'}")
    with pytest.raises(DatabaseTakenError):
        hold_file(by_link)
    by_link.close()
    held.close()
    again = hold_file(database)
    assert again is not None
    again.close()
    database.close()
