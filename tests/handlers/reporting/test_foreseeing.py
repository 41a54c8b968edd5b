"""What messages of one transaction ask is asked for all of them at once, and each is answered as if it were alone."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, select

from handlers import conversation
from handlers.check_ins import visitor_count
from handlers.local_time import local_day
from handlers.rounds import open_round
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Act, IncomingMessage
from storage.records.check_ins import check_ins
from storage.records.rounds import expectations
from tests.cast import PLATFORM, Cast
from tests.journeys_to_postgres import counted_journeys

Said = tuple[str, str]  # who, what


def messages(cast: Cast, said: list[Said], now: datetime) -> list[tuple[IncomingMessage, datetime]]:
    """Each in private."""
    who = {"Minh": cast.minh, "Hoa": cast.hoa, "Lan": cast.lan}
    return [
        (
            IncomingMessage(
                platform=PLATFORM,
                bot="7000",
                key=f"{now}/{number}",
                act=Act.TEXT,
                chat_id=who[name].account,
                chat_type="private",
                sent_at=now,
                user_id=who[name].account,
                message_id=f"{now}/{number}",
                text=text,
                addressed=True,
            ),
            now,
        )
        for number, (name, text) in enumerate(said)
    ]


def take_together(tx: Connection, now: datetime, *, cast: Cast, said: list[Said]) -> None:
    arrivals = messages(cast, said, now)
    for message, moment in arrivals:
        conversation.foresee(tx, message, moment)
    conversation.foresee_all(tx, arrivals)
    for message, moment in arrivals:
        conversation.answer(tx, message, moment)


def kept(tx: Connection, _now: datetime) -> list[tuple[int, object, str, bool]]:
    rows = tx.execute(select(check_ins).order_by(check_ins.c.id))
    return [(row.reported_by, row.answers, row.state, row.supersedes_id is not None) for row in rows]


@pytest.fixture
async def asked(database: Database, cast: Cast, now: datetime) -> None:
    await database.run(lambda tx, now: open_round(tx, visitor_count.KIND, local_day(now), now), now)


@pytest.mark.usefixtures("asked")
async def test_two_of_one_unit_in_one_transaction_correct_each_other(
    database: Database, cast: Cast, now: datetime
) -> None:
    """What was foreseen for the second is old once the first has answered."""
    said = [("Minh", "5 lượt khách"), ("Hoa", "vâng"), ("Lan", "7 lượt khách"), ("Minh", "8 lượt khách")]
    await database.run(partial(take_together, cast=cast, said=said), now)
    minh, lan = cast.minh.person_id, cast.lan.person_id
    assert await database.read(kept, now) == [
        (minh, {"visitors": 5}, "superseded", False),
        (lan, {"visitors": 7}, "superseded", True),
        (minh, {"visitors": 8}, "current", True),
    ]
    states = await database.read(
        lambda tx, _: tx.execute(select(expectations.c.state).where(expectations.c.check_in_id.is_not(None))).all(), now
    )
    assert len(states) == 1
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []


@pytest.mark.usefixtures("asked")
async def test_two_that_report_together_take_no_more_journeys_than_one(
    database: Database, cast: Cast, now: datetime
) -> None:
    """The first time, and where each corrects what he told."""
    for minutes, figure in ((0, 5), (1, 7)):
        later = now + timedelta(minutes=minutes)
        with counted_journeys() as alone:
            await database.run(partial(take_together, cast=cast, said=[("Minh", f"{figure} lượt khách")]), later)
        again = later + timedelta(seconds=20)
        both = [("Minh", f"{figure + 1} lượt khách"), ("Hoa", f"{figure} lượt khách")]
        with counted_journeys() as together:
            await database.run(partial(take_together, cast=cast, said=both), again)
        assert len(together) <= len(alone)
    assert len(await database.read(kept, now)) == 6
