"""The allowance of a month: counted by bot and lane, foretold, told to the office, and what is left out when it is short."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection

from handlers.telling import allowance
from handlers.telling.allowance import Plan, Thrift, describe, is_spared, keep_plan, note_received, note_sent, standing
from storage.database import Database
from storage.messages import Lane, OutgoingMessage
from storage.records.options import set_option
from storage.records.traffic import count_messages
from tests.cast import Cast
from tests.handlers.speaking import Desk

PLAN = Plan(messages=3_000, users=50, groups=3, counts_received=False)
SECOND = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)  # the first working day of that November


def begin(tx: Connection, plan: Plan = PLAN) -> None:
    set_option(tx, "identity/zalo", {"account": "88", "name": "Bot Trực Ban"})
    keep_plan(tx, "zalo", plan)


def stands_at(tx: Connection, now: datetime) -> allowance.Standing:
    found = standing(tx, "zalo", now)
    assert found is not None
    return found


async def test_sent_and_received_are_counted_apart(database: Database, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        begin(tx)
        note_sent(tx, "zalo", Lane.ALERT, 1, now)
        note_sent(tx, "zalo", Lane.ANSWER, 2, now)
        note_sent(tx, "zalo", Lane.ANSWER, 1, now)
        note_received(tx, "zalo", "88", now)
        note_received(tx, "zalo", "99", now)  # another bot's
        stands = stands_at(tx, now)
        assert (stands.traffic.by_lane, stands.traffic.received, stands.left) == ({"alert": 1, "answer": 3}, 1, 2_996)
        keep_plan(tx, "zalo", Plan(messages=3_000, users=50, groups=3, counts_received=True))
        assert stands_at(tx, now).used == 5

    await database.run(play, now)


async def test_a_month_begins_with_nothing_and_ends_by_our_days(database: Database) -> None:
    """Half past eleven at night of the 30th in Vietnam is the afternoon of the 30th in UTC: still November."""

    def play(tx: Connection, now: datetime) -> None:
        begin(tx)
        note_sent(tx, "zalo", Lane.ANSWER, 7, now)
        assert stands_at(tx, now).traffic.sent == 7
        after_midnight = now + timedelta(hours=1)
        assert stands_at(tx, after_midnight).traffic.sent == 0

    await database.run(play, datetime(2026, 11, 30, 16, 30, tzinfo=UTC))


async def test_the_pace_of_the_working_days_foretells_the_end(database: Database) -> None:
    """November 2026 has 21 working days: 100 on each of the first four make 2.100."""

    def play(tx: Connection, now: datetime) -> None:
        begin(tx)
        for day in (2, 3, 4, 5):
            assert stands_at(tx, now).forecast is None
            count_messages(tx, "zalo", "88", day=date(2026, 11, day), lane=Lane.ANSWER, messages=100)
        stands = stands_at(tx, now + timedelta(days=3))
        assert (stands.forecast, stands.is_running_short, stands.thrift) == (2_100, False, Thrift.NONE)
        assert "đã gửi 400/3.000 tin (13%), nhận 0; theo nhịp này cuối tháng khoảng 2.100 tin" in describe(stands)
        count_messages(tx, "zalo", "88", day=date(2026, 11, 5), lane=Lane.DIRECTIVE, messages=300)
        assert stands_at(tx, now + timedelta(days=3)).thrift is Thrift.RECEIPTS

    await database.run(play, SECOND)


async def test_the_office_is_warned_once_at_each_mark(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        begin(tx)
        desk = Desk(tx, now)
        office = cast.rooms["office"]
        note_sent(tx, "zalo", Lane.ANSWER, 2_399, now)
        assert desk.heard(office) == []
        note_sent(tx, "zalo", Lane.ANSWER, 1, now)
        note_sent(tx, "zalo", Lane.ANSWER, 1, now)
        assert len(desk.heard(office)) == 1
        assert "Zalo đã dùng 80% số tin của tháng" in desk.last(office).replace("\ue000", "").replace("\ue001", "")
        note_sent(tx, "zalo", Lane.ANSWER, 500, now)
        assert len(desk.heard(office)) == 2
        assert "Còn 99 tin" in desk.last(office)

    await database.run(play, now)


@pytest.mark.parametrize(
    ("lane", "is_receipt", "thrift", "spared"),
    [
        (Lane.ANSWER, True, Thrift.NONE, False),
        (Lane.ANSWER, True, Thrift.RECEIPTS, True),
        (Lane.ANSWER, False, Thrift.CAMPAIGNS, False),
        (Lane.CAMPAIGN, False, Thrift.RECEIPTS, False),
        (Lane.CAMPAIGN, False, Thrift.CAMPAIGNS, True),
        (Lane.DIRECTIVE, False, Thrift.CAMPAIGNS, False),
        (Lane.ALERT, True, Thrift.CAMPAIGNS, False),
        (Lane.ALERT, False, Thrift.CAMPAIGNS, False),
    ],
)
def test_what_is_left_out(lane: Lane, is_receipt: bool, thrift: Thrift, spared: bool) -> None:
    message = OutgoingMessage(platform="zalo", chat_id="1", text="x", is_receipt=is_receipt)
    assert is_spared(message, lane.rank, thrift) is spared
