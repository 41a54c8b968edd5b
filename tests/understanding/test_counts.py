"""Figures as clerks send them: tables, lists of units, totals left unnamed, and figures that count something else."""

from datetime import UTC, date, datetime

import pytest

from understanding import read
from understanding.reader import scene_of
from understanding.tables import table_rows

AT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


def counts(text, context=None):
    return [(report.get("unit"), report.get("values")) for report in read(text, AT, context).of("count")]


@pytest.mark.parametrize(
    "text",
    [
        "STT | Đơn vị | Tổng | Có mặt\n1 | Kho | 20 | 18\n2 | Bếp | 9 | 9",
        "Đơn vị\tTổng\tCó mặt\nKho\t20\t18\nBếp\t9\t9",
        "Đơn vị  Tổng  Có mặt\nKho  20  18\nBếp  9  9",
        "| Đơn vị | Tổng | Có mặt |\n| Kho | 20 | 18 |\n| Bếp | 9 | 9 |\n| Cộng | 29 | 27 |",
    ],
)
def test_a_table_is_read_by_its_columns(text):
    rows = table_rows(scene_of(text, AT, None, None))

    assert [(row.unit, row.values) for row in rows] == [
        ("Kho", {"total": 20, "present": 18}),
        ("Bếp", {"total": 9, "present": 9}),
    ]


def test_lines_that_do_not_fit_the_head_are_no_table():
    assert table_rows(scene_of("Tổng | Có mặt\nkhách 5\nhọp lúc 8 giờ", AT, None, None)) == []


def test_a_list_of_parts_names_each_unit():
    assert counts("art 5/6, dev 11/12, qa 4/4") == [
        ("art", {"present": 5, "total": 6}),
        ("dev", {"present": 11, "total": 12}),
        ("qa", {"present": 4, "total": 4}),
    ]


def test_several_days_of_a_month_are_no_list_of_units():
    assert counts("họp A 5/9, họp B 7/9, họp C 8/9") == []


@pytest.mark.parametrize(
    "text",
    [
        "Đã tiêm được 58/70 người",
        "test xong 25/30 case",
        "còn 31 khách hàng chưa xuất hóa đơn",
        "9 tháng đầu năm đón 12.000 lượt khách",
        "sốt >=38 hoặc tiếp xúc F0 thì báo",
        "đã phát 45/50 giấy mời",
    ],
)
def test_figures_of_other_things_are_left_alone(text):
    assert counts(text) == []


def test_one_figure_more_than_names_is_the_total():
    assert counts("doi xe 9 di lam 7 nghi 2") == [("doi xe", {"total": 9, "present": 7, "absent": 2})]


def test_so_many_of_so_many_are_here():
    assert counts("tụi em có 4 đứa mà nay có 3 đứa lên")[0][1] == {"total": 4, "present": 3}


def test_father_and_mother_are_not_three():
    assert counts("Lớp 4B vắng 6 em, 2 em ba mẹ xin phép") == [("Lớp 4B", {"absent": 6, "leave": 2})]


def test_a_class_may_be_named_by_a_fraction():
    assert counts("Lớp 9/3 hôm nay 41/43") == [("Lớp 9/3", {"present": 41, "total": 43})]


def test_halves_of_a_day_answer_together_and_are_asked_about():
    reading = read("sáng 11 chiều 14", AT, "reply_to:daily_count:visitors")

    assert reading.first("count").get("values") == {"visitors": 25}
    assert reading.first("count").get("date") == date(2026, 9, 8)
    assert not reading.first("count").is_certain


@pytest.mark.parametrize("text", ["phòng em vắng 2, 3 ốm 1 phép", "tổ 3 có mặt 12/14, vắng 5"])
def test_figures_that_do_not_add_up_are_asked_about(text):
    assert not any(report.is_certain for report in read(text, AT).of("count"))
