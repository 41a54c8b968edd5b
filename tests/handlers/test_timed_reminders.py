"""Reminders for an hour: said once by however many clocks, not at all long after their hour; no words break the reader."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from handlers.local_time import VIETNAM
from handlers.timed_reminders import say_due
from handlers.timed_reminders.reading import is_wish, read_wish, what_of
from handlers.timed_reminders.unclear import NotToBeReadError
from storage.database import Database
from storage.record import change
from storage.records.accounts import accounts
from storage.records.timed_reminders import (
    ReminderState,
    change_reminder,
    find_reminder,
    set_reminder,
    settle_due,
    waiting_reminders,
)
from storage.records.units import units
from tests.cast import Cast
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk

MORNING = datetime(2026, 11, 24, 7, 16, tzinfo=VIETNAM)
AN_HOUR = timedelta(hours=1)
WORDS = st.sampled_from(
    [
        "nhắc",
        "nhac",
        "cả phòng",
        "tôi",
        "Phòng KT",
        "16:00",
        "3h",
        "chiều",
        "mai",
        "trước",
        "25/11",
        "nộp báo cáo",
        "nhé",
        "lúc",
        "30 phút nữa",
        "25/13",
        "hằng tuần",
        "mỗi",
        "tháng",
        "thứ 6",
        "ngày 31",
        "cuối",
        "cứ",
        "đến 30/2",
        "ạ",
        "\n",
        "Đ",
    ]
)


def keep_one(tx: Connection, now: datetime, *, cast: Cast) -> int:
    audience = {
        "called": "Phòng KT",
        "people": [],
        "units": [cast.units["KT"]],
        "rooms": [],
        "audiences": [],
        "every_unit": False,
    }
    return set_reminder(
        tx,
        author_id=cast.minh.person_id,
        text="nộp báo cáo",
        audience=audience,
        due_at=now + AN_HOUR,
        source="x",
        now=now,
    )


async def test_said_once(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        keep_one(tx, now, cast=cast)
        assert say_due(tx, now) == 0
        assert [say_due(tx, now + AN_HOUR), say_due(tx, now + AN_HOUR)] == [1, 0]
        assert len(Desk(tx, now).messages(cast.rooms["KT"])) == 1

    await database.run(scene, now)


async def test_a_button_holds_no_more_than_a_messenger_carries(database: Database, cast: Cast, now: datetime) -> None:
    """ASCII, at most 64 bytes: a message with a longer one is refused as a whole, and he would never be asked."""

    def scene(desk: Desk) -> None:
        name = "Phòng Quản lý Thương mại, Xuất nhập khẩu và Hội nhập quốc tế"
        change(desk.tx, units, units.c.id == cast.units["KT"], short_name=name)
        desk.say(cast.minh, "nhắc 16:00 nộp báo cáo")
        buttons = [button for row in desk.messages(cast.minh.account)[-1].buttons for button in row]
        assert name in [button.text for button in buttons]
        assert [button.data for button in buttons if len(button.data) > 64 or not button.data.isascii()] == []
        desk.press(cast.minh, name)
        assert f"Đã hẹn 16:00 ngày 23/11, nhắc {name}" in desk.last(cast.minh.account)

    await play_soundly(database, now, scene)


async def test_the_end_of_the_month_is_not_today(database: Database, cast: Cast, now: datetime) -> None:
    """Which day an hour is of is asked where the words beside it only hint at one; words of the matter itself stay."""

    def scene(desk: Desk) -> None:
        for said in ("cuối tháng này 15h chốt số liệu", "9h tuần sau họp giao ban"):
            desk.say(cast.hoa, f"nhắc Phòng KT {said}")
            assert "ngày nào ạ?" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "nhắc Phòng KT 9h ngày 30 họp giao ban")
        assert "Đã hẹn 09:00 ngày 30/11, nhắc Phòng KT" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "nhắc Phòng KT 15h gửi lịch tuần sau")
        assert "Đã hẹn 15:00 ngày 23/11, nhắc Phòng KT: “gửi lịch tuần sau”" in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


async def test_of_a_slip_in_a_command_it_is_said_what_is_wrong(database: Database, cast: Cast, now: datetime) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/nhac bỏ số 99999999999999999999")
        assert "Không có lời nhắc ấy" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "nhắc tôi 16:00 họp giao ban")
        [waiting] = waiting_reminders(desk.tx, cast.hoa.person_id)
        desk.say(cast.hoa, f"/nhac đổi {waiting.id} chiều thứ Sáu")
        assert "“chiều thứ Sáu” không phải là giờ" in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


async def test_what_was_given_another_hour_meanwhile_is_said_at_that_hour(
    database: Database, cast: Cast, now: datetime
) -> None:
    """Whoever looked for what is due may have looked before the change was there."""

    def scene(tx: Connection, now: datetime) -> None:
        keep_one(tx, now, cast=cast)
        [seen] = waiting_reminders(tx)
        change_reminder(tx, seen.id, due_at=seen.due_at + AN_HOUR)
        assert not settle_due(tx, seen, ReminderState.SAID, now)
        assert [say_due(tx, now + AN_HOUR), say_due(tx, now + 2 * AN_HOUR)] == [0, 1]

    await database.run(scene, now)


async def test_what_is_long_past_is_told_to_its_author_alone(database: Database, cast: Cast, now: datetime) -> None:
    """After a day without power nobody is called to what is over."""

    def scene(tx: Connection, now: datetime) -> None:
        kept = keep_one(tx, now, cast=cast)
        assert say_due(tx, now + 3 * AN_HOUR) == 0
        desk = Desk(tx, now)
        assert desk.messages(cast.rooms["KT"]) == []
        assert "chưa được nhắn vì khi ấy Trực Ban không chạy" in desk.last(cast.minh.account)
        found = find_reminder(tx, kept)
        assert found is not None
        assert found.state == "missed"
        assert waiting_reminders(tx) == []

    await database.run(scene, now)


async def test_who_cannot_be_written_to_is_named_to_the_author(database: Database, cast: Cast, now: datetime) -> None:
    """He has blocked us since: whoever counted on the reminder must call him."""

    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, MORNING)
        desk.say(cast.minh, "nhắc chị Lan 16:00 nộp báo cáo")
        assert "Đã hẹn" in desk.last(cast.minh.account)
        tx.execute(accounts.update().where(accounts.c.external_id == cast.lan.account).values(is_reachable=False))
        [kept] = waiting_reminders(tx)
        assert say_due(tx, kept.due_at) == 1
        assert "chưa nhắn được cho chị Lan" in desk.last(cast.minh.account)

    await database.run(scene, now)


@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_no_words_break_the_reader(said: str) -> None:
    is_wish(said, MORNING)
    try:
        wish = read_wish(said, MORNING)
    except NotToBeReadError:
        pass
    else:
        assert wish.rhythm is not None or (wish.at is not None and wish.at > MORNING)
        assert len(what_of(wish.words)) <= len(said)
