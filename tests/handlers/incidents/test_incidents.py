"""Incidents: opened with the first report, asked about, told outside in time, joined by a human, closed with a record."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.incidents import chase_duties
from handlers.incidents.contacts import contact_line
from storage.database import Database
from storage.records.alerts import AlertState, alerts_over, open_alerts
from storage.records.incidents import (
    DutyState,
    Incident,
    IncidentState,
    duties_of,
    find_incident,
    incidents,
    open_incidents,
)
from storage.records.journals import journal_of
from tests.cast import Cast
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk


def the_incident(desk: Desk) -> Incident:
    [incident_id] = desk.tx.execute(select(incidents.c.id)).scalars()
    found = find_incident(desk.tx, incident_id)
    assert found is not None
    return found


def owed(desk: Desk) -> dict[str, str]:
    return {one.name: one.state for one in duties_of(desk.tx, the_incident(desk).id)}


def card(desk: Desk, account: str) -> str:
    return next(text for text in reversed(desk.heard(account)) if "🗂" in text)


async def test_a_fatal_accident_must_be_told_at_once(database: Database, now: datetime, cast: Cast) -> None:
    """The reporter is asked after the leaders were told; his answer brings the labour authority and the police."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: tai nạn, anh công nhân bị máy cuốn")
        assert "Tin khẩn" in "\n".join(desk.heard(cast.nga.account))
        assert owed(desk) == {}
        assert "Có ai bị nạn không" in desk.last(cast.lan.account)
        desk.press(cast.lan, "1 người chết")
        assert owed(desk) == {"labour_authority": DutyState.OWED, "police": DutyState.OWED}
        assert "đặc biệt nghiêm trọng" in desk.last(cast.nga.account)
        assert "Sở Nội vụ: ngay" in desk.last(cast.nga.account)
        desk.say(cast.lan, "khi làm việc")
        desk.say(cast.lan, "không có")
        desk.say(cast.lan, "xưởng 2, phường Bình An")
        assert "đã chuyển đủ cho lãnh đạo" in desk.last(cast.lan.account)
        assert set(owed(desk)) == {"labour_authority", "police", "commune_without_contract", "investigation_fatal"}
        assert "không có hợp đồng lao động" in card(desk, cast.nga.account)

    await play_soundly(database, now, scene)


async def test_the_prepared_text_is_filled_and_a_human_ticks(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: tai nạn lao động ở xưởng 2, 1 người chết")
        desk.press(cast.nga, "☐ Sở Nội vụ")
        text = desk.last(cast.nga.account)
        assert "Sở Công Thương khai báo: lúc 08:00 ngày 23/11/2026" in text
        assert "Thương vong: 1 người chết" in text
        assert "84/2015/QH13" in text
        desk.press(cast.nga, "✅ Đã báo")
        assert owed(desk)["labour_authority"] == DutyState.DONE
        desk.say(cast.nga, "anh Bình tiếp nhận, 0912 345 678")
        [note] = [one.note for one in duties_of(desk.tx, the_incident(desk).id) if one.name == "labour_authority"]
        assert note == "anh Bình tiếp nhận, 0912 345 678"
        assert "✅ Sở Nội vụ: ngay · xong lúc 08:00 ngày 23/11 (bà Nga): anh Bình" in card(desk, cast.son.account)
        [duty] = [one.id for one in duties_of(desk.tx, the_incident(desk).id) if one.name == "labour_authority"]
        desk.press_data(cast.son, f"duty:done:{duty}")
        assert "đã ghi việc này trước đó" in desk.messages(cast.son.account)[-1].text

    await play_soundly(database, now, scene)


async def test_what_was_not_told_is_chased(database: Database, now: datetime, cast: Cast) -> None:
    """At once: after a quarter of an hour, again, then every morning; after the tick never more."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: tai nạn lao động ở xưởng 2, 1 người chết")
        at = now + timedelta(minutes=14)
        assert chase_duties(desk.tx, at) == 0
        at = now + timedelta(minutes=15)
        assert chase_duties(desk.tx, at) == 1
        assert chase_duties(desk.tx, at) == 0
        assert "chưa ghi nhận đã báo" in desk.last(cast.hoa.account)
        assert "Sở Nội vụ: phải báo ngay" in desk.last(cast.hoa.account)
        assert "Công an" in desk.last(cast.hoa.account)
        desk.press(cast.hoa, "☐ Sở Nội vụ")
        desk.press(cast.hoa, "✅ Đã báo")
        assert chase_duties(desk.tx, now + timedelta(minutes=30)) == 1
        assert "Sở Nội vụ" not in desk.last(cast.nga.account)
        for day in range(60):
            chase_duties(desk.tx, now + timedelta(days=day, hours=3))
        desk.forget()
        assert chase_duties(desk.tx, now + timedelta(days=90)) == 0

    await play_soundly(database, now, scene)


async def test_the_health_station_has_a_day(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "phòng em có anh Tú dương tính covid sáng nay ạ")
        assert owed(desk) == {"health_station": DutyState.OWED}
        assert "Trạm Y tế xã, phường: trong 24 giờ, hạn 08:00 ngày 24/11" in card(desk, cast.nga.account)
        assert "người mắc bệnh (F0)" in card(desk, cast.nga.account)
        assert card(desk, cast.dung.account)
        assert chase_duties(desk.tx, now + timedelta(hours=17)) == 0
        assert chase_duties(desk.tx, now + timedelta(hours=18)) == 1
        assert "Trạm Y tế xã, phường: hạn 08:00 ngày 24/11" in desk.last(cast.hoa.account)
        assert chase_duties(desk.tx, now + timedelta(hours=25)) == 1
        assert "quá hạn 08:00 ngày 24/11" in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


async def test_a_contact_of_a_contact_brings_no_duty(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "/baokhan")
        desk.press(cast.lan, "Tiếp xúc gần người mắc bệnh")
        desk.say(cast.lan, "ngồi họp cùng người tiếp xúc hôm thứ Sáu")
        desk.press(cast.lan, "Tiếp xúc với F1 (F2)")
        assert owed(desk) == {}
        assert "người tiếp xúc với F1 (F2)" in card(desk, cast.nga.account)

    await play_soundly(database, now, scene)


async def test_what_turns_out_otherwise_takes_the_duty_away(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: tai nạn lao động ở xưởng 2, 1 người chết")
        question = f"incq:{the_incident(desk).id}:harm"
        desk.press_data(cast.lan, f"{question}:3")  # one lightly hurt
        assert owed(desk)["labour_authority"] == owed(desk)["police"] == DutyState.LAPSED
        assert owed(desk)["investigation_light"] == DutyState.OWED
        desk.press_data(cast.lan, f"{question}:0")  # one dead after all
        assert owed(desk)["labour_authority"] == DutyState.OWED
        assert owed(desk)["investigation_light"] == DutyState.LAPSED

    await play_soundly(database, now, scene)


async def test_the_room_learns_no_name(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: anh Tú dương tính covid", room=cast.rooms["KT"])
        assert desk.heard(cast.rooms["KT"]) == []
        assert not any("dương tính" in text for text in desk.heard(cast.phuc.account))
        assert desk.heard(cast.thu.account) == []
        desk.press_data(cast.phuc, f"incident:record:{the_incident(desk).id}")
        assert "thẩm quyền" in desk.messages(cast.phuc.account)[-1].text

    await play_soundly(database, now, scene)


async def test_the_room_learns_that_somebody_has_it(database: Database, now: datetime, cast: Cast) -> None:
    """ "sự việc khẩn, lãnh đạo đã nhận": the state, not the person; of symptoms the room hears nothing."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: anh Tú dương tính covid", room=cast.rooms["KT"])
        desk.press(cast.minh, "✅ Đã nhận")
        assert desk.heard(cast.rooms["KT"]) == ["🚨 Sự việc khẩn: lãnh đạo đã nhận và đang xử lý."]
        desk.say(cast.phuc, "em sốt 39 độ từ đêm qua", room=cast.rooms["TM"])
        desk.press(cast.thu, "✅ Đã nhận")
        assert desk.heard(cast.rooms["TM"]) == []

    await play_soundly(database, now, scene)


async def test_two_reports_of_one_fire_are_proposed_and_joined_by_a_human(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.phuc, "cháy ở KCN Bình An")
        desk.say(cast.lan, "cháy lớn, khói đen ở KCN Bình An")
        first, second = sorted(open_incidents(desk.tx), key=lambda one: one.id)
        assert "Hai tin có thể là một việc" in desk.last(cast.nga.account)
        desk.press(cast.nga, "Cùng một việc")
        joined = find_incident(desk.tx, second.id)
        assert joined is not None
        assert (joined.state, joined.joined_into_id) == (IncidentState.JOINED, first.id)
        assert "Đã gộp vào sự việc" in card(desk, cast.son.account)
        assert any("Cùng việc, 08:00" in text for text in desk.heard(cast.son.account))
        desk.press(cast.son, "Việc khác")
        assert "bà Nga đã quyết định trước" in desk.messages(cast.son.account)[-1].text
        assert [alert.state for alert in open_alerts(desk.tx)] == [AlertState.OPEN]
        desk.press(cast.son, "Tách ra")
        assert len(open_alerts(desk.tx)) == 2  # by itself it needs an alert of its own
        assert [one.id for one in open_incidents(desk.tx)] == [second.id, first.id]

    await play_soundly(database, now, scene)


async def test_fires_in_two_places_are_two(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.phuc, "cháy ở KCN Bình An")
        desk.say(cast.lan, "cháy ở Phòng KT")
        assert "Hai tin" not in "\n".join(desk.heard(cast.nga.account))

    await play_soundly(database, now, scene)


async def test_it_is_closed_only_when_everything_was_told(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: rò rỉ amoniac ở kho lạnh")
        assert owed(desk) == {"commune_technical_incident": DutyState.OWED}
        desk.press(cast.nga, "Khép sự việc")
        assert "Chưa khép được" in desk.last(cast.nga.account)
        desk.press(cast.nga, "☐ Ủy ban nhân dân xã, phường (nơi xảy ra sự cố)")
        desk.press(cast.nga, "Không phải báo")
        desk.say(cast.nga, "rò nhỏ, đã khóa van, không ai bị nạn")
        assert "Lý do: rò nhỏ" in desk.last(cast.nga.account)
        desk.press(cast.nga, "Khép sự việc")
        incident = the_incident(desk)
        assert incident.state == IncidentState.CLOSED
        closing = [message for message in desk.messages(cast.nga.account) if message.file]
        assert closing[-1].file is not None
        assert closing[-1].file.name == f"su-viec-{incident.id}.docx"
        acts = [entry.act for entry in journal_of(desk.tx, incident.about)]
        assert acts == ["raised", "duty_owed", "duty_waived", "closed"]

    await play_soundly(database, now, scene)


async def test_long_words_are_kept_to_their_end(database: Database, now: datetime, cast: Cast) -> None:
    """News, and the reason why somebody need not be told: whole in the record, short on the card."""

    def scene(desk: Desk) -> None:
        desk.say(cast.phuc, "Báo khẩn: tai nạn lao động ở xưởng 2, 1 người chết")
        desk.say(cast.phuc, "mọi người đang đưa xe ra khỏi xưởng bên cạnh " * 40 + "và cổng sau đã khóa")
        assert any("cổng sau đã khóa" in text for text in desk.heard(cast.nga.account))
        [first, *_] = duties_of(desk.tx, the_incident(desk).id)
        desk.press_data(cast.nga, f"duty:waive:{first.id}")
        desk.say(cast.nga, "cán bộ của Sở đang ở đó rồi nên " * 20 + "bảo vệ đã xem")
        [waived] = [one for one in duties_of(desk.tx, the_incident(desk).id) if one.state == DutyState.WAIVED]
        assert (waived.note or "").endswith("bảo vệ đã xem")
        assert "bảo vệ đã xem" not in card(desk, cast.nga.account)
        told = [entry.text for entry in journal_of(desk.tx, the_incident(desk).about)]
        assert any(text.endswith("cổng sau đã khóa") for text in told)

    await play_soundly(database, now, scene)


async def test_a_long_report_is_read_by_the_leaders_to_its_end(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(
            cast.phuc, "Báo khẩn: cháy ở KCN1. " + "Khói đen bốc rất cao phía kho. " * 40 + "Có 2 người kẹt ở cổng sau"
        )
        assert any("Tin khẩn" in text and "kẹt ở cổng sau" in text for text in desk.heard(cast.nga.account))
        assert "kẹt ở cổng sau" not in card(desk, cast.nga.account)

    await play_soundly(database, now, scene)


async def test_news_goes_on_to_those_who_follow(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.phuc, "cháy ở KCN Bình An")
        desk.say(cast.phuc, "lửa đang lan sang kho bên cạnh rồi ạ")
        assert any("anh Phúc báo thêm" in text for text in desk.heard(cast.nga.account))
        desk.say(cast.phuc, "đã gọi")
        assert "đã gọi 114" in card(desk, cast.nga.account)

    await play_soundly(database, now, scene)


@pytest.mark.parametrize(("said", "answered"), [("hết sốt rồi ạ", "Tôi hiểu là: "), ("em là F1 ạ", "tiếp xúc gần")])
async def test_how_the_reporter_is_never_goes_into_the_record_of_a_fire(
    database: Database, now: datetime, cast: Cast, said: str, answered: str
) -> None:
    """Nor do thanks bring the question again."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "cháy kho tầng 1")
        before = len(desk.heard(cast.lan.account))
        desk.say(cast.lan, "cảm ơn em")
        assert len(desk.heard(cast.lan.account)) == before
        desk.say(cast.lan, said)
        assert answered in " ".join(desk.heard(cast.lan.account)[before:])
        assert "báo thêm" not in " ".join(desk.heard(cast.nga.account) + desk.heard(cast.minh.account))

    await play_soundly(database, now, scene)


async def test_a_corrected_report_keeps_the_alert_that_was_over(database: Database, now: datetime, cast: Cast) -> None:
    """Alarmed, closed, alarmed anew, then corrected: the record still tells of both alerts."""

    def scene(desk: Desk) -> None:
        said = desk.say(cast.lan, "báo khẩn: cháy kho hàng ở KCN1")
        [first] = open_alerts(desk.tx)
        desk.say(cast.nga, "đã nhận")
        desk.say(cast.nga, "đóng")
        desk.say(cast.lan, "kho hàng lại cháy to rồi")
        [second] = open_alerts(desk.tx)
        desk.say(cast.lan, "báo khẩn: cháy kho hàng ở KCN1, 2 người bị thương", edit_of=said)
        assert "2 người" in the_incident(desk).subject
        assert [one.id for one in alerts_over(desk.tx, the_incident(desk).check_in_id)] == [first.id]
        assert [one.id for one in open_alerts(desk.tx)] == [second.id]

    await play_soundly(database, now, scene)


async def test_a_report_taken_back_closes_its_incident(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "Báo khẩn: rò rỉ amoniac ở kho lạnh")
        desk.press(cast.lan, "Rút lại")
        assert the_incident(desk).state == IncidentState.WITHDRAWN
        assert chase_duties(desk.tx, now + timedelta(days=2)) == 0

    await play_soundly(database, now, scene)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("ngập lụt ở KCN Bình An, nước dâng vào xưởng", "flood_storm"),
        ("5 công nhân ngộ độc thực phẩm sau bữa trưa", "food_poisoning"),
        ("có trộm vào kho đêm qua mất 3 máy tính", "other"),
        ("em là F1, tiếp xúc gần ca dương tính hôm qua", "disease_case"),
    ],
)
async def test_what_people_write_finds_its_kind(
    database: Database, now: datetime, cast: Cast, said: str, kind: str
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, f"Báo khẩn: {said}")
        if "Đúng không ạ" in desk.last(cast.lan.account):
            desk.press(cast.lan, "Đúng")
        assert the_incident(desk).kind == kind

    await play_soundly(database, now, scene)


@pytest.mark.parametrize(
    ("kept", "whom", "is_shown"),
    [
        ("Trạm Y tế phường Bình An", "Trạm Y tế xã, phường", True),
        ("Sở Nội vụ", "Sở Nội vụ", True),
        ("Sở Y tế", "Sở Nội vụ", False),
        ("Công an", "Công an xã, phường", True),
        ("CDC", "Trạm Y tế xã, phường", False),
    ],
)
async def test_a_contact_stands_beside_the_authority_it_is_of(
    database: Database, now: datetime, cast: Cast, kept: str, whom: str, *, is_shown: bool
) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, f"/lienhe {kept}: 0251 3888 115")
        assert ("0251 3888 115" in contact_line(desk.tx, whom)) == is_shown

    await play_soundly(database, now, scene)
