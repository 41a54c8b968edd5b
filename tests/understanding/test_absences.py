"""Absences line by line, and those that end on the day before somebody is back."""

from datetime import UTC, date, datetime

import pytest

from understanding import read

AT = datetime(2026, 6, 10, 2, 0, tzinfo=UTC)
"""A Wednesday."""


def absences(text, context=None):
    slots = ("status", "date", "until", "name")
    reports = [report for report in read(text, AT, context).reports if report.kind == "presence"]
    return [tuple(report.get(slot) for slot in slots) for report in reports]


def june(day):
    return date(2026, 6, day)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Danh sách cô nghỉ mai:\n1. Cô Mơ - đưa con đi viện\n2. Cô Duyên - việc nhà",
            [("leave", june(11), None, "Mơ"), ("leave", june(11), None, "Duyên")],
        ),
        (
            "Nghỉ hôm nay:\n- Lan: ốm\n- Hùng: phép",
            [("sick", june(10), None, "Lan"), ("leave", june(10), None, "Hùng")],
        ),
        (
            "Vắng sáng nay: chị Hà (con ốm), anh Tú (công tác)",
            [("leave", june(10), None, "Hà"), ("field", june(10), None, "Tú")],
        ),
    ],
)
def test_a_list_of_those_away_is_one_report_each(text, told):
    assert absences(text) == told


@pytest.mark.parametrize("text", ["Nghỉ lễ: các phòng trực theo lịch, anh Sơn trực thứ 7", "Lưu ý: nghỉ trưa từ 11h30"])
def test_a_heading_alone_makes_no_list(text):
    assert absences(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anh Tuấn nghỉ ốm, thứ 6 mới vào lại", ("sick", june(10), june(11), "Tuấn")),
        ("Em xin nghỉ phép, thứ Hai em đi làm lại ạ", ("leave", june(10), june(14), None)),
        ("Em nghỉ từ mai, thứ 2 vào làm ạ", ("leave", june(11), june(14), None)),
        ("mai dua nhoc lon len Can Tho, em xin nghi 2 ngay, toi thu sau ve toi", ("leave", june(11), june(12), None)),
    ],
)
def test_who_is_back_on_a_day_is_away_until_the_day_before(text, told):
    assert absences(text) == [told]


def test_leave_to_speak_is_no_leave():
    assert absences("em xin phép báo là em đã ngồi vào bàn từ 7 giờ 20", "reply_to:checkin") == [
        ("office", june(10), None, None)
    ]
    assert absences("sáng nay em không vào được hệ thống") == []


def test_tuesday_is_nobody_s_father():
    """ "thứ Ba em …", as everybody says it; each day has its own whereabouts, and a day one: that away from the office."""
    told = "thứ Ba em nghỉ phép, thứ Tư tuần sau em làm ở nhà, thứ Năm em đi cơ sở"
    assert absences(told) == [
        ("leave", june(16), None, None),
        ("home", june(17), None, None),
        ("field", june(18), None, None),
    ]
    assert all(report.get("who") == "self" for report in read(told, AT, None).reports)
    assert read("thứ Ba em đi Đà Nẵng, thứ Năm về", AT, None).first("travel").get("who") == "self"
    assert absences("sáng em ở cơ quan, chiều em làm ở nhà") == [("home", june(10), None, None)]


@pytest.mark.parametrize(
    ("text", "how_many"),
    [
        ("tuần sau em nghỉ 2 ngày", 2),
        ("tuan sau e xin nghi phep 3 bua", 3),
        ("tháng sau em nghỉ phép 10 ngày", 10),
        ("sang tuần em làm ở nhà 2 hôm", 2),
    ],
)
def test_some_days_of_a_week_to_come_are_not_the_whole_week(text, how_many):
    told = read(text, AT).first("presence")
    assert (told.get("date"), told.get("until"), told.get("days")) == (None, None, how_many)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("tuần sau em nghỉ phép", 15, 21),
        ("tuần sau em nghỉ phép 5 ngày", 15, 21),
        ("tuần sau em nghỉ 2 ngày thứ 3, thứ 4", 16, 17),
        ("từ thứ 2 tuần sau em nghỉ 2 ngày", 15, 16),
        ("thứ 3-5 tuần sau em nghỉ phép", 16, 18),
    ],
)
def test_days_that_are_named_are_known(text, first, last):
    assert absences(text) == [("leave", june(first), june(last), None)]


@pytest.mark.parametrize(
    "text",
    [
        "cho toi nghi phep 24 25 nay, cuoi con gai",
        "em xin nghỉ 24, 25 ạ",
        "em xin nghỉ ngày 24 25 này",
        "em xin nghỉ 24 và 25 này ạ",
    ],
)
def test_days_named_one_behind_the_other_are_all_meant(text):
    assert absences(text) == [("leave", june(24), june(25), None)]


def test_figures_of_a_count_are_no_days():
    assert absences("phòng em nghỉ 2, 3 người đi công tác") == []
