"""Errands are run once, come back when their runner dies, and are given up in the end."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from storage import errands
from storage.database import Database
from storage.errands import LEASE, MOST_ATTEMPTS


def put(tx: Connection, now: datetime) -> int:
    return errands.put(
        tx, topic="staff_file", platform="telegram", reference="F", name="a.csv", state={"a": 1}, now=now
    )


async def test_an_errand_is_claimed_by_one_runner_and_rings_its_bell(database: Database, now: datetime) -> None:
    heard: list[str] = []
    database.bells.on(errands.BELL, lambda: heard.append("ding"))
    await database.run(put, now + LEASE)  # by a machine whose clock is ahead
    (errand,) = await database.run(errands.claim, now)
    assert (errand.topic, errand.state, errand.attempts) == ("staff_file", {"a": 1}, 1)
    assert await database.run(errands.claim, now) == []
    assert heard == ["ding"]


async def test_a_finished_errand_is_finished_once(database: Database, now: datetime) -> None:
    number = await database.run(put, now)
    assert await database.run(lambda tx, now: errands.finish(tx, number, now=now), now)
    assert not await database.run(lambda tx, now: errands.finish(tx, number, now=now), now)
    assert await database.run(errands.claim, now + 2 * LEASE) == []


async def test_the_errand_of_a_dead_runner_comes_back(database: Database, now: datetime) -> None:
    await database.run(put, now)
    await database.run(errands.claim, now)
    assert await database.run(errands.claim, now + LEASE / 2) == []
    (again,) = await database.run(errands.claim, now + LEASE)
    assert again.attempts == 2


async def test_an_errand_that_fails_is_tried_again_and_given_up_in_the_end(database: Database, now: datetime) -> None:
    def fail_next(tx: Connection, now: datetime) -> bool:
        (errand,) = errands.claim(tx, now)
        return errands.fail(tx, errand, now=now, trouble="away", again_at=now + timedelta(minutes=1))

    await database.run(put, now)
    outcomes = [await database.run(fail_next, now + timedelta(minutes=minute)) for minute in range(MOST_ATTEMPTS)]
    assert outcomes == [False] * (MOST_ATTEMPTS - 1) + [True]
    assert await database.run(errands.claim, now + timedelta(days=1)) == []
    newer = await database.run(put, now)
    assert await database.run(errands.prune_errands, now + timedelta(days=2)) == 1
    await database.run(lambda tx, now: errands.finish(tx, newer, now=now), now)
    assert await database.run(errands.prune_errands, now + timedelta(days=2)) == 0, "its number would be given again"
