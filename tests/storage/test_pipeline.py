"""What waits on the line to PostgreSQL: done before anybody could see that it was not, and never told twice or too old."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection, bindparam, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from storage.database import Database
from storage.prepared import Prepared
from storage.record import change
from storage.records.options import options
from tests.journeys_to_postgres import counted_journeys

HOLD = Prepared(select(options.c.name).where(options.c.name == bindparam("name")).with_for_update())
DRAW = Prepared(select(func.nextval(text("'check_ins_id_seq'"))))
PUT = Prepared(insert(options).values(name=bindparam("name"), value=bindparam("value")))
VALUE = Prepared(select(options.c.value).where(options.c.name == bindparam("name")))
SET = Prepared(update(options).where(options.c.name == bindparam("at")).values(value=bindparam("to")))
COUNT = Prepared(select(func.count()).select_from(options))


def value_of(tx: Connection, name: str) -> object:
    row = VALUE.first(tx, {"name": name})
    return None if row is None else row[0]


async def test_what_was_said_later_is_seen_by_every_statement_after_it(database: Database, now: datetime) -> None:
    def work(tx: Connection, _now: datetime) -> list[object]:
        PUT.later(tx, {"name": "a", "value": 1})
        seen = [value_of(tx, "a")]
        PUT.later(tx, {"name": "b", "value": 2})
        seen.append(tx.execute(select(options.c.value).where(options.c.name == "b")).scalar())
        PUT.later(tx, {"name": "c", "value": 3})
        return seen

    assert await database.run(work, now) == [1, 2]
    assert await database.read(lambda tx, _: value_of(tx, "c"), now) == 3


async def test_what_was_foreseen_is_asked_anew_once_it_could_be_old(database: Database, now: datetime) -> None:
    def work(tx: Connection, _now: datetime) -> list[object]:
        seen: list[object] = []
        for number, write in enumerate((_prepared_change, _core_change, _savepoint)):
            VALUE.foresee(tx, {"name": "a"})
            value_of(tx, "nobody")  # it has travelled along
            write(tx, number)
            seen.append(value_of(tx, "a"))
        return seen

    await database.run(lambda tx, _: PUT.change(tx, {"name": "a", "value": 100}), now)
    assert await database.run(work, now) == [0, 1, 2]


def _prepared_change(tx: Connection, number: int) -> None:
    SET.later(tx, {"at": "a", "to": number})


def _core_change(tx: Connection, number: int) -> None:
    change(tx, options, options.c.name == "a", value=number)


def _savepoint(tx: Connection, number: int) -> None:
    with tx.begin_nested():
        SET.later(tx, {"at": "a", "to": number})


async def test_a_savepoint_given_up_takes_what_waited_in_it_and_no_more(database: Database, now: datetime) -> None:
    def work(tx: Connection, _now: datetime) -> list[object]:
        PUT.later(tx, {"name": "before", "value": 1})
        with tx.begin_nested() as attempt:
            PUT.later(tx, {"name": "within", "value": 1})
            attempt.rollback()
        return [value_of(tx, "before"), value_of(tx, "within")]

    assert await database.run(work, now) == [1, None]


async def test_a_refusal_of_what_waited_undoes_all_and_is_no_outage(database: Database, now: datetime) -> None:
    """Two beside it are not hurt: each of them runs again by itself."""

    def double(tx: Connection, _now: datetime) -> None:
        for _ in range(2):
            PUT.later(tx, {"name": "double", "value": 1})

    def single(name: str) -> Callable[[Connection, datetime], None]:
        return lambda tx, _now: PUT.later(tx, {"name": name, "value": 1})

    works = [single("a"), double, single("b")]
    done = await asyncio.gather(*(database.run(work, now) for work in works), return_exceptions=True)
    assert done[0] is None
    assert isinstance(done[1], IntegrityError)
    assert done[2] is None
    assert await database.read(lambda tx, _: COUNT.first(tx, {}), now) == (2,)


async def test_a_refusal_that_somebody_swallowed_is_not_committed(empty_postgres: str, now: datetime) -> None:
    """The server calls it no error: it answers such a commit with a rollback."""
    database = Database(empty_postgres)

    def work(tx: Connection, _now: datetime) -> None:
        PUT.change(tx, {"name": "swallowed", "value": 1})
        with contextlib.suppress(DBAPIError):
            tx.execute(text("SELECT 1 / 0"))

    with pytest.raises(DBAPIError):
        await database.run(work, now)
    assert await database.read(lambda tx, _: value_of(tx, "swallowed"), now) is None
    database.close()


async def test_more_than_the_line_takes_at_once_is_said_and_heard(database: Database, now: datetime) -> None:
    """Both sides have more to say than a socket holds: neither waits for the other for ever."""
    long = "dài " * 100_000

    def work(tx: Connection, _now: datetime) -> int:
        for number in range(20):
            PUT.later(tx, {"name": f"n{number}", "value": long})
            VALUE.foresee(tx, {"name": f"n{number}"})
        return sum(value_of(tx, f"n{number}") == long for number in range(20))

    assert await database.run(work, now) == 20


async def test_a_hundred_statements_are_one_journey_to_a_server(database: Database, now: datetime) -> None:

    def work(tx: Connection, _now: datetime) -> None:
        for number in range(100):
            PUT.later(tx, {"name": f"n{number}", "value": number})

    await database.run(work, now)
    with counted_journeys() as journeys:
        await database.run(lambda tx, _: [SET.later(tx, {"at": f"n{n}", "to": n + 1}) for n in range(100)], now)
    assert len(journeys) == (0 if database.is_sqlite else 1)
    assert await database.read(lambda tx, _: value_of(tx, "n99"), now) == 100


async def test_what_is_held_is_held_once_and_makes_nothing_old_a_second_time(database: Database, now: datetime) -> None:
    def hold_and_look(tx: Connection, _now: datetime) -> object:
        HOLD.later(tx, {"name": "a"})
        VALUE.foresee(tx, {"name": "a"})
        value_of(tx, "nobody")  # the look has travelled along, behind the lock
        HOLD.later(tx, {"name": "a"})
        assert HOLD.first(tx, {"name": "a"}) is not None
        return value_of(tx, "a")

    def wait_for_another(tx: Connection, _now: datetime) -> object:
        VALUE.foresee(tx, {"name": "a"})
        value_of(tx, "nobody")
        HOLD.later(tx, {"name": "b"})  # somebody may have changed "a" while we waited
        return value_of(tx, "a")

    await database.run(lambda tx, _: [PUT.later(tx, {"name": name, "value": 1}) for name in "ab"], now)
    for work, how_many in ((hold_and_look, 2), (wait_for_another, 3)):
        with counted_journeys() as journeys:
            assert await database.run(work, now) == 1
        assert len(journeys) == (0 if database.is_sqlite else how_many)


async def test_a_lock_given_up_with_a_savepoint_is_taken_again(empty_postgres: str, now: datetime) -> None:
    database = Database(empty_postgres)

    def work(tx: Connection, _now: datetime) -> int:
        with tx.begin_nested() as attempt:
            HOLD.first(tx, {"name": "a"})
            attempt.rollback()
        with counted_journeys() as journeys:
            HOLD.first(tx, {"name": "a"})
        return len(journeys)

    assert await database.run(work, now) == 1
    database.close()


async def test_what_does_something_is_done_as_often_as_it_is_said(empty_postgres: str, now: datetime) -> None:
    database = Database(empty_postgres)

    def work(tx: Connection, _now: datetime) -> list[int]:
        DRAW.foresee(tx, {})
        return [row[0] for _ in range(3) if (row := DRAW.first(tx, {})) is not None]

    drawn = await database.run(work, now)
    assert drawn == [drawn[0], drawn[0] + 1, drawn[0] + 2]
    database.close()
