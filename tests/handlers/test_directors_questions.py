"""What a director asks in her own words: of one unit, of a week, of who has not received, of a number to call."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.answers.questions import Question, question_in
from handlers.local_time import local
from storage.database import Database
from storage.record import change
from storage.records.people import people
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk


@pytest.mark.parametrize(
    ("said", "command", "rest"),
    [
        ("Phòng TCHC báo chưa?", "conthieu", "Phòng TCHC"),
        ("phòng QLCN đã báo cáo chưa ạ", "conthieu", "phòng QLCN"),
        ("Phòng Kinh tế nộp báo cáo quân số chưa", "conthieu", "Phòng Kinh tế"),
        ("KCN Vĩnh Lạc còn thiếu gì?", "conthieu", "KCN Vĩnh Lạc"),
        ("phòng KT hôm nay ai nghỉ?", "vang", "phòng KT"),
        ("mai phòng KT ai vắng", "vang", "phòng KT 24/11/2026"),
        ("phòng em báo chưa ạ?", "conthieu", ""),
        ("tuần này ai nghỉ?", "vang", "tuần này"),
        ("tuần sau ai đi công tác", "vang", "tuần sau"),
        ("chỉ đạo hôm qua ai chưa nhận", "chuanhan", ""),
        ("còn ai chưa xác nhận chỉ đạo không", "chuanhan", ""),
        ("hôm nay có tin khẩn nào không", "nhatky", ""),
        ("ai nhận tin khẩn rồi", "nhatky", ""),
        ("có bao nhiêu người đi làm hôm nay", "tinhhinh", ""),
    ],
)
def test_a_question_reaches_the_command_that_knows(now: datetime, said: str, command: str, rest: str) -> None:
    asked = question_in(said, local(now))
    assert asked is not None
    assert (asked.command, asked.rest.casefold()) == (command, rest.casefold())


@pytest.mark.parametrize(
    "said", ["phòng em nghỉ rồi", "Phòng KT: 12 lượt", "phòng KT báo cáo xong rồi", "khu A cháy rồi", "phòng", ""]
)
def test_what_tells_is_no_question(now: datetime, said: str) -> None:
    assert question_in(said, local(now)) in (None, Question("conthieu", ""))


async def test_a_week_names_each_absence_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em xin nghỉ phép từ thứ 3 đến thứ 5")
        desk.say(cast.tu, "hôm nay em làm ở nhà")
        desk.say(cast.nga, "tuần này ai nghỉ?")
        answer = desk.last(cast.nga.account)
        assert "ngày 23/11/2026 đến 29/11/2026" in answer
        assert answer.count("chị Vũ Thị Lan") == 1
        assert "nghỉ phép từ 24/11 đến 26/11" in answer
        assert "anh Đỗ Anh Tú" in answer
        desk.say(cast.nga, "/vang Phòng TM tuần sau")
        assert "ngày 30/11/2026 đến 06/12/2026" in desk.last(cast.nga.account)
        assert "chưa ai báo vắng" in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_a_unit_that_is_not_there_is_told(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.nga, "Phòng TCHC báo chưa?")
        assert "chưa thấy đơn vị “Phòng TCHC”" in desk.last(cast.nga.account)

    await play(database, now, scene)


async def test_a_number_is_told_to_who_answers_for_others(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        change(desk.tx, people, people.c.id == cast.minh.person_id, phone="0912345678")
        desk.say(cast.nga, "cho xin số điện thoại anh Minh")
        assert desk.last(cast.nga.account) == "• anh Phạm Quang Minh: 0912345678"
        desk.say(cast.nga, "sđt chị Lan?")
        assert desk.last(cast.nga.account) == "• chị Vũ Thị Lan: chưa ghi số điện thoại"
        desk.say(cast.lan, "số điện thoại anh Minh")
        assert "0912345678" not in desk.last(cast.lan.account)
        desk.say(cast.nga, "số điện thoại ông Không Ai Cả")
        assert "chưa" in desk.last(cast.nga.account)

    await play(database, now, scene)
