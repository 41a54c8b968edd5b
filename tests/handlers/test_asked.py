"""Questions as people ask them reach the command that knows; names of who is away only those whose duty it is, and in private."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from handlers import rounds
from handlers.answers.questions import Question, question_in
from handlers.local_time import VIETNAM, at
from storage.database import Database
from tests.cast import Cast
from tests.handlers.office_day import DUE, OPENS, TODAY, VISITORS, report
from tests.handlers.speaking import Desk

TUESDAY = datetime(2026, 11, 24, 8, 0, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("said", "command", "rest"),
    [
        ("ai chưa báo?", "conthieu", ""),
        ("phòng em báo chưa ạ", "conthieu", ""),
        ("Ai đang đi công tác?", "vang", ""),
        ("hom nay phong minh ai nghi", "vang", ""),
        ("mai có ai nghỉ không em", "vang", "25/11/2026"),
        ("tình hình hôm nay thế nào?", "tinhhinh", ""),
        ("chị ơi hôm nay ai trực thế ạ", "lichtruc", ""),
        ("thứ 7 này ai trực", "lichtruc", "28/11/2026"),
        ("tổng hợp hôm qua", "tonghop", "23/11/2026"),
        ("xem lại tuần này", "tonghop", "tuần"),
        ("a minh duyet chua em", "duyet", ""),
        ("đơn của em đến đâu rồi", "duyet", ""),
        ("vụ cháy thế nào rồi?", "suviec", ""),
    ],
)
def test_a_question_finds_its_command(said: str, command: str, rest: str) -> None:
    assert question_in(said, TUESDAY) == Question(command, rest)


@pytest.mark.parametrize(
    "said", ["mai em nghỉ", "em báo rồi mà", "mai em đi Đà Nẵng", "12", "trưa nay ăn gì", "ai trực hôm 24 hay 25", "có"]
)
def test_what_is_no_question_of_ours_finds_none(said: str) -> None:
    assert question_in(said, TUESDAY) is None


async def test_the_director_asks_at_night(database: Database, cast: Cast) -> None:
    """The whole body on one screen, names on request, the week; nobody sends her to the office."""

    def scene(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        report(tx, cast, "KT", 12, now)
        Desk(tx, now).say(cast.lan, "hôm nay em làm ở nhà")
        Desk(tx, now).say(cast.tu, "hôm nay em đi Đà Nẵng họp, thứ Sáu về")
        desk = Desk(tx, at(TODAY, "23:00"))
        for asked, told in (
            (
                "tình hình hôm nay thế nào?",
                ("Không có tin khẩn", "1/4 đơn vị, tổng 12. Chưa báo", "1 đi khỏi tỉnh, 1 làm ở nhà"),
            ),
            (
                "ai đang đi công tác?",
                ("toàn cơ quan", "Đỗ Anh Tú (Phòng KT): đi Đà Nẵng", "chị Vũ Thị Lan (Phòng KT): làm ở nhà"),
            ),
            ("mai ai nghỉ?", ("24/11/2026", "Đỗ Anh Tú")),
            ("ai chưa báo?", ("1/4 đơn vị đã báo cáo", "Còn thiếu: ")),
            ("xem lại tuần này", ("Tuần 23/11 đến 29/11", "T2 23/11: 12; 1/4 đơn vị", "Chưa báo (số lần)")),
            ("số điện thoại của anh Tú thế nào", ("Tôi tra được: /tinhhinh",)),
        ):
            desk.say(cast.nga, asked)
            assert [part for part in told if part not in desk.last(cast.nga.account)] == [], asked
        assert "Văn phòng giúp" not in desk.last(cast.nga.account)

    await database.run(scene, OPENS)


async def test_a_head_sees_his_own_people_and_staff_nobody(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        desk.say(cast.lan, "hôm nay em nghỉ phép")
        desk.say(cast.phuc, "hôm nay em nghỉ phép")
        desk.say(cast.minh, "hôm nay phòng mình ai nghỉ?", room=cast.rooms["KT"], reply_to="7")
        told = desk.last(cast.minh.account)
        assert "Vũ Thị Lan" in told
        assert "Phúc" not in told
        assert "Vũ Thị Lan" not in str(desk.messages(cast.rooms["KT"]))
        desk.say(cast.tu, "ai nghỉ hôm nay?")
        assert "thẩm quyền khác" in desk.last(cast.tu.account)

    await database.run(scene, now)


async def test_in_a_room_only_who_asks_us_is_answered(database: Database, cast: Cast, now: datetime) -> None:
    """In the office's room the question alone is enough; elsewhere we must be named or answered."""

    def scene(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, OPENS)
        desk = Desk(tx, at(TODAY + timedelta(days=1), "08:00"))
        desk.say(cast.nga, "ai chưa báo?")
        assert "0/4 đơn vị đã báo cáo" in desk.last(
            cast.nga.account
        )  # before the first round of today: of the day before
        desk = Desk(tx, DUE + timedelta(minutes=1))
        desk.say(cast.lan, "@truc_ban_bot", room=cast.rooms["everyone"], reply_to="7")
        assert "tôi nghe đây" in desk.last(cast.rooms["everyone"])
        said = len(desk.messages(cast.rooms["KT"]))
        desk.say(cast.lan, "ai chưa báo?", room=cast.rooms["KT"])
        assert len(desk.messages(cast.rooms["KT"])) == said
        desk.say(cast.lan, "ai chưa báo?", room=cast.rooms["KT"], reply_to="7")
        assert "Còn phải báo" in desk.last(cast.rooms["KT"])
        desk.say(cast.hoa, "phòng nào chưa báo?", room=cast.rooms["office"])
        assert "0/4 đơn vị đã báo cáo" in desk.last(cast.rooms["office"])

    await database.run(scene, now)


async def test_what_colleagues_ask_each_other_is_refused_to_nobody(
    database: Database, cast: Cast, now: datetime
) -> None:
    """Neither in a room of one unit nor in the office's, where questions are answered without our name."""

    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        for room in ("KT", "office"):
            before = len(desk.messages(cast.rooms[room]))
            for said in ("ai nghỉ?", "tình hình"):
                desk.say(cast.tu, said, room=cast.rooms[room])
            assert len(desk.messages(cast.rooms[room])) == before
        desk.say(cast.hoa, "ai nghỉ?", room=cast.rooms["office"])
        assert "chưa ai báo vắng" in desk.last(cast.hoa.account)

    await database.run(scene, now)
