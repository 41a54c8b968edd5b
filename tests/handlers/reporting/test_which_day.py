"""Which day words mean: the office's own day, and the day of the question that they answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import rounds
from handlers.local_time import at
from storage.database import Database
from storage.records.check_ins import check_in_of_unit, last_check_in_by
from storage.records.rounds import Expected
from tests.cast import Cast
from tests.handlers.office_day import DUE, OPENS, TODAY, VISITORS, states
from tests.handlers.speaking import Desk

TOMORROW = TODAY + timedelta(days=1)


async def test_before_seven_in_the_morning_it_is_already_today_here(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        Desk(tx, now).say(cast.lan, "Mai em đi công tác Đà Nẵng, thứ Sáu về ạ")
        journey = last_check_in_by(tx, cast.lan.person_id, now, "travel_notice")
        assert journey is not None
        assert journey.day == TOMORROW

    await database.run(work, at(TODAY, "06:30"))


async def test_a_late_number_is_kept_for_the_day_that_was_asked_about(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        rounds.close_due(tx, asked, DUE)
        Desk(tx, at(TOMORROW, "08:30")).say(cast.lan, "12", room=cast.rooms["KT"])
        assert states(tx, cast)["KT"] == Expected.LATE
        assert check_in_of_unit(tx, "visitor_count", cast.units["KT"], TOMORROW) is None

    await database.run(work, OPENS)


async def test_a_receipt_names_the_unit_and_a_day_that_is_not_today(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        Desk(tx, now).say(cast.lan, "Phòng KT: 17 lượt khách")
        desk = Desk(tx, at(TOMORROW, "08:30"))
        desk.say(cast.hoa, f"Phòng TM ngày {TODAY:%d/%m}: 4 lượt khách")
        assert f"số lượt khách của Phòng TM ngày {TODAY:%d/%m}, 4 lượt khách" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "/toidabao")
        assert f"Số lượt khách của Phòng TM ngày {TODAY:%d/%m}: 4 lượt khách" in desk.last(cast.hoa.account)
        desk.say(cast.lan, "hôm qua phòng em là 20 lượt chứ không phải 17")
        assert f"Tôi hiểu là: Phòng KT, ngày {TODAY:%d/%m}, 20 lượt khách" in desk.last(cast.lan.account)

    await database.run(work, OPENS)


async def test_a_day_that_is_named_stands(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        asked = rounds.open_round(tx, VISITORS, TODAY, now)
        assert asked is not None
        rounds.close_due(tx, asked, DUE)
        Desk(tx, at(TOMORROW, "16:10")).say(cast.lan, "Phòng KT hôm nay 12 lượt khách", room=cast.rooms["KT"])
        assert states(tx, cast)["KT"] == Expected.MISSING
        kept = check_in_of_unit(tx, "visitor_count", cast.units["KT"], TOMORROW)
        assert kept is not None
        assert kept.answers == {"visitors": 12}

    await database.run(work, OPENS)


async def test_a_round_answered_in_the_room_by_number_line_and_button(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        desk = Desk(tx, now)
        desk.say(cast.lan, "12", room=cast.rooms["KT"])
        desk.press(cast.phuc, "Không có", room=cast.rooms["TM"])  # the zone's or the unit's: both were asked here
        desk.say(cast.hoa, "Văn phòng: 5 lượt khách", room=cast.rooms["VP"])
        assert sorted(states(tx, cast).values()) == [Expected.ON_TIME] * 3 + [Expected.WAITING]

    await database.run(work, OPENS)
