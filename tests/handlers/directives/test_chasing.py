"""Chasing: when, whom, in which words, and that nobody is asked after he has answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from handlers.days.working_days import is_working_day
from handlers.directives import chase_due, directive_ids_in
from handlers.directives.working_hours import after_working_time, is_daytime
from handlers.local_time import VIETNAM
from storage.database import Database
from storage.inserts import insert_or_update
from storage.messages import Lane
from storage.outbox import Outcome, parcels
from storage.record import change
from storage.records.accounts import accounts
from storage.records.directives import Directive, DirectiveState, count_receipts, directives
from storage.records.schedules import DayKind, calendar_days
from tests.cast import Cast
from tests.handlers.directives.scene import Scene

WORDS = "Thực hiện Công văn số 1722/UBND-KGVX ngày 27/5/2021, các đơn vị đo thân nhiệt khách ra vào."
TWO_HOURS = timedelta(hours=2)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in November 2026 (the 23rd is a Monday), local time."""
    return datetime(2026, 11, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at(23, 8), at(23, 10)),
        (at(23, 10), at(23, 14)),
        (at(23, 16), at(24, 8, 30)),
        (at(23, 20), at(24, 9, 30)),
        (at(27, 16, 30), at(30, 9)),  # over a weekend
        (at(28, 9), at(30, 9, 30)),
    ],
)
def test_two_working_hours_later(start: datetime, end: datetime) -> None:
    assert after_working_time(start, TWO_HOURS, {}) == end


@given(
    st.integers(0, 364 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
    st.integers(0, 900),
    st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.sampled_from(list(DayKind)), max_size=20),
)
def test_working_time_ends_in_working_time(start: datetime, minutes: int, exceptions: dict[date, str]) -> None:
    end = after_working_time(start, timedelta(minutes=minutes), exceptions)
    assert end - start >= timedelta(minutes=minutes)
    assert is_working_day(end.astimezone(VIETNAM).date(), exceptions)
    assert is_daytime(end, exceptions)


def minute_by_minute(scene: Scene, until: datetime) -> None:
    """The clock goes on; the job runs now and then, and everything is delivered."""
    while scene.now < until:
        scene.wait(minutes=30)
        chase_due(scene.tx, scene.now)
        scene.deliver()


async def test_those_who_have_not_answered_are_reminded_three_times(
    database: Database, cast: Cast, now: datetime
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.deliver()
        scene.press(cast.minh, f"ack:{published.id}", room="everyone")
        minute_by_minute(scene, at(23, 9, 30))
        assert scene.parcels(Lane.REMINDER) == []
        minute_by_minute(scene, at(23, 23))
        (reminder,) = scene.messages_to(cast.lan)
        assert "Nhắc chị Lan" in reminder.text
        assert WORDS in reminder.text
        assert reminder.buttons[0][0].data == f"ack:{published.id}"
        assert scene.messages_to(cast.minh) == []
        assert "còn 3 người chưa xác nhận" in scene.texts_to("KT")[-1]
        assert "Lan" not in scene.texts_to("KT")[-1]
        assert "Nhắc lần 2: 08:00 ngày 24/11/2026" in scene.board(published)

        minute_by_minute(scene, at(24, 12))
        assert "đôn đốc giúp" in scene.texts_to(cast.minh)[-1]
        assert "chị Lan" in scene.texts_to(cast.minh)[-1]
        minute_by_minute(scene, at(27, 18))
        assert len(scene.messages_to(cast.lan)) == 3
        assert any("Đã nhắc 3 lần" in text for text in scene.texts_to(cast.nga))
        assert "hết các lần nhắc" in scene.board(published)
        scene.press(cast.lan, f"ack:{published.id}")
        assert "Đã nhận 2/8" in scene.board(published)

    await database.run(play, now)


async def test_several_directives_make_one_reminder(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        first = scene.publish(cast.nga, WORDS)
        second = scene.publish(cast.nga, "Trực 24/24 từ hôm nay.")
        scene.wait(hours=2, minutes=1)
        assert chase_due(tx, scene.now) == 2
        assert chase_due(tx, scene.now) == 0
        (reminder,) = scene.messages_to(cast.tu)
        assert "còn 2 chỉ đạo chờ xác nhận" in reminder.text
        assert [row[0].data for row in reminder.buttons] == [f"ack:{first.id}", f"ack:{second.id}"]
        assert len(scene.messages_to("KT")) == 1
        scene.press(cast.tu, f"ack:{first.id}")
        assert len(scene.messages_to(cast.tu)) == 1  # the second is still owed
        scene.press(cast.tu, f"ack:{second.id}")
        assert scene.messages_to(cast.tu) == []  # what had not left is taken back

    await database.run(play, now)


async def test_holidays_and_nights_are_quiet(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        holiday = {"day": date(2026, 11, 24), "kind": DayKind.HOLIDAY, "note": "Ngày Văn hóa Việt Nam"}
        insert_or_update(tx, calendar_days, holiday, key=("day",))
        scene = Scene(tx, cast, at(23, 16).astimezone(UTC))
        published = scene.publish(cast.nga, WORDS)
        assert scene.again(published).chase_at == at(25, 8, 30)
        change_due_time(scene, published, at(23, 16, 59))
        scene.now = at(23, 22)  # the house was down in between
        assert chase_due(tx, scene.now) == 0
        assert scene.again(published).chase_at == at(25, 8)

    await database.run(play, now)


def change_due_time(scene: Scene, directive: Directive, moment: datetime) -> None:
    change(scene.tx, directives, directives.c.id == directive.id, chase_at=moment)


async def test_leaders_are_not_shown_up_before_their_staff(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.publish(cast.hoa, "Họp giao ban 14:00.", "Trưởng các đơn vị")
        scene.wait(hours=3)
        assert chase_due(tx, scene.now) == 1
        assert len(scene.messages_to("leaders")) == 1  # everybody could be reminded in private
        assert scene.messages_to("KT") == []
        assert "Nhắc anh Minh" in scene.texts_to(cast.minh)[-1]

    await database.run(play, now)


async def test_who_cannot_be_reached_in_private_is_reminded_by_the_room(
    database: Database, cast: Cast, now: datetime
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        change(tx, accounts, accounts.c.external_id == cast.son.account, private_chat_id=None)
        scene.publish(cast.hoa, "Họp giao ban 14:00.", "Lãnh đạo")
        scene.wait(hours=3)
        chase_due(tx, scene.now)
        assert "còn 2 người chưa xác nhận" in scene.texts_to("leaders")[-1]

    await database.run(play, now)


async def test_ba_nga_reminds_at_once_but_not_twice_in_a_row(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        assert scene.press_labelled(cast.nga, "Nhắc ngay") == "Đã nhắc những người chưa nhận."
        assert "Xin chờ 30 phút" in scene.press_labelled(cast.nga, "Nhắc ngay")
        assert len(scene.messages_to(cast.lan)) == 1
        assert scene.again(published).chase_at == at(24, 8)

    await database.run(play, now)


PEOPLE = ("son", "hoa", "minh", "lan", "tu", "thu", "phuc", "dung")
ACTS = st.one_of(
    st.tuples(st.just("publish"), st.sampled_from(["Toàn thể", "Lãnh đạo", "Trưởng các đơn vị"])),
    st.tuples(st.just("ack"), st.sampled_from(PEOPLE)),
    st.tuples(st.just("wait"), st.sampled_from(["1", "3", "20"])),
    st.tuples(st.just("deliver"), st.just("")),
    st.tuples(st.just("now"), st.just("")),
    st.tuples(st.just("withdraw"), st.just("")),
)


class Model:
    """What must be true, kept beside the house: who has answered what."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.published: list[Directive] = []
        self.taken: set[tuple[int, str]] = set()

    def act(self, name: str, what: str) -> None:
        scene = self.scene
        if name == "publish":
            number = len(self.published) + 1
            self.published.append(scene.publish(scene.cast.nga, f"Chỉ đạo thứ {number}", what))
        elif name == "wait":
            scene.wait(hours=int(what))
            chase_due(scene.tx, scene.now)
        elif name == "deliver":
            scene.deliver()
        elif self.published and name == "ack":
            self.acknowledge(self.published[-1], what)
        elif self.published:
            step = "chase" if name == "now" else "withdrawn"
            scene.press(scene.cast.nga, f"receipts:{self.published[0].id}:{step}")

    def acknowledge(self, directive: Directive, who: str) -> None:
        note = self.scene.press(getattr(self.scene.cast, who), f"ack:{directive.id}", room="everyone")
        if note.startswith("Đã ghi nhận"):
            assert (directive.id, who) not in self.taken
            self.taken.add((directive.id, who))

    def check_counts(self) -> None:
        for directive in (self.scene.again(one) for one in self.published):
            receipts = count_receipts(self.scene.tx, directive.id)
            assert receipts.received == len([one for one in self.taken if one[0] == directive.id])
            assert f"Đã nhận {receipts.received}/{receipts.owed}" in self.scene.board(directive)
            assert directive.chase_at is None or directive.chases < 3
            assert directive.chase_at is None or directive.state == DirectiveState.PUBLISHED

    def check_nobody_is_asked_after_answering(self) -> None:
        waiting = (parcels.c.lane == Lane.REMINDER.rank, parcels.c.state == Outcome.READY, parcels.c.about != "")
        people = {getattr(self.scene.cast, who).account: who for who in PEOPLE}
        for row in self.scene.tx.execute(parcels.select().where(*waiting)):
            if row.chat_id in people:
                asked = directive_ids_in([row.about])
                assert any((one, people[row.chat_id]) not in self.taken for one in asked)


async def test_counts_stay_right_and_nobody_is_asked_after_answering(
    database: Database, cast: Cast, now: datetime
) -> None:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(st.lists(ACTS, max_size=14))
    def play_all(tx: Connection, acts: list[tuple[str, str]]) -> None:
        with tx.begin_nested() as attempt:
            model = Model(Scene(tx, cast, now))
            for name, what in acts:
                model.act(name, what)
                model.check_counts()
                model.check_nobody_is_asked_after_answering()
            attempt.rollback()

    await database.run(lambda tx, _now: play_all(tx), now)
