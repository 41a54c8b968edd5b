"""What comes again: how people say it, on which days it falls, and what is said of it when its hour has come."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import Connection, update

from handlers.local_time import VIETNAM
from handlers.timed_reminders import say_due
from handlers.timed_reminders.reading import read_wish, what_of
from handlers.timed_reminders.rhythm import Every, Rhythm
from handlers.timed_reminders.unclear import NotToBeReadError
from storage.database import Database
from storage.records.people import posts
from storage.records.timed_reminders import find_reminder, set_reminder
from tests.cast import Cast
from tests.handlers.speaking import Desk

TUESDAY = datetime(2026, 11, 24, 7, 16, tzinfo=VIETNAM)
A_WEEK = timedelta(weeks=1)
HOLIDAYS = {date(2027, 1, 1): "holiday", date(2026, 12, 5): "working"}

SAID = {
    "cả phòng 16:00 thứ 6 hằng tuần nộp báo cáo": ("16:00 thứ Sáu hằng tuần", "cả phòng nộp báo cáo"),
    "thứ 6 hằng tuần nộp báo cáo": ("08:00 thứ Sáu hằng tuần", "nộp báo cáo"),
    "phong KT 8h sang thu hai hang tuan giao ban": ("08:00 thứ Hai hằng tuần", "phong KT giao ban"),
    "các phòng 14h00 thứ Năm hàng tuần gửi lịch tuần sau": ("14:00 thứ Năm hằng tuần", "các phòng gửi lịch tuần sau"),
    "cả phòng 3h chiều thứ năm nào cũng dọn vệ sinh": ("15:00 thứ Năm hằng tuần", "cả phòng dọn vệ sinh"),
    "cả phòng thứ 2, 4, 6 hằng tuần 16h30 nộp số liệu": (
        "16:30 thứ Hai, thứ Tư, thứ Sáu hằng tuần",
        "cả phòng nộp số liệu",
    ),
    "cả phòng cứ thứ 6 15h nộp lịch công tác tuần": ("15:00 thứ Sáu hằng tuần", "cả phòng nộp lịch công tác tuần"),
    "cả phòng trực nhật thứ 2 4 6 hằng tuần lúc 7h": ("07:00 thứ Hai, thứ Tư, thứ Sáu hằng tuần", "cả phòng trực nhật"),
    "Phòng QLCN gửi số liệu trước 17h hằng ngày": ("08:00 hằng ngày", "Phòng QLCN gửi số liệu trước 17h"),
    "các đơn vị đầu tuần hằng tuần 9h nộp lịch": ("09:00 thứ Hai hằng tuần", "các đơn vị nộp lịch"),
    "các đơn vị mùng 5 hằng tháng gửi số liệu": ("08:00 ngày 5 hằng tháng", "các đơn vị gửi số liệu"),
    "phòng KT mỗi tháng một lần vào ngày 12 9h đóng quỹ": ("09:00 ngày 12 hằng tháng", "phòng KT đóng quỹ"),
    "các đơn vị ngày 5 và 20 hằng tháng 9h gửi số liệu": ("09:00 ngày 5, ngày 20 hằng tháng", "các đơn vị gửi số liệu"),
    "các đơn vị cuối mỗi tháng 15h chốt số liệu": ("15:00 ngày cuối cùng hằng tháng", "các đơn vị chốt số liệu"),
    "các đơn vị ngày 20 tháng cuối mỗi quý 8h nộp báo cáo quý": (
        "08:00 ngày 20 của tháng cuối mỗi quý",
        "các đơn vị nộp báo cáo quý",
    ),
    "các đơn vị 8:00 ngày 15/6 hằng năm nộp báo cáo 6 tháng": (
        "08:00 ngày 15/06 hằng năm",
        "các đơn vị nộp báo cáo 6 tháng",
    ),
    "tôi 7h mỗi ngày uống thuốc": ("07:00 hằng ngày", "tôi uống thuốc"),
    "toàn cơ quan các ngày làm việc 7h50 chấm công": ("07:50 các ngày làm việc", "toàn cơ quan chấm công"),
    "các đơn vị 8h thứ Sáu hằng tuần nộp báo cáo đến hết 31/12": (
        "08:00 thứ Sáu hằng tuần, đến hết 31/12/2026",
        "các đơn vị nộp báo cáo",
    ),
}
UNCLEAR = {
    "tôi uống thuốc 8h sáng và 8h tối hằng ngày": "chỉ có một giờ",
    "cả phòng hằng tuần nộp báo cáo": "thứ mấy",
    "cả phòng 8h nộp báo cáo hằng tháng": "ngày mấy",
    "cả phòng 8h ngày 20 hằng quý nộp báo cáo": "vào ngày nào",
    "cả phòng 8h ngày 31/6 hằng năm nộp báo cáo": "vào ngày nào",
    "cả phòng 2 tuần một lần họp": "cách quãng",
    "tôi rằm hằng tháng thắp hương": "dương lịch",
    "cả phòng thứ 6 hằng tuần 4h nộp báo cáo": "4 giờ sáng hay 4 giờ chiều",
}


@pytest.mark.parametrize("said", SAID)
def test_how_people_say_it(said: str) -> None:
    wish = read_wish(f"nhắc {said}", TUESDAY)
    assert wish.rhythm is not None
    told = wish.rhythm.at(wish.hour, rests=wish.rhythm.rests is True).told()
    assert (told, " ".join(what_of(wish.words).split())) == SAID[said]


@pytest.mark.parametrize("said", UNCLEAR)
def test_what_is_not_clear_is_asked(said: str) -> None:
    with pytest.raises(NotToBeReadError, match=UNCLEAR[said]):
        read_wish(f"nhắc {said}", TUESDAY)


def test_what_is_said_keeps_its_limit_and_has_no_gaps() -> None:
    assert what_of("  trước 17h          gửi   số liệu nhé") == "trước 17h gửi số liệu"
    assert what_of(" trước   nộp báo cáo") == "nộp báo cáo"


def test_half_past_is_half_past() -> None:
    assert read_wish("nhắc em lúc 9 rưỡi họp", TUESDAY).at == datetime(2026, 11, 24, 9, 30, tzinfo=VIETNAM)


def test_words_that_only_look_like_it_come_once() -> None:
    """ "giấy mời ngày 5/12" is no "mỗi ngày"."""
    wish = read_wish("nhắc phòng KT gửi giấy mời ngày 5/12 lúc 9h", TUESDAY)
    assert (wish.rhythm, wish.at) == (None, datetime(2026, 12, 5, 9, tzinfo=VIETNAM))


def rhythm(every: Every, *on: int, month: int = 0, rests: bool = True, until: date | None = None) -> Rhythm:
    return Rhythm(every=every, at=time(16), on=on, month=month, rests=rests, until=until)


@pytest.mark.parametrize(
    ("told", "days"),
    [
        (rhythm(Every.WEEK, 4), [(12, 25), (12, 31), (1, 8)]),  # 1 January is a Friday: the day before
        (rhythm(Every.WEEK, 5), [(12, 26), (1, 2), (1, 9)]),  # who wants Saturdays gets Saturdays
        (rhythm(Every.MONTH, 31), [(12, 31), (1, 29), (2, 26)]),
        (rhythm(Every.MONTH, 31, rests=False), [(12, 31), (1, 31), (2, 28)]),
        (rhythm(Every.QUARTER, 20, month=3), [(3, 19), (6, 18), (9, 20)]),
        (rhythm(Every.YEAR, 29, month=2, rests=False), [(2, 28), (2, 29), (2, 28)]),
        (rhythm(Every.DAY), [(12, 24), (12, 25), (12, 28)]),
        (rhythm(Every.DAY, until=date(2026, 12, 24)), [(12, 24)]),
    ],
)
def test_the_days_it_falls_on(told: Rhythm, days: list[tuple[int, int]]) -> None:
    moment, found = datetime(2026, 12, 24, 8, tzinfo=VIETNAM), []
    while len(found) < 3 and (at := told.next_after(moment, HOLIDAYS)) is not None:
        found.append((at.month, at.day))
        moment = at
    assert found == days
    assert Rhythm.from_json(told.as_json()) == told


def keep_weekly(tx: Connection, now: datetime, cast: Cast, room: str = "KT") -> int:
    audience = {"called": "Phòng KT", "people": [], "units": [cast.units[room]], "rooms": [], "audiences": []}
    told = Rhythm(every=Every.WEEK, at=time(16), on=(now.weekday(),))
    return set_reminder(
        tx,
        author_id=cast.minh.person_id,
        text="nộp báo cáo",
        audience=audience,
        due_at=now,
        source="x",
        now=now,
        rhythm=told.as_json(),
    )


async def test_said_each_time_once_and_after_a_long_silence_only_told(
    database: Database, cast: Cast, now: datetime
) -> None:
    """Three weeks without power: nobody is called three times, the author hears of it once, the next Friday it goes on."""

    def scene(tx: Connection, now: datetime) -> None:
        four = now.astimezone(VIETNAM).replace(hour=16, minute=0)
        kept = keep_weekly(tx, four, cast)
        desk = Desk(tx, four)
        assert [say_due(tx, four), say_due(tx, four), say_due(tx, four + A_WEEK)] == [1, 0, 1]
        assert say_due(tx, four + 4 * A_WEEK + timedelta(hours=2)) == 0
        assert "Trực Ban không chạy" in desk.last(cast.minh.account)
        assert say_due(tx, four + 5 * A_WEEK) == 1
        assert len(desk.messages(cast.rooms["KT"])) == 3
        found = find_reminder(tx, kept)
        assert found is not None
        assert (found.state, found.due_at) == ("waiting", four + 6 * A_WEEK)

    await database.run(scene, now)


async def test_who_has_left_reminds_nobody(database: Database, cast: Cast, now: datetime) -> None:
    """Anh Minh has left the office: his Friday's reminder ends, and the office reads that it did."""

    def scene(tx: Connection, now: datetime) -> None:
        keep_weekly(tx, now, cast)
        tx.execute(update(posts).where(posts.c.person_id == cast.minh.person_id).values(valid_to=date(2021, 1, 1)))
        assert say_due(tx, now) == 0
        desk = Desk(tx, now)
        assert desk.messages(cast.rooms["KT"]) == []
        assert "Đã dừng lời nhắc của anh Minh" in desk.last(cast.rooms["office"])

    await database.run(scene, now)


async def test_a_room_that_is_gone_is_told_to_the_author(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        keep_weekly(tx, now, cast, room="KCN1")
        say_due(tx, now)
        assert "không tới được nhóm nào" in Desk(tx, now).last(cast.minh.account)

    await database.run(scene, now)


async def test_another_hour_is_told_by_its_author(database: Database, cast: Cast, now: datetime) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        kept = keep_weekly(tx, now + timedelta(minutes=5), cast)
        desk = Desk(tx, now)
        desk.say(cast.lan, f"/nhac đổi {kept} 10h")
        assert "không phải của chị" in desk.last(cast.lan.account)
        desk.say(cast.minh, f"/nhac đổi {kept} khuya")
        assert "không phải là giờ" in desk.last(cast.minh.account)
        desk.say(cast.minh, f"/nhac đổi {kept} sang 9h30")
        assert "Đã đổi: 09:30 thứ" in desk.last(cast.minh.account)

    await database.run(scene, now)
