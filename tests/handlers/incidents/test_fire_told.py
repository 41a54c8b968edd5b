"""What was said of a fire is not asked: whether it is out, and whether 114 was called."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Connection

from handlers.incidents.kinds.fire import told_later
from storage.database import Database
from storage.records.incidents import open_incidents
from tests.cast import Cast
from tests.handlers.speaking import Desk

OUT = {"burning": "no"}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("cháy bếp ăn, đã dập", OUT),
        ("cháy nhỏ ở kho, anh em dập xong rồi ạ", OUT),
        ("chập điện cháy tủ, bảo vệ dập được rồi", OUT),
        ("chay o bai xe, da dap tat", OUT),
        ("lửa đã tắt, không ai sao", OUT),
        ("hết cháy rồi nhưng khói nhiều", OUT),
        ("đã gọi 114, đang chờ xe", {"called_114": "yes"}),
        ("vừa báo cứu hỏa, mà đã dập được rồi", {"called_114": "yes"} | OUT),
        ("cháy kho, chưa dập được", {}),
        ("anh em đang dập", {}),
        ("đã dập một phần", {}),
        ("đã dập rồi mà cháy lại", {}),
        ("đã tắt cầu dao", {}),
        ("da dap cua vao", {}),
        ("chưa ai gọi 114", {}),
        ("xin gọi 114 dập giúp", {}),
    ],
)
def test_what_is_said_without_a_doubt(said: str, told: dict[str, str]) -> None:
    assert told_later(said) == told


async def test_who_said_that_it_is_out_is_not_asked_whether_it_burns(
    database: Database, now: datetime, cast: Cast
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        desk.say(cast.lan, "Báo khẩn: cháy tủ điện tầng 2, anh em dập xong rồi ạ")
        assert "Đã gọi 114 chưa" in desk.last(cast.lan.account)
        desk.say(cast.lan, "chưa")
        assert "Có ai bị nạn không" in desk.last(cast.lan.account)
        assert not any("Còn cháy" in text for text in desk.heard(cast.lan.account))

    await database.run(play, now)


@pytest.mark.parametrize("words", ["dập được rồi", "đã dập tắt xong xuôi hết rồi mọi người nhé"])
async def test_news_that_it_is_out_answers_the_question_to_come(
    words: str, database: Database, now: datetime, cast: Cast
) -> None:
    """He was asked something else; the leaders hear it, and the open question is asked again, not that one."""

    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        desk.say(cast.lan, "Báo khẩn: cháy tủ điện tầng 2")
        assert "Đã gọi 114 chưa" in desk.last(cast.lan.account)
        desk.say(cast.lan, words)
        assert "Đã ghi thêm và chuyển lãnh đạo.\nĐã gọi 114 chưa" in desk.last(cast.lan.account)
        assert any(words in text for text in desk.heard(cast.nga.account))
        desk.press(cast.lan, "Chưa gọi")
        assert "Có ai bị nạn không" in desk.last(cast.lan.account)
        [incident] = open_incidents(tx)
        assert incident.answers["burning"] == "no"

    await database.run(play, now)
