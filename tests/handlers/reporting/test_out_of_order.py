"""Two deliveries of one chat that cross on their way end as they were said: the later words stand, the earlier are kept."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from handlers.local_time import local_day
from handlers.rounds import close_due, open_round
from storage.database import Database
from storage.records.rounds import round_of
from tests.cast import Cast
from tests.handlers.office_day import VISITORS, states
from tests.handlers.playing import play_soundly
from tests.handlers.reporting.test_reporting import kept
from tests.handlers.speaking import Desk

MINUTE = timedelta(minutes=1)


def minutes_ago(desk: Desk, minutes: int) -> datetime:
    return desk.now - minutes * MINUTE


def visitors(desk: Desk) -> list[tuple[str, int]]:
    """In the order in which they were heard."""
    return [(row.state, row.answers["visitors"]) for row in kept(desk, "visitor_count")]


async def test_a_count_said_later_stands_though_it_was_heard_first(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 15 lượt", said_at=minutes_ago(desk, 5))
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=minutes_ago(desk, 9))
        assert visitors(desk) == [("current", 15), ("superseded", 12)]
        assert "15" in desk.last(cast.lan.account)
        assert "đến sau" in desk.last(cast.lan.account)

    await play_soundly(database, now, scene)


async def test_many_heard_in_any_order_make_one_chain_in_the_order_they_were_said(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        for minutes in (3, 9, 1, 7, 5, 8):
            desk.say(cast.lan, f"Phòng KT: {minutes + 10} lượt", said_at=minutes_ago(desk, minutes))
        by_id = {row.id: row for row in kept(desk, "visitor_count")}
        [row] = [row for row in by_id.values() if row.state == "current"]
        chain = [row.answers["visitors"]]
        while row.supersedes_id is not None:
            row = by_id[row.supersedes_id]
            chain.append(row.answers["visitors"])
        assert chain == [11, 13, 15, 17, 18, 19]

    await play_soundly(database, now, scene)


async def test_whoever_was_overtaken_by_somebody_else_is_told(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        room = cast.rooms["KT"]
        desk.say(cast.minh, "Phòng KT: 15 lượt", said_at=minutes_ago(desk, 5))
        desk.say(cast.lan, "Phòng KT: 12 lượt", room=room, said_at=minutes_ago(desk, 9))
        assert "15" in desk.last(room)
        assert visitors(desk) == [("current", 15), ("superseded", 12)]

    await play_soundly(database, now, scene)


async def test_in_one_room_a_receipt_is_enough(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        room = cast.rooms["KT"]
        desk.say(cast.lan, "Phòng KT: 15 lượt", room=room, said_at=minutes_ago(desk, 5))
        desk.say(cast.lan, "Phòng KT: 12 lượt", room=room, said_at=minutes_ago(desk, 9))
        assert desk.heard(room) == []
        assert visitors(desk) == [("current", 15), ("superseded", 12)]

    await play_soundly(database, now, scene)


async def test_two_of_the_same_second_follow_their_numbers(database: Database, now: datetime, cast: Cast) -> None:
    """Telegram tells whole seconds."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 15 lượt", message_id="502")
        desk.say(cast.lan, "Phòng KT: 12 lượt", message_id="501")
        assert visitors(desk) == [("current", 15), ("superseded", 12)]

    await play_soundly(database, now, scene)


async def test_a_count_said_again_is_not_changed_by_what_was_said_between(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 15 lượt", said_at=minutes_ago(desk, 9))
        desk.say(cast.lan, "Phòng KT: 15 lượt", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=minutes_ago(desk, 5))
        assert [count for state, count in visitors(desk) if state == "current"] == [15]

    await play_soundly(database, now, scene)


async def test_what_was_first_said_in_time_is_in_time(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        day = local_day(desk.now)
        open_round(desk.tx, VISITORS, day, desk.now)
        asked = round_of(desk.tx, VISITORS.name, day)
        assert asked is not None
        desk.now = asked.due_at + 20 * MINUTE
        close_due(desk.tx, asked, desk.now)
        desk.say(cast.lan, "Phòng KT: 15 lượt", said_at=asked.due_at + 5 * MINUTE)
        assert states(desk.tx, cast)["KT"] == "late"
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=asked.due_at - 5 * MINUTE)
        assert states(desk.tx, cast)["KT"] == "on_time"
        assert visitors(desk) == [("current", 15), ("superseded", 12)]
        assert not kept(desk, "visitor_count")[0].is_late

    await play_soundly(database, now, scene)


async def test_a_correction_waits_for_what_it_corrects(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em nhầm, 12 lượt khách chứ không phải 10", said_at=minutes_ago(desk, 1))
        assert kept(desk, "visitor_count") == []
        assert "chưa thấy bản nào" in desk.last(cast.lan.account)
        desk.say(cast.lan, "10 lượt khách", said_at=minutes_ago(desk, 2))
        assert visitors(desk) == [("superseded", 10), ("current", 12)]

    await play_soundly(database, now, scene)


async def test_short_words_of_correction_are_asked_about_as_ever(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "nhầm, 12 chứ không phải 10", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "10 lượt khách", said_at=minutes_ago(desk, 2))
        assert visitors(desk) == [("current", 10)]
        assert "12" in desk.last(cast.lan.account)
        desk.press(cast.lan, "Đúng")
        assert visitors(desk) == [("superseded", 10), ("current", 12)]

    await play_soundly(database, now, scene)


async def test_a_correction_of_another_number_leaves_yesterdays_report_alone(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "7 lượt khách", said_at=desk.now - timedelta(days=1))
        desk.say(cast.lan, "em nhầm, 12 lượt khách chứ không phải 10", said_at=minutes_ago(desk, 1))
        assert visitors(desk) == [("current", 7)]
        desk.say(cast.lan, "10 lượt khách", said_at=minutes_ago(desk, 2))
        assert visitors(desk) == [("current", 7), ("superseded", 10), ("current", 12)]

    await play_soundly(database, now, scene)


async def test_a_waiting_correction_is_not_put_upon_later_words(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em nhầm, 12 lượt khách chứ không phải 10", said_at=minutes_ago(desk, 5))
        desk.say(cast.lan, "14 lượt khách", said_at=minutes_ago(desk, 1))
        assert visitors(desk) == [("current", 14)]

    await play_soundly(database, now, scene)


async def test_a_correction_heard_late_changes_what_nothing_since_has_touched(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Sáu về", said_at=minutes_ago(desk, 9))
        desk.say(cast.lan, "chuyến đi sửa lại giúp em: thứ Bảy mới về", said_at=minutes_ago(desk, 2))
        desk.say(cast.lan, "em nhầm, mai em đi Huế chứ không phải Đà Nẵng", said_at=minutes_ago(desk, 5))
        [journey] = [row for row in kept(desk, "travel_notice") if row.state == "current"]
        assert journey.answers["returns_on"] == "2026-11-28"
        assert journey.answers["destinations"] == ["Thừa Thiên Huế"]

    await play_soundly(database, now, scene)


async def test_an_edit_heard_before_its_message_leaves_one_journey(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        edited = "mai em đi công tác Đà Nẵng, thứ Năm về"
        desk.say(cast.lan, edited, edit_of="77", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Sáu về", message_id="77", said_at=minutes_ago(desk, 2))
        first, second = kept(desk, "travel_notice")
        assert (first.state, second.state) == ("current", "superseded")
        assert first.answers["returns_on"] == "2026-11-26"

    await play_soundly(database, now, scene)


async def test_the_later_of_two_edits_stands(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=minutes_ago(desk, 9))
        desk.say(cast.lan, "Phòng KT: 15 lượt", edit_of=said, said_at=minutes_ago(desk, 2))
        desk.say(cast.lan, "Phòng KT: 13 lượt", edit_of=said, said_at=minutes_ago(desk, 5))
        assert visitors(desk) == [("superseded", 12), ("current", 15), ("superseded", 13)]

    await play_soundly(database, now, scene)


async def test_what_was_withdrawn_stays_so_whatever_was_said_before(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "12 lượt khách", said_at=minutes_ago(desk, 9))
        desk.say(cast.lan, "rút lại báo cáo", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "15 lượt khách", said_at=minutes_ago(desk, 5))
        desk.say(cast.lan, "9 lượt khách", said_at=minutes_ago(desk, 15))
        assert visitors(desk) == [("superseded", 12), ("cancelled", 15), ("superseded", 9)]
        assert "rút lại" in desk.last(cast.lan.account)
        desk.say(cast.lan, "20 lượt khách")
        assert visitors(desk)[-1] == ("current", 20)

    await play_soundly(database, now, scene)


async def test_a_withdrawal_heard_late_does_not_take_back_what_was_said_since(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "12 lượt khách", said_at=minutes_ago(desk, 9))
        desk.say(cast.lan, "15 lượt khách", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "rút lại báo cáo", said_at=minutes_ago(desk, 5))
        assert visitors(desk) == [("superseded", 12), ("current", 15)]
        assert "15" in desk.last(cast.lan.account)

    await play_soundly(database, now, scene)


@pytest.mark.parametrize("ahead", [timedelta(hours=1), -timedelta(hours=1)])
async def test_a_press_is_measured_by_no_clock(database: Database, now: datetime, cast: Cast, ahead: timedelta) -> None:
    """Our own clock may be wrong by an hour, and the platform tells no time of a press."""

    def scene(desk: Desk) -> None:
        open_round(desk.tx, VISITORS, local_day(desk.now), desk.now)
        desk.press(cast.lan, "Không có", room=cast.rooms["KT"])
        desk.say(cast.lan, "Phòng KT: 12 lượt", said_at=desk.now - ahead)
        assert visitors(desk) == [("superseded", 0), ("current", 12)]

    await play_soundly(database, now, scene)


async def test_where_one_works_is_what_was_said_last(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "hôm nay em làm việc ở nhà ạ", said_at=minutes_ago(desk, 1))
        desk.say(cast.lan, "hôm nay em nghỉ phép ạ", said_at=minutes_ago(desk, 5))
        assert [(row.state, row.answers["status"]) for row in kept(desk, "presence")] == [
            ("current", "home"),
            ("superseded", "leave"),
        ]

    await play_soundly(database, now, scene)
