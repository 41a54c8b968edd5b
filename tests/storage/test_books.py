"""What is entered into the books at the end of a transaction: nobody in it sees that it was not entered yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from handlers.check_ins import visitor_count
from handlers.local_time import local_day
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.rounds import open_round
from storage.database import Database
from storage.invariants import broken_invariants
from storage.last_words import MEANT
from storage.records.check_ins import CheckIn, check_in_of_unit, check_ins, figures, find_check_in, last_check_in_by
from storage.records.monthly_figures import monthly_figures
from storage.records.owed import still_open
from storage.records.rounds import Expected, expectation_for, round_of
from tests.cast import PLATFORM, Cast, Member


def count(tx: Connection, now: datetime, cast: Cast, unit: str, visitors: int, by: Member) -> CheckIn:
    return record(
        tx,
        kind=visitor_count.KIND,
        answers={"visitors": visitors},
        unit_id=cast.units[unit],
        person_id=None,
        reported_by=by.person_id,
        source=Source(PLATFORM, cast.rooms["KT"], str(visitors), str(visitors), now),
        now=now,
    )


def waits(tx: Connection) -> bool:
    """Is there something that was not said yet?"""
    return MEANT in vars(tx)


def last(tx: Connection, now: datetime, who: Member) -> int | None:
    found = last_check_in_by(tx, who.person_id, now - timedelta(minutes=5))
    return None if found is None else found.id


async def test_what_is_entered_waits_for_whoever_asks_about_the_same(
    database: Database, now: datetime, cast: Cast
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        open_round(tx, visitor_count.KIND, local_day(now), now)
        asked = round_of(tx, visitor_count.KIND.name, local_day(now))
        assert asked is not None
        first = count(tx, now, cast, "KT", 5, cast.lan)
        assert waits(tx)
        assert check_in_of_unit(tx, visitor_count.KIND.name, cast.units["TM"], first.day) is None
        assert last(tx, now, cast.hoa) is None
        assert waits(tx)  # all of that was about others
        assert check_in_of_unit(tx, visitor_count.KIND.name, cast.units["KT"], first.day) == first
        assert not waits(tx)

        second = count(tx, now + timedelta(seconds=1), cast, "KT", 7, cast.minh)
        assert (second.supersedes_id, second.id > first.id) == (first.id, True)
        assert waits(tx)
        assert last(tx, now, cast.lan) is None  # what she said no longer stands
        assert last(tx, now, cast.minh) == second.id
        third = count(tx, now + timedelta(seconds=2), cast, "KT", 8, cast.minh)
        owed = expectation_for(tx, asked.id, unit_id=cast.units["KT"])
        assert owed is not None
        assert (owed.state, owed.check_in_id) == (Expected.ON_TIME, third.id)
        assert find_check_in(tx, third.id) == third

    await database.run(work, now)
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []


async def test_whoever_reports_sees_at_once_that_nothing_is_owed_any_more(
    database: Database, now: datetime, cast: Cast
) -> None:
    def work(tx: Connection, now: datetime) -> list[int]:
        open_round(tx, visitor_count.KIND, local_day(now), now)
        count(tx, now, cast, "KT", 5, cast.minh)
        since = local_day(now)
        left = still_open(tx, unit_ids=[], person_id=cast.minh.person_id, today=since, since=since)
        assert not waits(tx)
        return [expectation.id for _, expectation in left]

    assert await database.run(work, now) == []


async def test_however_many_reports_are_entered_together_the_sums_are_those_of_what_stands(
    database: Database, now: datetime, cast: Cast
) -> None:

    def work(tx: Connection, now: datetime) -> None:
        for number in range(19):
            count(tx, now + timedelta(seconds=number), cast, ("KT", "TM", "KCN1")[number % 3], number, cast.hoa)

    await database.run(work, now)
    rows = await database.read(lambda tx, _: tx.execute(select(check_ins.c.state)).scalars().all(), now)
    assert (rows.count("current"), rows.count("superseded")) == (3, 16)
    sums = await database.read(lambda tx, _: tx.execute(select(monthly_figures.c.value)).scalars().all(), now)
    assert sorted(sums) == [16, 17, 18]
    assert len(await database.read(lambda tx, _: tx.execute(select(figures)).all(), now)) == 19
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []


async def test_what_was_taken_back_is_not_entered(database: Database, now: datetime, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        kept = count(tx, now, cast, "KT", 5, cast.lan)
        savepoint = tx.begin_nested()
        count(tx, now + timedelta(seconds=1), cast, "KT", 6, cast.lan)
        savepoint.rollback()
        again = count(tx, now + timedelta(seconds=2), cast, "KT", 7, cast.lan)
        assert again.supersedes_id == kept.id

    await database.run(work, now)
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []
