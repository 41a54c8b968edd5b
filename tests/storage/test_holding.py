"""Rows are held in one order: who comes to one out of turn runs again instead of waiting crosswise."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, create_engine, text

from storage.database import Database, Work
from storage.holding import hold
from storage.jobs import BeginsTogether
from storage.records.people import people
from storage.records.units import units
from tests.cast import settle_in
from tests.conftest import create_database
from tests.postgres import Server

PATIENCE = 20.0  # seconds; who waits crosswise waits for an hour


@pytest.fixture
def slow_to_find_out(postgres: Server, migrated_postgres: str) -> str:
    """A server that does not look for transactions that wait for each other."""
    create_database(postgres, name := f"crosswise_{uuid.uuid4().hex[:12]}", like=migrated_postgres)
    admin = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER DATABASE {name} SET deadlock_timeout = '1h'"))
    admin.dispose()
    return postgres.url(name)


@pytest.fixture
def sqlite_house(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'house.sqlite3'}")
    yield database
    database.close()


@pytest.mark.parametrize("orders", [((units, 1), (units, 2)), ((units, 1), (people, 1))], ids=["units", "a person"])
async def test_two_that_hold_the_same_rows_crosswise_both_come_through(
    slow_to_find_out: str, orders: tuple[tuple[Table, int], ...], now: datetime
) -> None:
    one, other = Database(slow_to_find_out), Database(slow_to_find_out)
    await one.run(settle_in, now)
    both_hold_one = threading.Barrier(2)

    runs: list[str] = []

    def holding(who: str, *places: tuple[Table, int]) -> Work[None]:
        def work(tx: Connection, _now: datetime) -> None:
            runs.append(who)
            for number, (table, row) in enumerate(places):
                hold(tx, table, row)
                tx.execute(text("SELECT 1"))  # what waits to be said is said
                if number == 0 and runs.count(who) == 1:
                    both_hold_one.wait(PATIENCE)

        return work

    in_turn, out_of_turn = holding("in turn", *orders), holding("out of turn", *reversed(orders))
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(one.run(in_turn, now), other.run(out_of_turn, now))
    assert runs.count("in turn") == 1
    assert runs.count("out of turn") > 1
    await asyncio.gather(*(asyncio.to_thread(each.close) for each in (one, other)))


async def test_what_is_held_is_not_asked_for_again(empty_postgres: str, now: datetime) -> None:
    """Also where something larger is held since: it would count as out of turn."""
    database = Database(empty_postgres)

    def work(tx: Connection, _now: datetime) -> list[str]:
        for row in (1, 2, 1):
            hold(tx, units, row)
        tx.execute(text("SELECT 1"))
        said = tx.execute(
            text("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%FOR NO KEY UPDATE%'")
        )
        return list(said.scalars())

    found = await database.run(work, now)
    assert [each for each in found if "NOWAIT" in each] == []
    await asyncio.to_thread(database.close)


class Heard(BeginsTogether):
    """A message of a chat."""

    def __init__(self, chat: str, heard: list[str]) -> None:
        self._chat, self._heard = chat, heard

    @property
    def turn(self) -> tuple[str, ...]:
        return (self._chat,)

    @classmethod
    def begin_all(cls, tx: Connection, works: Sequence[tuple[Heard, datetime]]) -> None:
        """Nothing."""

    def __call__(self, _tx: Connection, _now: datetime) -> None:
        self._heard.append(self._chat)


async def test_messages_under_one_commit_run_in_the_order_of_their_chats(sqlite_house: Database, now: datetime) -> None:
    """Another process that hears the same chats comes to what is kept of each in the same order."""
    heard: list[str] = []
    begun, gate = threading.Event(), threading.Event()  # while the writer is held the others gather behind it
    first = asyncio.ensure_future(sqlite_house.run(lambda _tx, _now: (begun.set(), gate.wait()), now))
    await asyncio.to_thread(begun.wait)
    others = [asyncio.ensure_future(sqlite_house.run(Heard(chat, heard), now)) for chat in "cab"]
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(first, *others)
    assert heard == ["a", "b", "c"]
