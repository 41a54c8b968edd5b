"""The office's summary: totals, the missing, the late, the changes, the odd values; every figure can be opened."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import Connection

from handlers import rounds, summaries
from handlers.commands import calendar, origin, summary
from handlers.kinds import built_in_kinds
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.rounds import reminding
from storage.database import Database
from storage.records.files import find_file
from storage.records.schedules import exceptional_days
from tests.cast import PLATFORM, Cast
from tests.handlers.office_day import (
    DUE,
    FRIDAY,
    HEADCOUNT,
    OPENS,
    TODAY,
    VISITORS,
    press,
    put,
    report,
    said_in,
    visit_of,
)


def a_day(tx: Connection, cast: Cast, now: datetime) -> None:
    """Friday: KT 8, TM 5. Today: VP 3, KT 12, the zone 20; TM owes."""
    for unit, visitors in (("KT", 8), ("TM", 5)):
        report(tx, cast, unit, visitors, now - timedelta(days=3), day=FRIDAY)
    rounds.open_round(tx, VISITORS, TODAY, now)
    for unit, visitors in (("VP", 3), ("KT", 12), ("KCN1", 20)):
        report(tx, cast, unit, visitors, now)
    reminding.send_chasers(tx, TODAY, DUE)
    summaries.send_summary(tx, TODAY, DUE)


def headcount(tx: Connection, cast: Cast, now: datetime, **answers: int) -> None:
    source = Source(PLATFORM, cast.rooms["KT"], "5", "quân số")
    unit_id, person_id = cast.units["KT"], cast.lan.person_id
    record(
        tx, kind=HEADCOUNT, answers=dict(answers), unit_id=unit_id, person_id=None, reported_by=person_id,
        source=source, now=now,
    )  # fmt: skip


async def test_the_office_reads_how_the_day_stands(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        a_day(tx, cast, now)
        [text] = [message.text for message in put(tx, key="summary/%")]
        assert "Tổng hợp ngày 23/11/2026" in text
        assert "3/4 đơn vị" in text
        assert "Tổng cộng: \ue00035\ue001 (+4); so với 20/11" in text
        assert "• Phòng KT: 12 lượt khách (+4)" in text
        assert "• KCN Bình An: 20 lượt khách" in text  # its unit is not among those told: no arrow below another's
        assert "Chưa báo cáo: Phòng TM" in text

    await database.run(work, OPENS)


async def test_the_summary_is_said_once_and_only_for_what_is_due(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        assert not summaries.send_summary(tx, TODAY, now)
        assert summaries.send_summary(tx, TODAY, DUE)
        assert not summaries.send_summary(tx, TODAY, DUE)
        assert not summaries.send_summary(tx, TODAY + timedelta(days=5), DUE)

    await database.run(work, OPENS)


async def test_what_a_zone_added_is_said_beside_its_unit_and_nothing_where_it_has_not(
    database: Database, cast: Cast
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        report(tx, cast, "TM", 5, now)
        assert "• Phòng TM: 5 lượt khách\n" in summaries.as_text(summaries.daily_summary(tx, TODAY, DUE))
        report(tx, cast, "KCN1", 12, now)
        assert "• Phòng TM: 5 lượt khách (cùng các khu: 17)" in summaries.as_text(
            summaries.daily_summary(tx, TODAY, DUE)
        )

    await database.run(work, OPENS)


async def test_values_that_contradict_themselves_or_jump_are_named(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for days in (3, 4, 5, 6):
            day = TODAY - timedelta(days=days)
            report(tx, cast, "KT", 5 + days % 2, now - timedelta(days=days), day=day)
        rounds.open_round(tx, VISITORS, TODAY, now)
        rounds.open_round(tx, HEADCOUNT, TODAY, now)
        report(tx, cast, "KT", 60, now)
        headcount(tx, cast, now, total=12, present=10, absent=1)
        text = summaries.as_text(summaries.daily_summary(tx, TODAY, DUE))
        assert "Nên xem lại Phòng KT: lượt khách 60, thường lệ khoảng 6" in text
        assert "Nên xem lại Phòng KT: có mặt 10 + vắng 1 khác tổng số 12" in text

    await database.run(work, OPENS)


async def test_health_is_told_in_numbers_without_names(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        rounds.open_round(tx, VISITORS, TODAY, now)
        record(
            tx,
            kind=built_in_kinds()["symptom_report"],
            answers={"symptoms": ["fever"]},
            unit_id=cast.units["KT"],
            person_id=cast.tu.person_id,
            reported_by=cast.tu.person_id,
            source=Source(PLATFORM, cast.tu.account, "9", "em sốt"),
            now=now,
        )
        text = summaries.as_text(summaries.daily_summary(tx, TODAY, DUE))
        assert "Báo triệu chứng: 1 tin" in text
        assert "Tú" not in text
        assert "sốt" not in text

    await database.run(work, OPENS)


async def test_the_sheet_shows_every_unit_and_takes_no_name_for_a_formula(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        a_day(tx, cast, now)
        assert press(tx, cast.hoa, f"sheet:{TODAY}", DUE, chat_id=cast.rooms["office"]) == "Đang gửi bảng…"
        file = put(tx)[-1].file
        assert file is not None
        assert file.name == "tong-hop-2026-11-23.xlsx"
        kept = find_file(tx, file.file_id or 0)
        assert kept is not None
        assert kept.content is not None
        sheet = load_workbook(BytesIO(kept.content))["Số lượt khách"]
        rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
        assert rows["Phòng Kinh tế"][2:5] == ("Đúng hạn", 12, 4)
        assert rows["Phòng Thương mại"][2:4] == ("Chưa báo cáo", None)
        assert rows["Tổng cộng"][3] == 35

    await database.run(work, OPENS)


async def test_the_sheet_is_for_the_office_and_leaders(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        a_day(tx, cast, now)
        assert "dành cho lãnh đạo" in press(tx, cast.lan, f"sheet:{TODAY}", DUE)

    await database.run(work, OPENS)


async def test_tonghop_asked_in_a_units_room_is_answered_in_private(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        a_day(tx, cast, now)
        before = len(said_in(tx, cast.rooms["KT"]))
        visit = visit_of(tx, cast.nga, DUE, text="/tonghop hôm nay", chat_id=cast.rooms["KT"])
        summary.COMMAND.run(visit, "hôm nay")
        assert len(said_in(tx, cast.rooms["KT"])) == before
        assert any("Tổng hợp ngày" in text for text in said_in(tx, cast.nga.account))

    await database.run(work, OPENS)


async def test_a_figure_can_be_opened_down_to_the_words_and_the_correction(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        report(tx, cast, "KT", 12, now)
        report(tx, cast, "KT", 15, now + timedelta(minutes=3), by=cast.minh)
        origin.COMMAND.run(visit_of(tx, cast.hoa, DUE, text="/xem KT"), "KT")
        [text] = said_in(tx, cast.hoa.account)
        assert "12 lượt khách (đã được sửa)" in text
        assert "16:00, chị Lan: “12 lượt”" in text
        assert "16:03, anh Minh: “15 lượt”" in text

    await database.run(work, OPENS)


async def test_another_units_figure_is_not_opened_to_staff(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        report(tx, cast, "KT", 12, now)
        origin.COMMAND.run(visit_of(tx, cast.phuc, DUE, text="/xem KT"), "KT")
        assert "thẩm quyền" in said_in(tx, cast.phuc.account)[0]
        origin.COMMAND.run(visit_of(tx, cast.phuc, DUE, text="/xem KCN Bình An 20/11"), "KCN Bình An 20/11")
        assert "Chưa có số liệu" in said_in(tx, cast.phuc.account)[1]

    await database.run(work, OPENS)


async def test_the_office_edits_the_calendar(database: Database, cast: Cast) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for n, words in enumerate(("nghỉ 31/12 tổng kết năm", "làm bù 10/1", "bỏ 31/12", "", "abc")):
            calendar.COMMAND.run(visit_of(tx, cast.hoa, now + timedelta(minutes=n), text=words), words)
        texts = said_in(tx, cast.hoa.account)
        assert texts[0] == "Đã ghi: thứ Năm 31/12/2026 nghỉ, không đơn vị nào phải báo cáo."
        assert "Chủ nhật 10/01/2027 làm việc" in texts[1]
        assert "trở lại như lịch thường" in texts[2]
        assert "Chủ nhật 10/01/2027: làm việc" in texts[3]
        assert "Tôi chưa hiểu" in texts[4]
        assert dict(exceptional_days(tx)) == {date(2027, 1, 10): "working"}

    await database.run(work, OPENS)
