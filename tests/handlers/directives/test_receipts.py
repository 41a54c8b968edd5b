"""Receipts: by button and by word, the board, who is missing, withdrawal and verification."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import Connection

from handlers.directives import acknowledge_by_word, acknowledge_what_is_owed, acknowledges, directive_ids_in
from handlers.wording import NOT_ALLOWED
from storage.database import Database
from storage.messages import Deed, Lane
from storage.record import change
from storage.records.accounts import accounts
from storage.records.directives import DirectiveState, count_receipts
from tests.cast import Cast
from tests.handlers.directives.scene import Scene

WORDS = "Thực hiện Công văn số 1722/UBND-KGVX ngày 27/5/2021, các đơn vị đo thân nhiệt khách ra vào."


@pytest.mark.parametrize(
    "said", ["Đã nhận", "rõ", "Dạ rõ ạ!", "OK", "vâng ạ", "em đã nhận được rồi ạ", "đã quán triệt", "da nhan", "👍"]
)
def test_these_words_acknowledge(said: str) -> None:
    assert acknowledges(said)


@pytest.mark.parametrize("said", ["chưa nhận", "rõ chưa?", "đã nhận 5 lượt khách", "không rõ", "nhận được gì đâu", ""])
def test_these_words_do_not(said: str) -> None:
    assert not acknowledges(said)


async def test_anh_minh_presses_the_button_and_the_board_follows(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        button = f"ack:{published.id}"
        note = scene.press(cast.minh, button, room="everyone")
        assert note == f"Đã ghi nhận anh Minh nhận chỉ đạo 1722/UBND-KGVX (mã {published.code})."
        scene.wait(minutes=5)
        assert "đã xác nhận lúc 08:00" in scene.press(cast.minh, button, room="everyone")
        board = scene.board(published)
        assert "Đã nhận 1/8 (12%)" in board
        assert "Phòng KT: 1/4" in board
        assert "Phòng TM: 0/2" in board

    await database.run(play, now)


async def test_the_author_and_strangers_get_a_polite_note(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        button = f"ack:{published.id}"
        assert "không cần bà Nga xác nhận" in scene.press(cast.nga, button, room="everyone")
        change(tx, accounts, accounts.c.external_id == cast.lan.account, person_id=None)
        assert "mã cá nhân" in scene.press(cast.lan, button, room="everyone")
        assert count_receipts(tx, published.id).received == 0

    await database.run(play, now)


async def test_a_word_in_answer_to_the_sheet_counts(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        assert acknowledge_by_word(scene.visit(cast.lan, "Rõ ạ", room="everyone"), [published.id])
        assert scene.messages_to("everyone")[1:] == []  # no words in the room: a quiet thumb is enough
        assert any(parcel.message.deed == Deed.REACT for parcel in scene.parcels())
        assert not acknowledge_by_word(scene.visit(cast.tu, "chưa rõ mục 2", room="everyone"), [published.id])
        assert count_receipts(tx, published.id).received == 1

    await database.run(play, now)


def test_what_a_message_was_about_names_its_directives() -> None:
    assert directive_ids_in(["directive/5", "round/3", "directives/7,9"]) == [5, 7, 9]


async def test_names_of_the_missing_are_for_the_author_and_heads(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.press(cast.minh, f"ack:{published.id}", room="everyone")
        scene.press_labelled(cast.nga, "Ai chưa nhận")
        missing = scene.texts_to(cast.nga)[-1]
        assert "Chưa nhận (7):" in missing
        assert "• Phòng KT: Ngô Tiến Dũng, Vũ Thị Lan, Đỗ Anh Tú" in missing
        assert scene.press(cast.lan, f"receipts:{published.id}:who") == NOT_ALLOWED
        scene.command(cast.minh, "chuanhan", published.code.lower())
        assert "Vũ Thị Lan" in scene.texts_to(cast.minh)[-1]
        assert "Bùi Hữu Phúc" not in scene.texts_to(cast.minh)[-1]
        scene.command(cast.lan, "chuanhan", published.code)
        assert scene.texts_to(cast.lan)[-1] == NOT_ALLOWED
        scene.command(cast.lan, "chuanhan")
        assert "chưa xác nhận" in scene.texts_to(cast.lan)[-1]
        scene.press_labelled(cast.lan, f"Đã nhận {published.code}")
        assert count_receipts(tx, published.id).received == 2

    await database.run(play, now)


async def test_names_asked_for_in_a_room_come_in_private(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.command(cast.nga, "chuanhan", published.code, room="leaders")
        assert "Vũ Thị Lan" in scene.texts_to(cast.nga)[-1]
        assert scene.messages_to("leaders") == []
        assert scene.press(cast.nga, f"receipts:{published.id}:who", room="leaders") == NOT_ALLOWED

    await database.run(play, now)


async def test_ba_nga_takes_a_directive_back(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.deliver()
        assert scene.press(cast.hoa, f"receipts:{published.id}:withdraw") == NOT_ALLOWED
        scene.press_labelled(cast.nga, "Thu hồi")
        question = scene.messages_to(cast.nga)[-1]
        assert "Mọi nhóm đã nhận sẽ được báo" in question.text
        assert "Đã thu hồi" in scene.press(cast.nga, question.buttons[0][0].data)
        assert "THU HỒI CHỈ ĐẠO" in scene.texts_to("everyone")[-1]
        assert "Đã thu hồi lúc 08:00" in scene.board(published)
        assert scene.again(published).state == DirectiveState.CANCELLED
        assert "thu hồi" in scene.press(cast.minh, f"ack:{published.id}", room="everyone")
        assert "thu hồi" in scene.press(cast.nga, question.buttons[0][0].data)
        assert len(scene.messages_to("everyone")) == 2

    await database.run(play, now)


async def test_a_room_that_never_got_it_hears_nothing_of_its_withdrawal(
    database: Database, cast: Cast, now: datetime
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.press(cast.nga, f"receipts:{published.id}:withdrawn")
        assert scene.parcels(Lane.DIRECTIVE) == []

    await database.run(play, now)


async def test_anybody_can_check_a_code(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS, "Lãnh đạo")
        scene.command(cast.lan, "kiemtra", f" {published.code.lower()[:3]}-{published.code[3:]} ")
        answer = scene.texts_to(cast.lan)[-1]
        for part in ("là chính thức", "1722/UBND-KGVX ngày 27/05/2021", "Giám đốc Trần Thị Nga", "Nơi nhận: Lãnh đạo"):
            assert part in answer
        assert "thân nhiệt" not in answer  # the words are for those they were written to
        scene.command(cast.son, "kiemtra", published.code)
        assert "thân nhiệt" in scene.texts_to(cast.son)[-1]
        scene.command(cast.lan, "kiemtra", "XXXXXX")
        assert "KHÔNG có chỉ đạo nào mang mã XXXXXX" in scene.texts_to(cast.lan)[-1]
        scene.command(cast.lan, "kiemtra")
        assert "ví dụ /kiemtra" in scene.texts_to(cast.lan)[-1]
        scene.press(cast.nga, f"receipts:{published.id}:withdrawn")
        scene.command(cast.lan, "kiemtra", published.code)
        assert "ĐÃ ĐƯỢC THU HỒI" in scene.texts_to(cast.lan)[-1]

    await database.run(play, now)


async def test_the_code_of_a_draft_is_not_official(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", WORDS)
        scene.command(cast.lan, "kiemtra", scene.newest().code)
        assert "KHÔNG có chỉ đạo nào" in scene.texts_to(cast.lan)[-1]

    await database.run(play, now)


async def test_a_bare_receipt_finds_what_is_owed_or_asks(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        assert not acknowledge_what_is_owed(scene.visit(cast.lan, "đã nhận"))
        first = scene.publish(cast.nga, WORDS)
        second = scene.publish(cast.nga, "Trực 24/24 từ hôm nay.")
        assert not acknowledge_what_is_owed(scene.visit(cast.lan, "ok"))  # may be meant for anything
        assert not acknowledge_what_is_owed(scene.visit(cast.lan, "đã nhận", room="KT"))
        assert acknowledge_what_is_owed(scene.visit(cast.lan, "đã nhận ạ"))
        assert "Có 2 chỉ đạo đang chờ xác nhận" in scene.texts_to(cast.lan)[-1]
        scene.press_labelled(cast.lan, f"Đã nhận {first.code}")
        assert acknowledge_what_is_owed(scene.visit(cast.lan, "đã nhận ạ"))
        assert "Trực 24/24" in scene.texts_to(cast.lan)[-1]
        assert count_receipts(tx, second.id).received == 1

    await database.run(play, now)
