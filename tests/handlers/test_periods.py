"""A month, a quarter, a year: how people name it, what the office reads of it, and the files it takes away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import Connection, select

from handlers import rounds
from handlers.answers.questions import question_in
from handlers.check_ins import headcount, visitor_count
from handlers.days.named_periods import find_period
from handlers.local_time import VIETNAM
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.summaries import period_text
from storage.database import Database
from storage.records.files import files
from storage.records.schedules import exceptional_days
from tests.cast import Cast
from tests.handlers.speaking import Desk

TODAY = date(2026, 11, 25)
SOURCE = Source("telegram", "1", None, "12")


@pytest.mark.parametrize(
    ("said", "title", "first", "last", "before"),
    [
        ("tháng", "Tháng 11/2026", (2026, 11, 1), (2026, 11, 30), (2026, 10, 1)),
        ("tháng 12", "Tháng 12/2025", (2025, 12, 1), (2025, 12, 31), (2025, 11, 1)),
        ("tháng trước", "Tháng 10/2026", (2026, 10, 1), (2026, 10, 31), (2026, 9, 1)),
        ("quý IV", "Quý 4/2026", (2026, 10, 1), (2026, 12, 31), (2026, 7, 1)),
        ("quý 1/2026", "Quý 1/2026", (2026, 1, 1), (2026, 3, 31), (2025, 10, 1)),
        ("6 tháng đầu năm", "6 tháng đầu năm 2026", (2026, 1, 1), (2026, 6, 30), (2025, 1, 1)),
        ("9 tháng 2025", "9 tháng đầu năm 2025", (2025, 1, 1), (2025, 9, 30), (2024, 1, 1)),
        ("năm trước", "Năm 2025", (2025, 1, 1), (2025, 12, 31), (2024, 1, 1)),
        ("năm ngoái", "Năm 2025", (2025, 1, 1), (2025, 12, 31), (2024, 1, 1)),
    ],
)
def test_how_people_name_it(
    said: str, title: str, first: tuple[int, int, int], last: tuple[int, int, int], before: tuple[int, int, int]
) -> None:
    period = find_period(said, TODAY)
    assert period is not None
    told = (period.title, period.first, period.last, period.before.first)
    assert told == (title, date(*first), date(*last), date(*before))


@pytest.mark.parametrize(
    ("said", "before"),
    [
        ("tháng 1/2026", "tháng 12/2025"),
        ("quý 1", "quý 4/2025"),
        ("năm", "năm 2025"),
        ("6 tháng cuối năm", "6 tháng cuối năm 2025"),
        ("9 tháng", "9 tháng đầu năm 2025"),
    ],
)
def test_what_it_is_compared_with_has_a_name(said: str, before: str) -> None:
    period = find_period(said, TODAY)
    assert period is not None
    assert period.before.title_inside == before


@pytest.mark.parametrize("said", ["tháng 13", "20/11", "tuần", "quý 5", "hôm qua", ""])
def test_what_is_no_period(said: str) -> None:
    assert find_period(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "rest"),
    [
        ("cho chị báo cáo tháng này", "tháng"),
        ("lập báo cáo quý IV", "quý 4"),
        ("số liệu 6 tháng đầu năm", "6 tháng đầu năm"),
    ],
)
def test_it_is_asked_for_in_words(said: str, rest: str) -> None:
    question = question_in(said, datetime(2026, 11, 25, 9, tzinfo=VIETNAM))
    assert question is not None
    assert (question.command, question.rest) == ("tonghop", rest)


async def test_a_headcount_is_a_mean_of_those_who_answered(database: Database, cast: Cast, now: datetime) -> None:
    """Phòng KT twelve and ten, Phòng TM five once: sixteen people, not the half of it."""

    def scene(tx: Connection, now: datetime) -> None:
        for day, totals in ((0, {"KT": 12, "TM": 5}), (1, {"KT": 10})):
            at = now + timedelta(days=day)
            rounds.open_round(tx, headcount.KIND, at.astimezone(VIETNAM).date(), at)
            for unit, total in totals.items():
                record(
                    tx,
                    kind=headcount.KIND,
                    answers={"total": total, "present": total},
                    unit_id=cast.units[unit],
                    person_id=None,
                    reported_by=cast.minh.person_id,
                    source=SOURCE,
                    now=at,
                )
        period = find_period("tháng 11", TODAY)
        assert period is not None
        assert "cộng lại: tổng số 16, có mặt 16" in period_text(tx, period, now + timedelta(days=1))

    await database.run(scene, now)


async def test_the_office_takes_the_month_away(database: Database, cast: Cast, now: datetime) -> None:
    """Two days of visitors: Phòng KT in time and late, Phòng TM silent on the second; as words, a sheet and a document."""

    def scene(tx: Connection, now: datetime) -> None:
        assert exceptional_days(tx) is not None
        for day, answers in ((0, {"KT": 12, "TM": 5}), (1, {"KT": 8})):
            at = now + timedelta(days=day)
            rounds.open_round(tx, visitor_count.KIND, at.astimezone(VIETNAM).date(), at)
            for unit, count in answers.items():
                record(
                    tx,
                    kind=visitor_count.KIND,
                    answers={"visitors": count},
                    unit_id=cast.units[unit],
                    person_id=None,
                    reported_by=cast.minh.person_id,
                    source=SOURCE,
                    now=at,
                )
        desk = Desk(tx, now + timedelta(days=1))
        desk.say(cast.lan, "/tonghop tháng 11")
        assert "thẩm quyền khác" in desk.last(cast.lan.account)
        desk.say(cast.hoa, "báo cáo tháng 11")
        text, sheet, document = desk.messages(cast.hoa.account)[-3:]
        assert "Tháng 11/2026 (đến 24/11/2026)" in text.text
        assert "2 đợt; đã báo 3/8 lượt (37,5%)" in text.text
        assert "Lượt khách: 25" in text.text
        book, word = load_workbook(_content(tx, sheet)), Document(_content(tx, document))
        rows = list(book.worksheets[0].iter_rows(values_only=True))
        [kt] = [row for row in rows if row[1] == "Phòng Kinh tế"]
        assert kt[2:] == (2, 2, 0, 0, "100%", 20)
        told = [row[1] for row in rows][-5:]
        zone = "   Khu công nghiệp Bình An"
        assert told == ["Phòng Kinh tế", "Phòng Thương mại", zone, "Văn phòng Sở", "Tổng cộng"]
        assert word.paragraphs[0].text == "Báo cáo tháng 11/2026 (đến 24/11/2026)"
        desk.say(cast.hoa, "/tonghop tháng 12/2026")
        assert "chưa tới" in desk.last(cast.hoa.account)

    await database.run(scene, now)


def _content(tx: Connection, message) -> BytesIO:
    assert message.file is not None
    found = tx.execute(select(files.c.content).where(files.c.id == message.file.file_id)).scalar_one()
    return BytesIO(found)
