"""What was said while we were down means the days as they were then; what was mended meanwhile stays one record."""

from __future__ import annotations

from datetime import datetime, timedelta

from storage.database import Database
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.reporting.test_reporting import kept
from tests.handlers.speaking import Desk

DOWN = timedelta(hours=15)  # from yesterday afternoon to this morning


async def test_tomorrow_said_yesterday_is_today(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Mai em đi công tác Đà Nẵng, thứ Sáu về ạ", said_at=now - DOWN)
        [journey] = kept(desk, "travel_notice")
        assert journey.answers["leaves_on"] == "2026-11-23"

    await play(database, now, scene)


async def test_a_count_said_yesterday_is_of_yesterday(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=now - DOWN)
        desk.say(cast.lan, "Phòng KT: 9 lượt")
        before, today = kept(desk, "visitor_count")
        assert (before.day.isoformat(), before.answers["visitors"]) == ("2026-11-22", 12)
        assert (today.day.isoformat(), today.answers["visitors"]) == ("2026-11-23", 9)
        assert (before.state, today.state) == ("current", "current")

    await play(database, now, scene)


async def test_a_clock_of_the_platform_that_runs_ahead_makes_no_tomorrow(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=now + timedelta(days=2))
        assert [count.day.isoformat() for count in kept(desk, "visitor_count")] == ["2026-11-23"]

    await play(database, now, scene)


async def test_two_who_mend_the_same_count_leave_one_current(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 12 lượt")
        desk.press(cast.lan, "Sửa")
        desk.say(cast.minh, "Phòng KT: 15 lượt")
        desk.say(cast.lan, "13")
        counts = kept(desk, "visitor_count")
        assert [(each.state, each.answers["visitors"]) for each in counts] == [
            ("superseded", 12),
            ("superseded", 15),
            ("current", 13),
        ]

    await play(database, now, scene)


async def test_mending_what_was_withdrawn_and_told_anew_leaves_one_current(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 12 lượt")
        withdraw = desk.button("Rút lại", cast.lan.account)
        desk.press(cast.lan, "Sửa")
        desk.press_data(cast.lan, withdraw)
        desk.say(cast.minh, "Phòng KT: 15 lượt")
        desk.say(cast.lan, "13")
        counts = kept(desk, "visitor_count")
        assert [each.answers["visitors"] for each in counts if each.state == "current"] == [13]

    await play(database, now, scene)
