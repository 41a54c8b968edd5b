"""The inbox: the first copy of an update counts, what could not be handled is kept raw."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from storage import inbox
from storage.database import Database

DAY = timedelta(days=1)


def is_new(tx: Connection, now: datetime, key: str = "u1", bot: str = "7000") -> bool:
    return inbox.is_new(tx, "telegram", bot, key, now)


def park(tx: Connection, now: datetime, key: str = "u1") -> bool:
    return inbox.park(tx, platform="telegram", bot="7000", key=key, raw=b'{"x":1}', error="KeyError", now=now)


def unpark(tx: Connection, _now: datetime, key: str = "u1") -> bool:
    return inbox.unpark(tx, platform="telegram", bot="7000", key=key)


def keys(tx: Connection, _now: datetime) -> set[str]:
    return set(tx.execute(select(inbox.inbox.c.key)).scalars())


async def test_the_second_copy_dies(database: Database, now: datetime) -> None:
    assert await database.run(is_new, now)
    assert not await database.run(is_new, now)


async def test_another_bot_counts_its_own_updates(database: Database, now: datetime) -> None:
    assert await database.run(is_new, now)
    assert await database.run(lambda tx, now: is_new(tx, now, bot="7001"), now)


async def test_of_many_copies_at_once_one_is_new(database: Database, now: datetime) -> None:
    answers = await asyncio.gather(*(database.run(is_new, now) for _ in range(20)))
    assert sorted(answers) == [False] * 19 + [True]


async def test_a_parked_update_is_kept_raw_and_no_copy_of_it_is_new(database: Database, now: datetime) -> None:
    assert await database.run(park, now)
    assert not await database.run(park, now)
    assert not await database.run(is_new, now)
    [kept] = await database.read(lambda tx, _: inbox.parked(tx), now)
    assert (kept.key, kept.raw, kept.error, kept.received_at) == ("u1", b'{"x":1}', "KeyError", now)


async def test_one_of_two_takes_a_parked_update_back(database: Database, now: datetime) -> None:
    await database.run(park, now)
    assert sorted(await asyncio.gather(*(database.run(unpark, now) for _ in range(2)))) == [False, True]
    assert await database.read(lambda tx, _: inbox.count_parked(tx), now) == 0


async def test_old_keys_are_forgotten_and_parked_ones_never(database: Database, now: datetime) -> None:
    await database.run(is_new, now - 8 * DAY)
    await database.run(lambda tx, now: is_new(tx, now, "u2"), now)
    await database.run(lambda tx, now: park(tx, now, "u3"), now - 30 * DAY)
    assert await database.run(lambda tx, now: inbox.prune_inbox(tx, now - 7 * DAY), now) == 1
    assert await database.read(keys, now) == {"u2", "u3"}
