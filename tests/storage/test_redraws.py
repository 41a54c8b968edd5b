"""Boards to be drawn anew: noted with the transaction that changed what they show, each once."""

from __future__ import annotations

import asyncio
from datetime import datetime

from sqlalchemy import Connection, func, select

from storage.database import Database
from storage.parcels.redraws import ask_to_redraw, redraws, take_redraws


def count(tx: Connection, _now: datetime) -> int:
    return tx.execute(select(func.count()).select_from(redraws)).scalar_one()


async def test_what_two_messages_of_a_transaction_mean_is_said_once(database: Database, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for unit in range(11):
            ask_to_redraw(tx, "round/1", f"round/1/unit/{unit}", now=now)

    await database.run(work, now)
    assert await database.read(count, now) == 12
    taken = await database.run(lambda tx, _now: take_redraws(tx), now)
    assert taken == sorted(["round/1", *(f"round/1/unit/{unit}" for unit in range(11))])
    assert await database.read(count, now) == 0


async def test_a_note_falls_with_its_transaction_alone(database: Database, now: datetime) -> None:
    def fail(tx: Connection, now: datetime) -> None:
        ask_to_redraw(tx, "round/2", now=now)
        raise LookupError

    def succeed(tx: Connection, now: datetime) -> None:
        ask_to_redraw(tx, "round/3", now=now)

    works = (succeed, fail, succeed)
    done = await asyncio.gather(*(database.run(work, now) for work in works), return_exceptions=True)
    assert isinstance(done[1], LookupError)
    assert await database.run(lambda tx, _now: take_redraws(tx), now) == ["round/3"]


async def test_whoever_only_means_a_note_wants_to_write(database: Database, now: datetime) -> None:
    assert await database.wants_to_write(lambda tx, now: ask_to_redraw(tx, "round/4", now=now), now)
    assert await database.read(count, now) == 0
