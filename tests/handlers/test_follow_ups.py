"""People under watch: asked every day, reminded, told of where silent; a symptom alerts; it ends by itself or by a word."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.check_in import Watched
from handlers.follow_ups import begin, begin_for_returned, look_after
from handlers.local_time import local_day
from storage.database import Database
from storage.invariants import broken_invariants
from storage.record import find_all
from storage.records.follow_ups import FollowUp, follow_ups
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk
from tests.rehearsal import rehearse


def go_on(desk: Desk, **wait: int) -> None:
    desk.now += timedelta(**wait)
    look_after(desk.tx, desk.now)


def to_the_hour(desk: Desk, hour: int, minute: int = 30) -> None:
    """On to the next morning at this time (the office asks at 07:30)."""
    midnight = (desk.now + timedelta(hours=7)).replace(hour=0, minute=0) + timedelta(days=1)
    desk.now = midnight - timedelta(hours=7) + timedelta(hours=hour, minutes=minute)
    look_after(desk.tx, desk.now)


def all_of(desk: Desk) -> list[FollowUp]:
    return find_all(desk.tx, FollowUp, follow_ups, order_by=(follow_ups.c.id,))


async def test_asked_every_day_until_the_days_are_over(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan F1 3 ngày")
        assert "người tiếp xúc (F1)" in desk.last(cast.dung.account)
        assert "mỗi ngày lúc 07:30 tôi hỏi riêng" in desk.last(cast.lan.account)
        for _ in range(3):
            desk.forget()
            to_the_hour(desk, 7)
            assert "Theo dõi sức khỏe" in desk.last(cast.lan.account)
            desk.say(cast.lan, "khỏe ạ")
            assert "Đã ghi: theo dõi sức khỏe, khỏe" in " ".join(desk.heard(cast.lan.account))
            assert broken_invariants(desk.tx) == []
        desk.forget()
        to_the_hour(desk, 7)
        assert "hết thời gian theo dõi" in desk.last(cast.lan.account)
        assert "đủ 3 ngày" in desk.last(cast.dung.account)
        to_the_hour(desk, 7)
        assert desk.heard(cast.lan.account) == desk.heard(cast.lan.account)[:1]

    await play(database, now, scene)


async def test_silence_is_reminded_of_and_then_told_to_the_team(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        for name in ("Vũ Thị Lan", "Đỗ Anh Tú"):
            desk.say(cast.dung, f"/theodoi thêm {name} 7 ngày")
        to_the_hour(desk, 7)
        desk.say(cast.tu, "em khỏe ạ")
        desk.forget()
        go_on(desk, hours=2, minutes=1)
        assert "hôm nay chị có khỏe không" in desk.last(cast.lan.account)
        assert desk.heard(cast.tu.account) == []
        go_on(desk, hours=2, minutes=1)
        assert "1 người chưa trả lời" in desk.last(cast.dung.account)
        assert "Vũ Thị Lan" in desk.last(cast.dung.account)
        assert "Vũ Thị Lan" not in " ".join(desk.heard(cast.rooms["office"]))

    await play(database, now, scene)


async def test_a_symptom_in_own_words_alerts_at_once(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan")
        to_the_hour(desk, 7)
        desk.forget()
        desk.say(cast.lan, "em sốt 38 độ, ho nhiều")
        assert "đang theo dõi sức khỏe: ho, sốt, nhiệt độ 38°C" in " ".join(desk.heard(cast.dung.account))
        desk.say(cast.dung, "/theodoi")
        assert "hôm nay: ho, sốt" in desk.last(cast.dung.account)

    await play(database, now, scene)


async def test_what_the_family_has_is_no_answer(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan")
        to_the_hour(desk, 7)
        desk.say(cast.lan, "con em sốt 39 độ từ đêm qua")
        assert "báo triệu chứng, người nhà sốt" in " ".join(desk.heard(cast.lan.account))
        desk.say(cast.dung, "/theodoi")
        assert "hôm nay: chưa trả lời" in desk.last(cast.dung.account)

    await play(database, now, scene)


async def test_who_returns_from_an_area_of_risk_is_followed(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng")
        desk.say(cast.lan, "hôm nay em đi Quảng Nam họp, mai về")
        desk.say(cast.tu, "hôm nay em đi Hải Phòng họp, mai về")
        for day in (1, 2, 3):
            begin_for_returned(desk.tx, local_day(now) + timedelta(days=day), now + timedelta(days=day))
        (only,) = all_of(desk)
        assert (only.person_id, only.reason, only.days) == (cast.lan.person_id, Watched.RETURNED, 7)
        assert only.first_day == local_day(now) + timedelta(days=2)

    await play(database, now, scene)


async def test_a_journey_taken_back_is_not_followed(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng")
        desk.say(cast.lan, "hôm nay em đi Đà Nẵng họp, mai về")
        later = now + timedelta(days=2)
        begin_for_returned(desk.tx, local_day(later), later)
        desk.press(cast.lan, "Rút lại")
        assert [each.ended_at is None for each in all_of(desk)] == [False]
        assert broken_invariants(desk.tx) == []

    await play(database, now, scene)


async def test_symptoms_are_followed_if_the_team_says_so(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert "Có theo dõi hằng ngày không ạ?" in desk.last(cast.dung.account)
        yes = desk.button("Theo dõi 14 ngày", cast.dung.account)
        desk.press_data(cast.tu, yes)
        assert all_of(desk) == []
        desk.press_data(cast.dung, yes)
        desk.press_data(cast.hoa, yes)
        assert "đang được theo dõi rồi" in desk.messages(cast.hoa.account)[-1].text
        assert [each.days for each in all_of(desk)] == [14]

    await play(database, now, scene)


@pytest.mark.parametrize("rule", ["hỏi", "luôn", "không"])
async def test_a_contact_in_an_incident_is_proposed_never_followed_silently(
    database: Database, now: datetime, cast: Cast, rule: str
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, f"/theodoi triệu chứng {rule}")
        desk.say(cast.lan, "em là F1 ạ, hôm qua ăn cơm với người dương tính")
        assert all_of(desk) == []
        proposals = [text for text in desk.heard(cast.dung.account) if "Có theo dõi hằng ngày không ạ?" in text]
        assert len(proposals) == (0 if rule == "không" else 1)
        if proposals:
            assert "chị Vũ Thị Lan (Phòng KT): tiếp xúc ca bệnh" in proposals[0]
            desk.press(cast.dung, "Theo dõi 14 ngày")
            assert [(each.person_id, each.reason) for each in all_of(desk)] == [(cast.lan.person_id, Watched.CONTACT)]

    await play(database, now, scene)


async def test_a_colleague_named_as_a_contact_is_the_one_who_is_followed(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "anh Bùi Hữu Phúc là F1 của ca ở chợ")
        (proposal,) = (text for text in desk.heard(cast.dung.account) if "Có theo dõi hằng ngày" in text)
        assert "anh Bùi Hữu Phúc, theo tin của chị Vũ Thị Lan (Phòng KT): tiếp xúc ca bệnh" in proposal
        desk.press(cast.dung, "Theo dõi 14 ngày")
        (only,) = all_of(desk)
        assert (only.person_id, only.unit_id) == (cast.phuc.person_id, cast.units["TM"])
        assert "Theo dõi sức khỏe: người tiếp xúc" not in " ".join(desk.heard(cast.lan.account))

    await play(database, now, scene)


@pytest.mark.parametrize("words", ["phòng em có 2 người F1", "anh Nguyễn Văn Cường là F1", "vợ em là F1"])
async def test_a_contact_whom_nobody_can_tell_is_not_proposed(
    database: Database, now: datetime, cast: Cast, words: str
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, words)
        assert "Tin khẩn" in " ".join(desk.heard(cast.dung.account))
        assert "Có theo dõi" not in " ".join(desk.heard(cast.dung.account))

    await play(database, now, scene)


@pytest.mark.parametrize(("rule", "followed"), [("luôn", 1), ("không", 0), ("hỏi", 0)])
async def test_what_symptoms_do_is_the_offices_rule(
    database: Database, now: datetime, cast: Cast, rule: str, followed: int
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, f"/theodoi triệu chứng {rule}")
        assert "Đã đổi" in desk.last(cast.hoa.account)
        desk.say(cast.lan, "em sốt 38 từ tối qua")
        assert len(all_of(desk)) == followed
        assert ("Có theo dõi" in " ".join(desk.heard(cast.dung.account))) is (rule == "hỏi")

    await play(database, now, scene)


async def test_the_hour_and_the_days_are_the_offices(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/theodoi giờ 9h")
        desk.say(cast.hoa, "/theodoi số ngày 10")
        desk.say(cast.hoa, "/theodoi thêm Vũ Thị Lan")
        assert all_of(desk)[0].days == 10
        desk.forget()
        desk.now += timedelta(minutes=30)  # 08:30
        look_after(desk.tx, desk.now)
        assert desk.heard(cast.lan.account) == []
        go_on(desk, minutes=31)
        assert "Theo dõi sức khỏe" in desk.last(cast.lan.account)
        for wrong in (
            "giờ 25:00",
            "giờ 3:00",
            "giờ mấy",
            "số ngày 0",
            "số ngày ²",
            "triệu chứng gì",
            "thêm Ai Đó",
            "xyz",
        ):
            desk.say(cast.hoa, f"/theodoi {wrong}")
            assert "Đã" not in desk.last(cast.hoa.account)

    await play(database, now, scene)


async def test_nobody_else_reads_the_list(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan")
        for who in (cast.minh, cast.lan):
            desk.say(who, "/theodoi")
            assert "thẩm quyền khác" in desk.last(who.account)
        desk.say(cast.dung, "/theodoi")
        ending, sheet = desk.button("Kết thúc 1", cast.dung.account), desk.button("Bảng Excel", cast.dung.account)
        for data in (ending, sheet):
            desk.press_data(cast.minh, data)
            assert "thẩm quyền khác" in desk.messages(cast.minh.account)[-1].text
        desk.press_data(cast.dung, sheet)
        assert desk.messages(cast.dung.account)[-1].file is not None
        desk.press_data(cast.dung, ending)
        assert "hết thời gian theo dõi" in desk.last(cast.lan.account)
        desk.press_data(cast.hoa, ending)
        assert "đã kết thúc trước đó" in desk.messages(cast.hoa.account)[-1].text

    await play(database, now, scene)


async def test_followed_already_is_followed_longer_never_shorter(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        about = {"person_id": cast.lan.person_id, "unit_id": cast.units["KT"], "now": now}
        begin(desk.tx, reason=Watched.CONTACT, days=7, exposure_level=2, **about)  # type: ignore[arg-type]
        begin(desk.tx, reason=Watched.OFFICE, days=3, **about)  # type: ignore[arg-type]
        begin(desk.tx, reason=Watched.CONTACT, days=14, exposure_level=1, **about)  # type: ignore[arg-type]
        (only,) = all_of(desk)
        assert (only.days, only.exposure_level) == (14, 1)

    await play(database, now, scene)


@settings(max_examples=6)
@given(
    deeds=st.lists(
        st.sampled_from(["well", "fever", "hour", "hours", "night", "days", "end", "add", "sick list"]),
        min_size=4,
        max_size=16,
    )
)
async def test_whatever_happens_it_asks_once_a_day_and_ends(
    database: Database, now: datetime, cast: Cast, deeds: list[str]
) -> None:
    def scene(tx: object, now: datetime) -> None:
        desk = Desk(tx, now)  # type: ignore[arg-type]
        desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan 4 ngày")
        for deed in deeds:
            _do(desk, cast, deed)
            assert broken_invariants(desk.tx) == []
        requests = [text for text in desk.heard(cast.lan.account) if "Theo dõi sức khỏe · chị Lan" in text]
        assert len(requests) <= (desk.now - now).days + 2
        desk.now += timedelta(days=70)
        look_after(desk.tx, desk.now)
        assert all(each.ended_at is not None for each in all_of(desk))

    await rehearse(database, scene, now)


def _do(desk: Desk, cast: Cast, deed: str) -> None:
    match deed:
        case "well":
            desk.say(cast.lan, "khỏe")
        case "fever":
            desk.say(cast.lan, "em sốt 38")
        case "end":
            desk.say(cast.dung, "/theodoi kết thúc Vũ Thị Lan")
        case "add":
            desk.say(cast.dung, "/theodoi thêm Vũ Thị Lan F2 4 ngày")
        case "sick list":
            desk.say(cast.dung, "/theodoi")
        case wait:
            hours = {"hour": 1, "hours": 5, "night": 14, "days": 50}[wait]
            go_on(desk, hours=hours)
