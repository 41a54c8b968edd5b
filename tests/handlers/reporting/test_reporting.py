"""What people report in their own words: recorded when certain, asked about when not, silent for chatter."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from handlers.alerts.absences import who_is_away
from handlers.check_ins import presence
from handlers.local_time import local_day
from handlers.rounds import away_on
from storage.database import Database
from storage.messages import Deed
from storage.records.check_ins import check_ins
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk


def kept(desk: Desk, kind: str) -> list[Any]:
    return list(desk.tx.execute(select(check_ins).where(check_ins.c.kind == kind).order_by(check_ins.c.id)))


async def test_a_complete_journey_is_recorded_and_told_to_the_head_and_the_director(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Mai em đi công tác Đà Nẵng, thứ Sáu về ạ")
        [journey] = kept(desk, "travel_notice")
        assert journey.answers["destinations"] == ["Đà Nẵng"]
        assert journey.answers["purpose"] == "Công tác"
        assert (journey.day.isoformat(), journey.until.isoformat()) == ("2026-11-24", "2026-11-27")
        assert "Đã ghi" in desk.last(cast.lan.account)
        assert "Vũ Thị Lan" in desk.last(cast.minh.account)
        assert "Đà Nẵng" in desk.last(cast.nga.account)
        assert desk.heard(cast.tu.account) == []

    await play(database, now, scene)


async def test_what_is_missing_is_asked_for_one_question_at_a_time(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "mai em đi Cần Thơ")
        assert "Ngày nào về" in desk.last(cast.lan.account)
        desk.say(cast.lan, "hôm nào xong thì về")
        assert "Ngày nào về" in desk.last(cast.lan.account)
        assert kept(desk, "travel_notice") == []
        desk.say(cast.lan, "25/11")
        desk.press(cast.lan, "Việc riêng")
        [journey] = kept(desk, "travel_notice")
        assert journey.answers["returns_on"] == "2026-11-25"

    await play(database, now, scene)


async def test_another_report_is_no_purpose_of_a_journey(database: Database, now: datetime, cast: Cast) -> None:
    """Any words may be a purpose, but not those that tell where she is on a day; the question stays open meanwhile."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "thứ Tư em đi Đà Nẵng, thứ Sáu về")
        assert "Chị đi việc gì ạ?" in desk.last(cast.lan.account)
        desk.say(cast.lan, "ngày mai nghỉ phép")
        assert [one.answers["status"] for one in kept(desk, "presence")] == ["leave"]
        assert kept(desk, "travel_notice") == []
        desk.say(cast.lan, "nghỉ phép với gia đình")
        assert [one.answers["purpose"] for one in kept(desk, "travel_notice")] == ["nghỉ phép với gia đình"]

    await play(database, now, scene)


async def test_what_was_asked_of_something_urgent_is_asked_again_after_another_question(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "nghi có ca F0 ở phòng")
        assert "ca dương tính" in desk.last(cast.lan.account)
        desk.say(cast.lan, "hết sốt rồi ạ")
        assert "không có triệu chứng" in desk.last(cast.lan.account)
        desk.press(cast.lan, "Đúng")
        assert "ca dương tính" in desk.last(cast.lan.account)
        desk.press(cast.lan, "Đúng")
        assert [one.answers["type"] for one in kept(desk, "incident")] == ["f0_case"]

    await play(database, now, scene)


async def test_back_before_leaving_is_asked_again(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "/baodi")
        desk.say(cast.lan, "Huế")
        desk.say(cast.lan, "ngày 28/11")
        desk.say(cast.lan, "ngày 26/11")
        assert any("trước ngày đi" in text for text in desk.heard(cast.lan.account))
        assert kept(desk, "travel_notice") == []

    await play(database, now, scene)


async def test_symptoms_typed_in_a_room_go_on_in_private_without_being_repeated(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        room = cast.rooms["KT"]
        desk.say(cast.lan, "em sốt 38,5 từ tối qua, không khó thở ạ", room=room)
        [report] = kept(desk, "symptom_report")
        assert report.answers["symptoms"] == ["fever"]
        assert report.answers["negated"] == ["dyspnea"]
        assert desk.heard(room) == []
        assert [m.emoji for m in desk.messages(room) if m.deed == Deed.REACT] == ["👍"]
        assert "sốt" in desk.last(cast.lan.account)
        for first_in_the_chain in (cast.minh, cast.dung):
            assert any("Tin khẩn" in text for text in desk.heard(first_in_the_chain.account))
        assert not any("sốt" in text for text in desk.heard(cast.tu.account))

    await play(database, now, scene)


async def test_somebody_who_is_well_alarms_nobody(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em khỏe, không ho không sốt ạ")
        assert [report.answers["symptoms"] for report in kept(desk, "symptom_report")] == [[]]
        assert desk.heard(cast.nga.account) == []

    await play(database, now, scene)


async def test_chatter_questions_and_news_stay_without_an_answer_in_a_room(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        for text in (
            "trưa nay ăn gì cả nhà",
            "ai có số anh Tú không",
            "Báo đăng Đà Nẵng có 4 ca dương tính mới",
            "ok 👍",
        ):
            desk.say(cast.lan, text, room=cast.rooms["KT"])
        assert desk.messages() == []
        assert desk.tx.execute(select(check_ins)).all() == []

    await play(database, now, scene)


async def test_forwarded_words_are_nobodys_report(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 39 độ từ tối qua", forwarded=True)
        assert "chuyển tiếp" in desk.last(cast.lan.account)
        assert kept(desk, "symptom_report") == []

    await play(database, now, scene)


async def test_an_edited_message_corrects_what_was_read_from_it(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Sáu về")
        desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Năm về", edit_of=said)
        old, new = kept(desk, "travel_notice")
        assert (old.state, new.state, new.supersedes_id) == ("superseded", "current", old.id)
        assert new.answers["returns_on"] == "2026-11-26"
        assert "đính chính" in desk.last(cast.minh.account)

    await play(database, now, scene)


async def test_a_correction_in_words_changes_only_what_it_says(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 7 lượt khách", room=cast.rooms["KT"])
        desk.say(cast.lan, "em ghi nhầm, 9 lượt khách chứ không phải 7 ạ", room=cast.rooms["KT"])
        old, new = kept(desk, "visitor_count")
        assert (old.state, new.answers["visitors"]) == ("superseded", 9)

    await play(database, now, scene)


async def test_a_withdrawn_report_stays_to_be_opened(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Sáu về")
        desk.press(cast.lan, "Rút lại")
        [journey] = kept(desk, "travel_notice")
        assert journey.state == "cancelled"
        assert "rút lại" in desk.last(cast.minh.account)
        desk.press_data(cast.lan, f"mend:undo:{journey.id}")
        assert "trước đó" in desk.messages(cast.lan.account)[-1].text

    await play(database, now, scene)


async def test_nobody_else_mends_ones_report(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "mai em đi công tác Đà Nẵng, thứ Sáu về")
        [journey] = kept(desk, "travel_notice")
        desk.press_data(cast.tu, f"mend:undo:{journey.id}")
        assert kept(desk, "travel_notice")[0].state == "current"

    await play(database, now, scene)


async def test_figures_of_another_unit_are_refused(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng Thương mại: 30 lượt khách", room=cast.rooms["KT"])
        assert kept(desk, "visitor_count") == []
        assert "chưa ghi" in desk.last(cast.rooms["KT"])

    await play(database, now, scene)


async def test_the_office_reports_for_any_unit(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "Phòng Thương mại: 30 lượt khách")
        assert [row.unit_id for row in kept(desk, "visitor_count")] == [cast.units["TM"]]

    await play(database, now, scene)


async def test_two_colleagues_of_one_name_are_asked_about(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Anh Hùng hôm nay nghỉ ốm ạ")
        assert "báo cho ai" in desk.last(cast.lan.account)
        desk.say(cast.lan, "Đỗ Anh Tú")
        assert [row.person_id for row in kept(desk, "presence")] == [cast.tu.person_id]

    await play(database, now, scene)


async def test_several_reports_in_one_message_are_each_recorded(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Em bị đau họng từ tối qua. Em xin phép làm việc ở nhà hôm nay.")
        assert [row.answers["symptoms"] for row in kept(desk, "symptom_report")] == [["sore_throat"]]
        assert [row.answers["status"] for row in kept(desk, "presence")] == ["home"]

    await play(database, now, scene)


async def test_a_button_of_an_earlier_question_answers_nothing(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "/diemdanh")
        old = desk.button("Làm ở nhà", cast.lan.account)
        desk.say(cast.lan, "/huy")
        desk.say(cast.lan, "/diemdanh")
        desk.press_data(cast.lan, old)
        assert kept(desk, "presence") == []
        assert "đã xong" in desk.messages(cast.lan.account)[-1].text

    await play(database, now, scene)


async def test_a_second_presence_of_the_day_corrects_the_first(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "hôm nay em làm ở nhà")
        desk.say(cast.lan, "hôm nay em nghỉ ốm ạ")
        assert [(row.state, row.answers["status"]) for row in kept(desk, "presence")] == [
            ("superseded", "home"),
            ("current", "sick"),
        ]

    await play(database, now, scene)


async def test_an_accident_reaches_the_leaders_at_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: kho giấy của phòng đang cháy, đã gọi 114", room=cast.rooms["KT"])
        assert any("Tin khẩn" in text for text in desk.heard(cast.nga.account))
        assert desk.heard(cast.rooms["KT"]) == []

    await play(database, now, scene)


async def test_an_accident_of_somebody_outside_waits_for_no_name(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "một công nhân ngã từ giàn giáo ở KCN Bình An lúc 16:40, đã đưa đi viện")
        assert any("Tin khẩn" in text for text in desk.heard(cast.nga.account))

    await play(database, now, scene)


async def test_a_day_in_a_sentence_about_somebody_else_answers_no_open_question(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "/baodi")
        desk.say(cast.lan, "Cần Thơ")
        desk.say(cast.lan, "anh Tú nghỉ ốm hôm nay")
        assert [row.person_id for row in kept(desk, "presence")] == [cast.tu.person_id]
        desk.say(cast.lan, "dạ ngày 25/11 em đi ạ")
        desk.say(cast.lan, "27/11")
        desk.press(cast.lan, "Công tác")
        [journey] = kept(desk, "travel_notice")
        assert (journey.answers["leaves_on"], journey.answers["returns_on"]) == ("2026-11-25", "2026-11-27")

    await play(database, now, scene)


async def test_a_figure_said_again_a_moment_later_corrects_the_first(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Phòng KT: 7 lượt khách", room=cast.rooms["KT"])
        desk.say(cast.lan, "9 lượt khách", room=cast.rooms["KT"])
        old, new = kept(desk, "visitor_count")
        assert (old.state, new.state, new.answers["visitors"]) == ("superseded", "current", 9)

    await play(database, now, scene)


async def test_half_a_day_is_no_day(database: Database, now: datetime, cast: Cast) -> None:
    """The head reads which half; nobody is taken for absent all day long because of it."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "chiều nay em xin nghỉ")
        assert "nghỉ phép chiều ngày 23/11" in desk.last(cast.lan.account)
        assert "nghỉ phép chiều ngày 23/11" in desk.last(cast.minh.account)
        desk.say(cast.tu, "mai em nghỉ phép")
        assert away_on(desk.tx, local_day(now)) == set()
        assert who_is_away(desk.tx, [cast.lan.person_id], local_day(now)) == {}
        assert away_on(desk.tx, local_day(now) + timedelta(days=1)) == {cast.tu.person_id}

    await play(database, now, scene)


async def test_who_is_away_from_an_afternoon_to_friday_is_called_on_none_of_these_days(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em xin nghỉ phép chiều nay tới thứ Sáu")
        wednesday = local_day(now) + timedelta(days=2)
        assert away_on(desk.tx, wednesday) == {cast.lan.person_id}
        assert who_is_away(desk.tx, [cast.lan.person_id], wednesday) == {cast.lan.person_id: "nghỉ phép"}

    await play(database, now, scene)


async def test_half_a_day_of_leave_brings_nobody_back_from_a_journey(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "hôm nay em đi Đà Nẵng họp, thứ Sáu về")
        desk.say(cast.lan, "chiều nay em xin nghỉ")
        assert who_is_away(desk.tx, [cast.lan.person_id], local_day(now)) == {cast.lan.person_id: "đi xa"}

    await play(database, now, scene)


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("chieu nay e xin phep nghi", "chiều"),
        ("em nghỉ phép buổi sáng mai", "sáng"),
        ("mai em nghỉ nửa ngày", "nửa buổi"),
        ("em nghỉ từ sáng mai đến thứ 6", None),
        ("sáng nay em sốt, em nghỉ cả ngày", None),
        ("chiều qua em ốm, mai em nghỉ", None),
        ("mai em nghỉ, sáng nay em ở cơ quan", None),
        ("sáng nay em nghỉ, chiều em cũng nghỉ", None),
        ("em nghỉ sáng chiều nay", None),
    ],
)
def test_which_half_the_words_mean(said: str, part: str | None) -> None:
    assert presence.part_in(said).get("part") == part
