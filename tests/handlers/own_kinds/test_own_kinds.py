"""Kinds that the office defines itself: asked, answered, summed up, chased and stopped like any other."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from handlers.kinds import all_kinds, kind_named, open_kinds
from handlers.local_time import at
from handlers.rounds.reminding import send_chasers, send_reminders
from handlers.summaries import as_report, as_text, daily_summary, send_summary
from scheduler.calendar_rows import add_rows, every_job, lacks_rows, seed_schedules
from scheduler.timetable import Tick
from storage.database import Database
from storage.messages import IncomingFile
from storage.outbox import parcels
from storage.records.audit import audit_entries
from storage.records.check_ins import check_ins
from storage.records.kinds import kinds
from storage.records.rounds import expectations_of, round_of
from storage.records.schedules import active_schedules
from storage.roll_ups import roll_up
from tests.cast import Cast
from tests.handlers.playing import play
from tests.handlers.speaking import Desk

TODAY = date(2026, 11, 23)
FIRE = """/loaibao Kiểm tra phòng cháy
hỏi: đơn vị, hằng ngày 8:30-9:30
báo: Văn phòng
- Số bình chữa cháy (số)
- Tình trạng (chọn: tốt, cần thay)
- Ảnh (ảnh, không bắt buộc)"""
LITRES = "/loaibao Nước uống\nhỏi: đơn vị, hằng ngày 8:30-9:30\n- Số thùng nước (số)"
PHOTO = IncomingFile(reference="AgAC-1", name="binh.jpg", media_type="image/jpeg", size=1000, kind="photo")


def define(desk: Desk, cast: Cast, text: str = FIRE) -> None:
    desk.say(cast.hoa, text)
    desk.press(cast.hoa, "Lưu")


def open_rounds(desk: Desk, clock: str = "08:30", day: date = TODAY) -> None:
    """What the clock does at that time."""
    seed_schedules(desk.tx, desk.now)
    desk.now = at(day, clock)
    for schedule in active_schedules(desk.tx):
        if (schedule.job, schedule.at) == ("open_rounds", clock):
            every_job()["open_rounds"].run(desk.tx, Tick(schedule, desk.now, is_missed=False), desk.now)


def kept(desk: Desk, kind: str) -> list[dict[str, object]]:
    rows = desk.tx.execute(select(check_ins).where(check_ins.c.kind == kind).order_by(check_ins.c.id))
    return [row.answers for row in rows if row.state == "current"]


def request_in(desk: Desk, cast: Cast, kind: str, unit: str) -> str:
    """The id of the request's message, as the platform would have given it."""
    asked = round_of(desk.tx, kind, TODAY)
    assert asked is not None
    about = f"round/{asked.id}/unit/{cast.units[unit]}"
    message_id = f"r{asked.id}-{cast.units[unit]}"
    where = (parcels.c.about == about, parcels.c.chat_id == cast.rooms[unit])
    desk.tx.execute(parcels.update().where(*where).values(external_id=message_id))
    return message_id


async def test_a_definition_is_shown_before_it_is_saved(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, FIRE)
        shown = desk.last(cast.hoa.account)
        assert "Số bình chữa cháy: bao nhiêu ạ?" in shown
        assert "23/11/2026" in shown
        assert "kiem_tra_phong_chay" not in all_kinds(desk.tx)
        desk.press(cast.hoa, "Lưu")
        assert kind_named(desk.tx, "kiem_tra_phong_chay").title == "Kiểm tra phòng cháy"
        assert [row.act for row in desk.tx.execute(select(audit_entries))][-1] == "kind_defined"

    await play(database, now, scene)


async def test_only_the_office_defines(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, FIRE)
        assert "thẩm quyền" in desk.last(cast.lan.account)
        define(desk, cast)
        desk.press_data(cast.lan, "kind:stop:kiem_tra_phong_chay")
        assert not kind_named(desk.tx, "kiem_tra_phong_chay").is_stopped

    await play(database, now, scene)


async def test_mistakes_are_told_in_sentences(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/loaibao Tập huấn\nhỏi: đơn vị, hằng ngày 9:00-8:00\n- Số người (sô lượng)\nvà nơi họp")
        said = desk.last(cast.hoa.account)
        assert "Hạn phải sau giờ hỏi" in said
        assert "chưa hiểu dòng “và nơi họp”" in said
        assert "Câu “Số người”" not in said  # "sô lượng" is a slip that reads as it was meant
        desk.say(cast.hoa, "/loaibao Quân số\nhỏi: đơn vị\n- Số người (số)")
        assert "đã là tên của một loại khác" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "/loaibao Khách nước ngoài\nhỏi: đơn vị\ngọi: báo khách\n- Số người (số)")
        assert "đang mở loại “Số lượt khách”" in desk.last(cast.hoa.account)

    await play(database, now, scene)


async def test_a_kind_is_defined_question_by_question(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/loaibao")
        desk.press(cast.hoa, "Tạo loại mới")
        desk.say(cast.hoa, "Sự cố điện nước")
        desk.press(cast.hoa, "đơn vị, khi có việc")
        desk.say(cast.hoa, "Nơi xảy ra")
        assert "chưa ghi kiểu trả lời" in desk.last(cast.hoa.account)
        desk.say(cast.hoa, "Nơi xảy ra (nơi)")
        desk.say(cast.hoa, "Đã xử lý chưa (có/không)\nNgười xử lý (người, không bắt buộc)")
        desk.press(cast.hoa, "Xong")
        desk.say(cast.hoa, "lưu")
        assert len(kind_named(desk.tx, "su_co_dien_nuoc").questions) == 3
        desk.say(cast.lan, "sự cố điện nước")
        desk.say(cast.lan, "tầng 3 nhà B")
        desk.press(cast.lan, "Có")
        desk.press(cast.lan, "Bỏ qua")
        assert kept(desk, "su_co_dien_nuoc") == [
            {"noi_xay_ra": "tầng 3 nhà B", "da_xu_ly_chua": True, "nguoi_xu_ly": None}
        ]
        assert "nơi xảy ra: tầng 3 nhà B; đã xử lý chưa: có" in desk.last(cast.lan.account)

    await play(database, now, scene)


async def test_a_round_is_opened_answered_by_button_and_told(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        open_rounds(desk)
        assert "Kiểm tra phòng cháy · Phòng KT" in desk.heard(cast.rooms["KT"])[0]
        desk.press(cast.lan, "Trả lời", room=cast.rooms["KT"])
        desk.say(cast.lan, "chưa đếm xong", room=cast.rooms["KT"])
        assert "bao nhiêu" in desk.last(cast.rooms["KT"])
        desk.say(cast.lan, "12 bình", room=cast.rooms["KT"])
        desk.press(cast.lan, "cần thay", room=cast.rooms["KT"])
        desk.say(cast.lan, "ảnh đây ạ", room=cast.rooms["KT"])
        assert "gửi ảnh" in desk.last(cast.rooms["KT"])
        desk.say(cast.lan, "", room=cast.rooms["KT"], file=PHOTO)
        [answers] = kept(desk, "kiem_tra_phong_chay")
        assert answers["so_binh_chua_chay"] == 12
        assert answers["anh"] == {"platform": "telegram", "reference": "AgAC-1", "name": "binh.jpg", "kind": "photo"}
        assert "số bình chữa cháy: 12; tình trạng: cần thay; ảnh: đã gửi" in desk.last(cast.hoa.account)
        asked = round_of(desk.tx, "kiem_tra_phong_chay", TODAY)
        assert asked is not None
        assert [each.state for each in expectations_of(desk.tx, asked.id)].count("on_time") == 1
        desk.say(cast.nga, "/xem KT")
        desk.press(cast.nga, "binh.jpg 08:30")
        file = desk.messages(cast.nga.account)[-1].file
        assert file is not None
        assert (file.reference, file.kind) == ("AgAC-1", "photo")

    await play(database, now, scene)


async def test_a_reply_in_the_order_of_the_questions_is_enough(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        open_rounds(desk)
        request = request_in(desk, cast, "kiem_tra_phong_chay", "KT")
        desk.say(cast.lan, "vâng ạ", room=cast.rooms["KT"], reply_to=request)
        assert kept(desk, "kiem_tra_phong_chay") == []
        first = desk.say(cast.lan, "12\ntốt ạ", room=cast.rooms["KT"], reply_to=request)
        assert "ảnh" in desk.last(cast.rooms["KT"])
        desk.press(cast.lan, "Bỏ qua", room=cast.rooms["KT"])
        assert [each["tinh_trang"] for each in kept(desk, "kiem_tra_phong_chay")] == ["tốt"]
        desk.say(cast.lan, "13; cần thay", room=cast.rooms["KT"], edit_of=first)
        [answers] = kept(desk, "kiem_tra_phong_chay")
        assert (answers["so_binh_chua_chay"], answers["tinh_trang"]) == (13, "cần thay")

    await play(database, now, scene)


async def test_a_fire_told_in_reply_is_a_fire(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        open_rounds(desk)
        request = request_in(desk, cast, "kiem_tra_phong_chay", "KT")
        desk.say(cast.lan, "Báo khẩn: kho giấy đang cháy", room=cast.rooms["KT"], reply_to=request)
        assert kept(desk, "kiem_tra_phong_chay") == []
        assert any("Tin khẩn" in text for text in desk.heard(cast.nga.account))

    await play(database, now, scene)


async def test_a_bare_number_answers_the_one_number_owed(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast, LITRES)
        open_rounds(desk)
        desk.say(cast.lan, "4", room=cast.rooms["KT"])
        desk.say(cast.hoa, "hai thùng nước ạ", room=cast.rooms["VP"])
        assert kept(desk, "nuoc_uong") == [{"so_thung_nuoc": 4}, {"so_thung_nuoc": 2}]

    await play(database, now, scene)


async def test_a_number_that_two_kinds_wait_for_is_asked_about(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast, LITRES)
        open_rounds(desk)
        open_rounds(desk, "16:00")
        desk.say(cast.lan, "7", room=cast.rooms["KT"])
        assert kept(desk, "nuoc_uong") == kept(desk, "visitor_count") == []
        desk.press(cast.lan, "Nước uống", room=cast.rooms["KT"])
        assert kept(desk, "nuoc_uong") == [{"so_thung_nuoc": 7}]
        desk.say(cast.lan, "9", room=cast.rooms["KT"])
        assert kept(desk, "visitor_count") == [{"visitors": 9}]

    await play(database, now, scene)


async def test_figures_are_summed_up_and_rolled_up(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        open_rounds(desk)
        for who, unit, words in (
            (cast.lan, "KT", "12\ntốt"),
            (cast.thu, "TM", "5\ncần thay"),
            (cast.hoa, "VP", "3\ntốt"),
        ):
            request = request_in(desk, cast, "kiem_tra_phong_chay", unit)
            desk.say(who, words, room=cast.rooms[unit], reply_to=request)
            desk.press(who, "Bỏ qua", room=cast.rooms[unit])
        desk.now = at(TODAY, "09:20")
        assert send_reminders(desk.tx, TODAY, desk.now) == 1  # the zone of Phòng TM still owes
        desk.now = at(TODAY, "09:30") + timedelta(seconds=1)
        assert send_chasers(desk.tx, TODAY, desk.now) == 2  # its room and its head
        assert send_summary(desk.tx, TODAY, desk.now)
        summary = daily_summary(desk.tx, TODAY, desk.now)
        text = as_text(summary)
        assert (
            "số bình chữa cháy \ue00020\ue001, tình trạng: tốt \ue0002\ue001, tình trạng: cần thay \ue0001\ue001"
            in text
        )
        assert "Chưa báo cáo: KCN Bình An" in text
        table = as_report(summary).sections[0].table
        assert table is not None
        assert table.totals is not None
        assert table.totals[3:6] == (20, 2, 1)
        sums = roll_up(desk.tx, kind="kiem_tra_phong_chay", first=TODAY, last=TODAY)
        assert sums[cast.units["SO"]] == {"so_binh_chua_chay": 20, "tinh_trang.tot": 2, "tinh_trang.can_thay": 1}

    await play(database, now, scene)


async def test_a_stopped_kind_is_not_asked_chased_or_taken(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        open_rounds(desk)
        desk.say(cast.hoa, "/loaibao")
        desk.press(cast.hoa, "Dừng")
        asked = round_of(desk.tx, "kiem_tra_phong_chay", TODAY)
        assert asked is not None
        assert {each.state for each in expectations_of(desk.tx, asked.id)} == {"excused"}
        assert send_reminders(desk.tx, TODAY, at(TODAY, "09:20")) == 0
        assert "kiem_tra_phong_chay" not in {kind.name for kind in open_kinds(desk.tx)}
        desk.forget()
        open_rounds(desk, day=TODAY + timedelta(days=1))
        assert desk.heard(cast.rooms["KT"]) == []
        desk.say(cast.hoa, "/loaibao")
        desk.press(cast.hoa, "Mở lại")
        open_rounds(desk, day=TODAY + timedelta(days=2))
        assert "Kiểm tra phòng cháy" in desk.last(cast.rooms["KT"])

    await play(database, now, scene)


async def test_a_changed_kind_reads_what_was_kept_before(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(desk, cast)
        desk.say(cast.lan, "kiểm tra phòng cháy")
        for words in ("12", "tốt", "bỏ qua"):
            desk.say(cast.lan, words)
        define(desk, cast, "/loaibao Kiểm tra phòng cháy\nhỏi: đơn vị\n- Số bình chữa cháy (chữ)\n- Số vòi nước (số)")
        kind = kind_named(desk.tx, "kiem_tra_phong_chay")
        assert [question.name for question in kind.questions] == ["so_binh_chua_chay_2", "so_voi_nuoc"]
        [old] = kept(desk, kind.name)
        assert kind.say(old) == "số bình chữa cháy: 12; tình trạng: tốt"
        desk.say(cast.hoa, "/xem KT")
        assert "số bình chữa cháy: 12; tình trạng: tốt" in desk.last(cast.hoa.account)
        assert len(desk.tx.execute(select(kinds)).all()) == 2

    await play(database, now, scene)


async def test_people_are_asked_each_in_private(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        define(
            desk,
            cast,
            "/loaibao Tiêm phòng cúm\nhỏi: từng người, thứ Ba 8:30-9:30, kín\n- Ngày tiêm (ngày)\n- Nơi (nơi)",
        )
        open_rounds(desk)
        assert round_of(desk.tx, "tiem_phong_cum", TODAY) is None
        open_rounds(desk, day=TODAY + timedelta(days=1))
        asked = round_of(desk.tx, "tiem_phong_cum", TODAY + timedelta(days=1))
        assert asked is not None
        assert "Tiêm phòng cúm · chị Lan" in desk.last(cast.lan.account)
        assert "Tiêm phòng cúm" not in desk.last(cast.nga.account)
        desk.press(cast.lan, "Trả lời")
        desk.say(cast.lan, "20/11")
        desk.say(cast.lan, "Huế")
        assert kept(desk, "tiem_phong_cum") == [{"ngay_tiem": "2026-11-20", "noi": "Huế"}]
        assert "1/7 người" in desk.last(cast.rooms["office"])
        assert "Tổng cộng: \ue0001\ue001" in as_text(daily_summary(desk.tx, asked.day, desk.now))

    await play(database, now, scene)


async def test_the_clock_gets_rows_for_a_kind_defined_while_it_runs(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        seed_schedules(desk.tx, desk.now)
        define(desk, cast)
        assert lacks_rows(desk.tx, desk.now)
        add_rows(desk.tx, desk.now + timedelta(hours=2))
        assert not lacks_rows(desk.tx, desk.now)
        rows = active_schedules(desk.tx)
        assert {each.since for each in rows} == {now}  # though the clock looked later
        times = {(each.job, each.at) for each in rows}
        assert {("open_rounds", "08:30"), ("send_reminders", "09:20"), ("send_chasers", "09:30")} <= times

    await play(database, now, scene)


async def test_a_kind_defined_after_its_time_is_first_asked_tomorrow(
    database: Database, now: datetime, cast: Cast
) -> None:
    def scene(desk: Desk) -> None:
        desk.now = at(TODAY, "10:00")
        define(desk, cast)
        open_rounds(desk, "16:00")
        assert round_of(desk.tx, "kiem_tra_phong_chay", TODAY) is None
        assert round_of(desk.tx, "visitor_count", TODAY) is not None

    await play(database, now, scene)


async def test_a_definition_that_was_rolled_back_is_seen_by_nobody(
    database: Database, now: datetime, cast: Cast
) -> None:
    def fail(desk: Desk) -> None:
        define(desk, cast)
        assert "kiem_tra_phong_chay" in all_kinds(desk.tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await play(database, now, fail)
    await play(database, now, lambda desk: define(desk, cast, LITRES))
    names = await database.read(lambda tx, _now: set(all_kinds(tx)), now)
    assert "nuoc_uong" in names
    assert "kiem_tra_phong_chay" not in names
