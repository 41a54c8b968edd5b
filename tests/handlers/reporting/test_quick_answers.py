"""Buttons under a request: one press answers, for those who may, and once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import rounds
from storage.database import Database
from storage.records.check_ins import check_in_of_unit
from storage.records.people import find_person
from storage.records.rounds import Expected, expectations_of
from tests.cast import Cast
from tests.handlers.office_day import FRIDAY, HEALTH, OPENS, TODAY, VISITORS, press, put, report, states


def open_round(tx: Connection, now: datetime) -> int:
    asked = rounds.open_round(tx, VISITORS, TODAY, now)
    assert asked is not None
    return asked.id


async def test_as_yesterday_records_what_was_reported_on_the_working_day_before(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        report(tx, cast, "KT", 12, now, day=FRIDAY)
        note = press(tx, cast.tu, f"same:{open_round(tx, now)}:{cast.units['KT']}", now, chat_id=cast.rooms["KT"])
        assert note == "Đã ghi: 12 lượt khách. Cảm ơn anh Tú!"
        kept = check_in_of_unit(tx, "visitor_count", cast.units["KT"], TODAY)
        assert kept is not None
        assert kept.answers == {"visitors": 12}
        assert kept.reported_by == cast.tu.person_id
        assert states(tx, cast)["KT"] == Expected.ON_TIME

    await database.run(work, OPENS)


async def test_nobody_else_may_press(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        data = f"none:{open_round(tx, now)}:{cast.units['KT']}:0"
        assert "dành cho người của đơn vị" in press(tx, cast.phuc, data, now)
        assert states(tx, cast)["KT"] == Expected.WAITING
        assert "Đã ghi: không có khách" in press(tx, cast.hoa, data, now)  # the office may for any unit

    await database.run(work, OPENS)


async def test_the_responsible_unit_answers_for_its_zone(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        data = f"none:{open_round(tx, now)}:{cast.units['KCN1']}:0"
        assert "Đã ghi" in press(tx, cast.phuc, data, now)
        assert states(tx, cast)["KCN1"] == Expected.ON_TIME

    await database.run(work, OPENS)


async def test_a_second_press_changes_nothing_and_tells_how_to_correct(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        round_id = open_round(tx, now)
        report(tx, cast, "KT", 7, now)
        note = press(tx, cast.lan, f"none:{round_id}:{cast.units['KT']}:0", now)
        assert "Phòng KT đã báo: 7 lượt khách" in note
        kept = check_in_of_unit(tx, "visitor_count", cast.units["KT"], TODAY)
        assert kept is not None
        assert kept.answers == {"visitors": 7}

    await database.run(work, OPENS)


async def test_buttons_of_a_vanished_round_say_so(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        assert "không còn" in press(tx, cast.lan, f"same:999:{cast.units['KT']}", now)

    await database.run(work, OPENS)


async def test_who_came_back_declares_his_health_with_one_press(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        lan = find_person(tx, cast.lan.person_id)
        assert lan is not None
        asked = rounds.ask_people(tx, HEALTH, TODAY, [lan], now)
        assert asked is not None
        [request] = put(tx, key="request/%")
        data = request.buttons[0][0].data
        assert "dành cho người" in press(tx, cast.tu, data, now)
        assert "Đã ghi: không có triệu chứng" in press(tx, cast.lan, data, now)
        [expectation] = expectations_of(tx, asked.id)
        assert expectation.state == Expected.ON_TIME
        [thanks] = put(tx, key="request/%")
        assert thanks.buttons == ()
        [board] = put(tx, key="board/%")
        assert "1/1 người đã khai báo" in board.text
        assert "Lan" not in board.text

    await database.run(work, OPENS)
