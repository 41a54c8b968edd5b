"""Recording under pressure: many at once leave one current check-in; what was said in time is in time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from handlers.check_ins.visitor_count import KIND
from handlers.local_time import local_day
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.rounds import close_due, open_round
from storage.database import Database
from storage.records.check_ins import check_ins
from storage.records.rounds import expectations, round_of
from tests.cast import PLATFORM, Cast


def report(tx: Connection, now: datetime, cast: Cast, visitors: int, said_at: datetime | None = None) -> None:
    source = Source(PLATFORM, cast.rooms["KT"], str(visitors), str(visitors), said_at)
    record(
        tx,
        kind=KIND,
        answers={"visitors": visitors},
        unit_id=cast.units["KT"],
        person_id=None,
        reported_by=cast.lan.person_id,
        source=source,
        now=now,
    )


async def test_first_reports_at_the_same_moment_leave_one_current(
    database: Database, now: datetime, cast: Cast
) -> None:
    await asyncio.gather(
        *(database.run(lambda tx, now, n=number: report(tx, now, cast, n), now) for number in range(1, 9))
    )
    rows = await database.read(lambda tx, _: tx.execute(select(check_ins)).all(), now)
    assert [row.state for row in rows].count("current") == 1
    assert len({row.supersedes_id for row in rows}) == 8


async def test_what_was_said_in_time_and_heard_late_is_in_time(database: Database, now: datetime, cast: Cast) -> None:
    def scene(tx: Connection, now: datetime) -> list[str]:
        open_round(tx, KIND, local_day(now), now)
        asked = round_of(tx, KIND.name, local_day(now))
        assert asked is not None
        after = asked.due_at + timedelta(minutes=20)
        close_due(tx, asked, after)
        report(tx, after, cast, 5, said_at=asked.due_at - timedelta(minutes=5))
        unit = expectations.c.unit_id == cast.units["KT"]
        return list(tx.execute(select(expectations.c.state).where(unit)).scalars())

    assert await database.run(scene, now) == ["on_time"]
