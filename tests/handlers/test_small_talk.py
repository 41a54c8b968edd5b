"""Said in private and nothing reported: greeted, helped, offered to take back; never one blunt sentence, never a false sign."""

from __future__ import annotations

from datetime import datetime

import pytest

from storage.database import Database
from storage.messages import Deed
from storage.records.check_ins import last_check_in_by
from tests.cast import Cast
from tests.handlers.speaking import Desk

GREETED, HELPED, LEFT = "tôi nghe đây", "Chị cứ viết như nói", "không ghi gì thêm"
UNANSWERED, UNKNOWN, NOT_UNDERSTOOD = "chưa trả lời được câu hỏi này", "không có lệnh này", "Tôi chưa hiểu câu này"


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("chào em", GREETED),
        ("Trực Ban ơi", GREETED),
        ("alo", GREETED),
        ("bạn làm được gì vậy", HELPED),
        ("giúp em với", HELPED),
        ("tôi muốn báo cáo", HELPED),
        ("/help", HELPED),
        ("/help@truc_ban_bot", HELPED),
        ("ok em", LEFT),
        ("dạ vâng", LEFT),
        ("👍", LEFT),
        ("hôm nay phòng mình có mấy khách nhỉ?", UNANSWERED),
        ("cho tôi hỏi hạn báo cáo mấy giờ", UNANSWERED),
        ("/linhtinh", UNKNOWN),
        ("asdf qwer", NOT_UNDERSTOOD),
        ("đồng ý", NOT_UNDERSTOOD),
        ("?", GREETED),
        ("đúng rồi", LEFT),
        ("xin lỗi em", "không sao"),
        ("bạn ngu quá", "Xin lỗi vì đã làm phiền chị Lan"),
        ("đừng nhắn cho tôi nữa", "Xin lỗi vì đã làm phiền chị Lan"),
        ("Em là người hay máy?", "một chương trình máy tính"),
        ("nhắc tôi gọi điện cho bà Nga", "chưa nhắn, gọi hộ được"),
        ("nhắc tôi 9h mai gọi điện cho bà Nga", "Đã hẹn 09:00 ngày 24/11, nhắc riêng mình"),
    ],
)
async def test_what_reports_nothing_is_answered_in_its_tone(
    database: Database, cast: Cast, now: datetime, said: str, answered: str
) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.lan, said)
        assert answered in desk.last(cast.lan.account)
        assert len(desk.messages(cast.lan.account)) == 1
        desk.say(cast.lan, said, room=cast.rooms["everyone"])
        assert not said.isalpha() or desk.messages(cast.rooms["everyone"]) == []

    await database.run(scene, now)


async def test_thanks_get_a_sign_and_no_words(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.lan, "cảm ơn em nhiều nhé")
        assert [message.deed for message in desk.messages(cast.lan.account)] == [Deed.REACT]

    await database.run(scene, now)


async def test_a_slip_is_shown_and_taken_back_only_by_a_choice(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.lan, "xoá giúp em tin trên")
        assert "không có gì phải rút" in desk.last(cast.lan.account)
        desk.say(cast.lan, "hôm nay em làm ở nhà")
        desk.say(cast.lan, "gửi nhầm")
        assert "làm ở nhà" in desk.last(cast.lan.account)
        assert last_check_in_by(desk.tx, cast.lan.person_id, now) is not None
        desk.press(cast.lan, "Rút lại")
        assert last_check_in_by(desk.tx, cast.lan.person_id, now) is None

    await database.run(scene, now)


async def test_of_several_told_at_once_it_is_asked_which(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.lan, "thứ Ba em nghỉ phép, thứ Tư em làm ở nhà, thứ Năm em đi cơ sở")
        desk.say(cast.lan, "gửi nhầm")
        assert "rút lại điều nào" in desk.last(cast.lan.account)
        desk.press(cast.lan, "Rút: làm ở nhà ngày 25/11")
        assert "Đã rút lại: báo nơi làm việc, làm ở nhà" in desk.last(cast.lan.account)
        desk.say(cast.lan, "gửi nhầm")
        desk.press(cast.lan, "Rút: nghỉ phép ngày 24/11")
        desk.say(cast.lan, "gửi nhầm")
        assert "đi cơ sở ngày 26/11. Chị muốn sửa hay rút lại" in desk.last(cast.lan.account)

    await database.run(scene, now)


async def test_to_be_left_alone_takes_no_journey_back(database: Database, cast: Cast, now: datetime) -> None:
    """Said right after a journey: no word of it is about the journey, so at most it is asked."""

    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.lan, "mai em đi Đà Nẵng họp, thứ Sáu về")
        desk.say(cast.lan, "đừng báo cho ai nữa")
        assert last_check_in_by(desk.tx, cast.lan.person_id, now) is not None
        desk.say(cast.lan, "thôi em không đi Đà Nẵng nữa")
        assert "↩️ Đã rút lại: báo đi khỏi tỉnh" in desk.last(cast.lan.account)

    await database.run(scene, now)


async def test_help_fits_a_telephone_and_the_rest_is_asked_for(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.hoa, "/trogiup")
        short = desk.last(cast.hoa.account)
        assert "“Văn phòng: 12 lượt khách”" in short
        assert "/tinhhinh" in short
        assert "/maunhansu" not in short
        desk.say(cast.hoa, "/trogiup hết")
        assert "/maunhansu" in desk.last(cast.hoa.account)
        assert "“báo khách”" in desk.last(cast.hoa.account)

    await database.run(scene, now)
