"""The roster asked by the days people name: a week, Tết, its eve and its days; and how a turn is swapped, in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.database import Database
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk

BEFORE_TET = datetime(2027, 1, 29, 1, 0, tzinfo=UTC)  # Friday; the first day of the year is Saturday, 6 February
PLAN = "/lichtruc xoay 29/1-12/2: chị Lan, anh Tú"


@pytest.mark.parametrize(
    ("asked", "first", "last", "days"),
    [
        ("Tết này ai trực?", "Thứ Sáu 05/02/2027", "Thứ Năm 11/02/2027", 7),
        ("mùng 1 Tết ai trực", "Thứ Bảy 06/02/2027", "chị Vũ Thị Lan", 1),
        ("ai trực đêm giao thừa?", "Thứ Sáu 05/02/2027", "anh Đỗ Anh Tú", 1),
        ("/lichtruc 30 tết", "Thứ Sáu 05/02/2027", "anh Đỗ Anh Tú", 1),
        ("lịch trực tuần sau", "Thứ Hai 01/02/2027", "Chủ nhật 07/02/2027", 7),
        ("/lichtruc thứ Bảy", "Thứ Bảy 30/01/2027", "anh Đỗ Anh Tú", 1),
        ("/lichtruc mùng 9", "Chủ nhật 14/02/2027", "Chưa có lịch trực.", 1),
    ],
)
async def test_the_days_people_ask_about(
    database: Database, cast: Cast, asked: str, first: str, last: str, days: int
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, PLAN)
        desk.say(cast.nga, asked)
        answer = desk.last(cast.nga.account)
        assert first in answer.splitlines()[0]
        assert last in answer
        assert answer.count("/2027") == days

    await play(database, BEFORE_TET, scene)


async def test_what_is_no_day_is_told(database: Database, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        for words in ("hôm nào đó", "mùng 99", "mùng", "32/13", "tuần trăng", "🙂"):
            desk.say(cast.nga, f"/lichtruc {words}")
            assert f"Tôi chưa hiểu “{words}”" in desk.last(cast.nga.account)

    await play(database, BEFORE_TET, scene)


async def test_a_swap_asked_for_in_words_is_told_how(database: Database, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, PLAN)
        desk.say(cast.lan, "chủ nhật em bận, xin đổi ca trực với anh Tú được không ạ")
        answer = desk.last(cast.lan.account)
        assert "Ca trực sắp tới của chị: Trực ban Thứ Sáu 29/01/2027" in answer
        assert "/lichtruc đổi 29/01 với" in answer
        desk.say(cast.thu, "em muốn đổi ca ạ")
        assert "Lịch không ghi ca trực nào sắp tới của chị" in desk.last(cast.thu.account)

    await play(database, BEFORE_TET, scene)
