"""Where there are no buttons: numbers, letters and words press what they meant in that chat, and nothing is guessed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from handlers import directives
from handlers.check_ins.headcount import KIND as HEADCOUNT
from handlers.check_ins.visitor_count import KIND as VISITORS
from handlers.local_time import local_day
from handlers.rounds import open_round
from storage.database import Database
from storage.messages import Button, Lane, OutgoingMessage
from storage.outbox import put
from storage.records.check_ins import check_in_of_unit, last_check_in_by
from storage.records.directives import count_receipts, directives_by
from tests.cast import Cast, settle_in
from tests.handlers.in_words import WordDesk


@pytest.fixture
async def office(database: Database, now: datetime) -> Cast:
    """Everybody and every room on Zalo."""
    return await database.run(lambda tx, at: settle_in(tx, at, "zalo"), now)


async def test_a_dialogue_goes_by_numbers(database: Database, office: Cast, now: datetime) -> None:
    """chị Lan answers the questions about her journey with the number, "chọn 2" or the words."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        desk.say(office.lan, "mai em đi Đà Nẵng, thứ Sáu về")
        assert "1: Công tác" in desk.last(office.lan.account)
        desk.say(office.lan, "chọn 1")
        assert "✅ Đã ghi: báo đi khỏi tỉnh" in desk.last(office.lan.account)
        assert "“Sửa” hoặc “Rút lại”" in desk.last(office.lan.account)
        desk.say(office.lan, "rút lại")
        assert "↩️ Đã rút lại" in desk.last(office.lan.account)
        assert last_check_in_by(tx, office.lan.person_id, now - timedelta(hours=1)) is None

    await database.run(play, now)


async def test_mending_is_asked_about_where_a_question_is_open(database: Database, office: Cast, now: datetime) -> None:
    """ "sửa" behind a count and amid a journey: neither the figure nor the journey is lost to a guess."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        desk.say(office.lan, "Phòng KT: 12 lượt khách")
        desk.say(office.lan, "mai em đi Cần Thơ, mốt về")
        assert "việc gì ạ" in desk.last(office.lan.account)
        desk.say(office.lan, "sửa")
        assert "“sửa” là cho việc nào ạ?" in desk.last(office.lan.account)
        desk.say(office.lan, "câu đang hỏi")
        assert "tỉnh, thành phố nào" in desk.last(office.lan.account)
        desk.say(office.lan, "thôi bỏ")
        assert "Đã bỏ việc đang hỏi dở" in desk.last(office.lan.account)
        kept = last_check_in_by(tx, office.lan.person_id, now - timedelta(hours=1))
        assert kept is not None
        assert kept.answers == {"visitors": 12}

    await database.run(play, now)


async def test_a_number_that_is_done_presses_nothing(database: Database, office: Cast, now: datetime) -> None:
    """The question is answered: its numbers mean nothing any more, and a day later none does."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        desk.say(office.lan, "mai em đi Đà Nẵng, thứ Sáu về")
        desk.say(office.lan, "2")
        kept = last_check_in_by(tx, office.lan.person_id, now - timedelta(hours=1))
        assert kept is not None
        desk.say(office.lan, "1")
        assert "Tôi chưa hiểu câu này" in desk.last(office.lan.account)
        desk.say(office.tu, "mai em đi Đà Nẵng, thứ Sáu về")
        desk.wait(days=60)
        desk.say(office.tu, "1")
        assert "Tôi chưa hiểu câu này" in desk.last(office.tu.account)

    await database.run(play, now)


async def test_it_works_after_a_restart(database: Database, office: Cast, now: datetime) -> None:
    """What may be chosen stands in the database, not in memory."""
    await database.run(lambda tx, at: WordDesk(tx, at).say(office.lan, "mai em đi Đà Nẵng, thứ Sáu về"), now)

    def go_on(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        desk.say(office.lan, "1")
        assert any("✅ Đã ghi" in words for chat, words in desk.sent if chat == office.lan.account)

    await database.run(go_on, now)


async def test_in_a_room_only_who_was_asked_may_choose(database: Database, office: Cast, now: datetime) -> None:
    """chị Lan is asked which is right; anh Tú's "1" is no answer to that."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room = office.rooms["KT"]
        desk.say(office.lan, "tổng số 4, có mặt 5", room=room)
        assert "Trả lời tin này (hoặc nhắc @Bot Trực Ban) 1: Đúng · 2: Chưa đúng · 3: Bỏ" in desk.last(room)
        desk.sent.clear()
        desk.say(office.tu, "3", room=room)
        assert desk.news() == []
        desk.say(office.lan, "3", room=room)
        assert "Đã bỏ, tôi không ghi gì" in desk.last(room)

    await database.run(play, now)


async def test_the_request_of_a_round_offers_letters(database: Database, office: Cast, now: datetime) -> None:
    """A number answers the question itself; "b" or "không có" press; the room hears once when nothing is owed any more."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room, unit = office.rooms["KT"], office.units["KT"]
        open_round(tx, VISITORS, local_day(now), now)
        assert desk.last(room).endswith("👉 Xin trả lời tin này (hoặc nhắc @Bot Trực Ban), hoặc chọn “Không có”.")
        desk.news()
        desk.say(office.lan, "không có", room=room)
        (said,) = desk.news()  # nothing more is owed: one message for whatever was answered
        assert "Đơn vị đã báo đủ" in said[1]
        kept = check_in_of_unit(tx, "visitor_count", unit, local_day(now))
        assert kept is not None
        assert kept.answers == {"visitors": 0}

        desk.wait(days=1)
        open_round(tx, VISITORS, local_day(desk.now), desk.now)
        assert "hoặc chọn a: Như hôm qua (0) · b: Không có" in desk.last(room)
        desk.say(office.lan, "1", room=room)
        kept = check_in_of_unit(tx, "visitor_count", unit, local_day(desk.now))
        assert kept is not None
        assert kept.answers == {"visitors": 1}

    await database.run(play, now)


async def test_two_units_asked_in_one_room_are_told_apart(database: Database, office: Cast, now: datetime) -> None:
    """ "Không có" may be the unit's or its zone's: asked; the letter says which."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room = office.rooms["TM"]
        open_round(tx, VISITORS, local_day(now), now)
        desk.go_out()
        desk.say(office.thu, "không có", room=room)
        assert "“không có” là cho việc nào ạ?" in desk.last(room)
        assert "a: Không có · Số lượt khách · Phòng TM" in desk.last(room)
        assert "b: Không có · Số lượt khách · KCN Bình An" in desk.last(room)
        desk.say(office.thu, "b", room=room)
        kept = check_in_of_unit(tx, "visitor_count", office.units["KCN1"], local_day(now))
        assert kept is not None
        assert kept.answers == {"visitors": 0}
        assert check_in_of_unit(tx, "visitor_count", office.units["TM"], local_day(now)) is None

    await database.run(play, now)


async def test_a_unit_that_owes_of_two_days_is_asked_of_which(database: Database, office: Cast, now: datetime) -> None:
    """Yesterday's count and today's: "10" and "không có" name no day, so the days are offered, today's first."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room, unit, monday = office.rooms["KT"], office.units["KT"], local_day(now)
        open_round(tx, VISITORS, monday, now)
        desk.wait(days=1)
        open_round(tx, VISITORS, local_day(desk.now), desk.now)
        desk.go_out()
        desk.say(office.lan, "10", room=room)
        assert "10 lượt khách là của ngày nào ạ?" in desk.last(room)
        assert "1: Hôm nay 24/11 · 2: 23/11" in desk.last(room)
        desk.say(office.lan, "2", room=room)
        kept = check_in_of_unit(tx, "visitor_count", unit, monday)
        assert kept is not None
        assert kept.answers == {"visitors": 10}
        assert check_in_of_unit(tx, "visitor_count", unit, local_day(desk.now)) is None

    await database.run(play, now)


async def test_the_day_may_be_said_in_words(database: Database, office: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room, unit = office.rooms["TM"], office.units["TM"]
        for _ in range(2):
            desk.wait(days=1)
            open_round(tx, VISITORS, local_day(desk.now), desk.now)
        desk.go_out()
        desk.say(office.thu, "7", room=room)
        assert "1: Phòng TM · Hôm nay 25/11\n2: KCN Bình An · Hôm nay 25/11\n3: Phòng TM · 24/11" in desk.last(room)
        desk.say(office.thu, "Phòng TM", room=room)
        assert "là của ngày nào ạ?" in desk.last(room)
        desk.say(office.thu, "hôm nay", room=room)
        kept = check_in_of_unit(tx, "visitor_count", unit, local_day(desk.now))
        assert kept is not None
        assert kept.answers == {"visitors": 7}

    await database.run(play, now)


async def test_none_of_which_day_is_asked(database: Database, office: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room, unit, monday = office.rooms["KT"], office.units["KT"], local_day(now)
        open_round(tx, VISITORS, monday, now)
        desk.go_out()
        desk.wait(days=1)
        open_round(tx, VISITORS, local_day(desk.now), desk.now)
        desk.go_out()
        desk.say(office.lan, "không có", room=room)
        assert "“không có” là cho việc nào ạ?" in desk.last(room)
        assert "Không có · Số lượt khách · Phòng KT · 24/11" in desk.last(room)
        assert "Không có · Số lượt khách · Phòng KT · 23/11" in desk.last(room)
        assert check_in_of_unit(tx, "visitor_count", unit, monday) is None

    await database.run(play, now)


async def test_a_number_that_may_be_a_figure_is_asked_about(database: Database, office: Cast, now: datetime) -> None:
    """anh Minh has an alert open (1, 2) and owes a count: his "1" in private may be either."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        open_round(tx, VISITORS, local_day(now), now)
        desk.say(office.lan, "em sốt 39 độ, khó thở", room=office.rooms["KT"])
        chat = office.minh.account
        assert "1: Đã nhận · 2: Tôi không xử lý được" in desk.last(chat)
        desk.say(office.minh, "1")
        assert "“1” là cho việc nào ạ?" in desk.last(chat)
        assert "b: Số lượt khách · Phòng KT" in desk.last(chat)
        desk.say(office.minh, "b")
        kept = check_in_of_unit(tx, "visitor_count", office.units["KT"], local_day(now))
        assert kept is not None
        assert kept.answers == {"visitors": 1}
        desk.say(office.minh, "1")  # nothing is owed any more: it is clear now
        assert any("Anh đã nhận tin" in words for words in desk.heard(chat))

    await database.run(play, now)


async def test_a_number_for_an_alert_while_a_question_is_open(database: Database, office: Cast, now: datetime) -> None:
    """The open question comes first where the number is its own; another's number is asked about."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        chat = office.minh.account
        desk.say(office.minh, "mai đi Đà Nẵng")
        assert "Ngày nào về ạ?" in desk.last(chat)
        desk.say(office.lan, "em sốt 39 độ, khó thở", room=office.rooms["KT"])
        desk.say(office.minh, "1")
        assert "b: Câu đang hỏi" in desk.last(chat)
        desk.say(office.minh, "a")
        assert any("Anh đã nhận tin" in words for words in desk.heard(chat))

    await database.run(play, now)


async def test_a_receipt_by_word(database: Database, office: Cast, now: datetime) -> None:
    """ "đã nhận" in the room is taken without an answer; with two sheets open it is asked which, once one is left it is clear."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        room = office.rooms["everyone"]
        first = _publish(desk, office, "Thực hiện Công văn số 1722/UBND-KGVX ngày 27/5/2021, đo thân nhiệt.")
        assert desk.last(room).endswith("👉 Trả lời tin này (hoặc nhắc @Bot Trực Ban) “Đã nhận”.")
        desk.news()
        desk.say(office.lan, "dạ em đã nhận ạ", room=room)
        assert desk.news() == []
        assert count_receipts(tx, first).received == 1
        second = _publish(desk, office, "8 giờ sáng mai họp toàn cơ quan.")
        desk.say(office.lan, "rõ", room=room)  # she has the first already
        desk.say(office.tu, "đã nhận", room=room)
        assert "“đã nhận” là cho việc nào ạ?" in desk.last(room)
        desk.say(office.tu, "a", room=room)
        desk.say(office.tu, "đã nhận", room=room)
        assert (count_receipts(tx, first).received, count_receipts(tx, second).received) == (2, 2)

    await database.run(play, now)


def _publish(desk: WordDesk, office: Cast, text: str) -> int:
    """bà Nga writes it and answers by words and numbers."""
    desk.say(office.nga, f"Chỉ đạo: {text}")
    assert "Toàn thể" in desk.last(office.nga.account)
    desk.say(office.nga, "toàn thể")
    assert "Xem trước" in desk.last(office.nga.account)
    desk.say(office.nga, "phát hành")
    return directives_by(desk.tx, office.nga.person_id, 1)[0].id


async def test_numbers_of_several_messages_never_coincide(database: Database, office: Cast, now: datetime) -> None:
    """Two messages in one chat number on; the same thing said again keeps its numbers."""

    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        chat = office.nga.account
        for number, key in enumerate(("one", "two", "one again")):
            about = key.split()[0]
            buttons = ((Button("Nhận", f"alert:take:{about}"), Button("Chuyển", f"alert:pass:{about}")),)
            message = OutgoingMessage(platform="zalo", chat_id=chat, text=f"Tin {key}", buttons=buttons)
            put(tx, message, key=str(number), lane=Lane.ALERT, now=now, about=f"alert/{about}")
            desk.go_out()
        assert desk.heard(chat) == [
            "Tin one\n👉 Trả lời 1: Nhận · 2: Chuyển",
            "Tin two\n👉 Trả lời 3: Nhận · 4: Chuyển",
            "Tin one again\n👉 Trả lời 1: Nhận · 2: Chuyển",
        ]

    await database.run(play, now)


async def test_chatter_is_left_alone(database: Database, office: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        desk = WordDesk(tx, now)
        open_round(tx, HEADCOUNT, local_day(now), now)
        desk.news()
        desk.say(office.lan, "trưa nay ăn gì mọi người", room=office.rooms["KT"])
        assert desk.news() == []
        assert directives.says_received("trưa nay ăn gì") is False

    await database.run(play, now)
