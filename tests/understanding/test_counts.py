"""Figures as clerks send them: tables, lists of units, totals left unnamed, and figures that count something else."""

from datetime import UTC, date, datetime

import pytest

from understanding import read
from understanding.counting.tables import table_rows
from understanding.reader import scene_of

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


@pytest.mark.parametrize(
    ("text", "unit", "values"),
    [
        ("CK Tà Lùng 03/9: QS 38/41, phép 2", "CK Tà Lùng", {"present": 38, "total": 41, "leave": 2}),
        ("TTYT sáng 5/9: test 31, F0 mới 2", "TTYT", {"tested": 31, "f0": 2}),
        ("Lớp Mầm 2 sáng nay 22/25 bạn", "Lớp Mầm 2", {"present": 22, "total": 25}),
        ("CA SÁNG BÃI 2 CÓ MẶT 47 VẮNG 3", "Ca sáng bãi 2", {"present": 47, "absent": 3}),
        ("kho 3 nayđi làm 22/25ng,nghỉ phép2", "kho 3", {"present": 22, "total": 25, "leave": 2}),
        ("đội cơ giới 2 em báo có mặt 31 vắng 2", "đội cơ giới 2", {"present": 31, "absent": 2}),
        ("bếp số 2 hôm nay vắng 1", "bếp số 2", {"absent": 1}),
    ],
)
def test_a_day_ends_the_name_of_a_unit_and_its_number_belongs_to_it(text, unit, values):
    assert counts(text) == [(unit, values)]


@pytest.mark.parametrize(
    "unit", ["tổ cơ khí", "phòng tổng hợp", "đội chữa cháy", "phòng tuyên truyền", "tổ vệ sinh", "ban dân vận"]
)
def test_what_a_unit_does_is_its_name(unit):
    assert counts(f"{unit} hôm nay có mặt 9, vắng 1") == [(unit, {"present": 9, "absent": 1})]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ca đêm: có mặt 6, vắng 1 (ốm)", {"present": 6, "absent": 1, "sick": 1}),
        ("tổ điện vắng 1 do ốm", {"absent": 1, "sick": 1}),
        ("phòng em vắng 2 (đều phép)", {"absent": 2, "leave": 2}),
        ("Khoa Nội vắng 2 (ốm, phép)", {"absent": 2}),
        ("tổ điện vắng 1 (con ốm)", {"absent": 1}),
    ],
)
def test_one_reason_for_all_who_are_away_needs_no_figure(text, values):
    assert counts(text)[0][1] == values


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Khách đến phòng KT hôm nay:\n1. Nộp hồ sơ: 6\n2. Đối chiếu: 3\nCộng: 9 lượt",
            [("phòng KT", {"visitors": 9})],
        ),
        ("Tiếp dân ngày 8/9\n- Đất đai: 4\n- Hộ tịch: 7\n- Khác: 2\nTổng: 13", [(None, {"visitors": 13})]),
        ("QS đội thi công\nThợ nề 12\nThợ điện 5\nTổng có mặt 17", [("đội thi công", {"present": 17})]),
        ("Ca 1: 30\nCa 2: 32\nTổng có mặt: 62", [("Ca 1", {"present": 30}), ("Ca 2", {"present": 32})]),
    ],
)
def test_parts_with_their_sum_below_are_one_figure_unless_they_are_units(text, found):
    assert counts(text) == found


def test_a_group_of_guests_is_not_one_guest():
    assert counts("Bữa nay có 3 đoàn khách, hết thảy 28 người")[0][1] == {"visitors": 28}


@pytest.mark.parametrize("text", ["tổ em 4 người nay đi hiện trường cả ngày", "mai em off, xin 1 day annual leave"])
def test_where_some_people_are_is_no_count(text):
    assert counts(text) == []


@pytest.mark.parametrize("text", ["sáng nay bếp 7 người vô đủ hết nha", "nay đội em 7 anh em đi làm đủ"])
def test_all_who_came_are_there(text):
    assert counts(text)[0][1] == {"present": 7}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("xưởng 2 em đếm dư 5, còn 282 thôi nha", {"present": 282}),
        ("ca 1 đếm sót 2, 48 mới đúng", {"present": 48}),
        ("báo thiếu 1 lượt chị ơi, 17 nha", {"visitors": 17}),
    ],
)
def test_by_how_much_it_was_wrong_is_not_the_new_figure(text, values):
    assert read(text, AT, "after:count").first("correction").get("values") == values


@pytest.mark.parametrize(
    ("text", "context", "changed"),
    [
        ("không Đà Lạt nữa mà qua Mũi Né nha", "after:travel", {"destinations": ["Bình Thuận"]}),
        ("không phải em đi ạ, chị Lan đi ạ", "after:travel", {"who": "other", "name": "Lan"}),
        ("Ủa lộn, tới thứ sáu tui mới đi lận", "after:travel", {"depart": date(2026, 9, 11), "return": None}),
        ("thêm 3 khách nữa, tổng 21", "after:count", {"values": {"visitors": 21}}),
        ("tính thiếu mấy người ở cửa sau, thêm 5 nữa là 68", "after:count", {"values": {"visitors": 68}}),
        ("dạ đo lại 37 độ 2 thôi", "after:symptom", {"temperature_c": 37.2}),
        ("có 2 người bị thương chứ không phải 1", "after:incident", {"people": 2}),
    ],
)
def test_a_correction_changes_what_takes_the_place_of_the_old(text, context, changed):
    report = read(text, AT, context).first("correction")

    assert {name: report.get(name) for name in changed} == changed


def test_figures_taken_back_without_new_ones_are_withdrawn():
    report = read("Bỏ báo cáo quân số ban nãy, lẫn đội.", AT).first("correction")

    assert (report.get("target"), report.get("action")) == ("count", "cancel")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("phòng em 7 người thì 5 người đi làm, 1 nghỉ ốm", {"total": 7, "present": 5, "sick": 1}),
        ("đội em 22 đứa nghỉ 3 đứa", {"total": 22, "absent": 3}),
        ("văn phòng hôm nay 3 người wfh, còn 8 người ngồi cơ quan", {"wfh": 3, "present": 8}),
        ("Đội QLVH 1: quân số 17, đi lưới 15, phép 2", {"total": 17, "field": 15, "leave": 2}),
        (
            "Phòng Lab hôm nay 5/8, 2 bạn đi lấy mẫu, 1 bạn nghỉ cưới",
            {"present": 5, "total": 8, "field": 2, "leave": 1},
        ),
        ("Trực đêm 4/9: 0 F0, 3 F1.", {"f0": 0, "f1": 3}),
    ],
)
def test_heads_told_in_running_text_are_all_counted(text, values):
    assert counts(text)[0][1] == values


def test_the_day_of_the_figures_is_told_and_workers_are_no_sunday():
    assert read("chị ơi số lượt hôm qua là 19 ạ", AT).first("count").get("date") == date(2026, 9, 7)
    assert read("Xưởng 2: CN đi làm 1.204/1.230", AT).first("count").get("date") == date(2026, 9, 8)


@pytest.mark.parametrize(
    "text", ["Trường Lê Lợi: học sinh 512/520, giáo viên 38/38", "ca sáng có 18 người, thiếu 2 đứa"]
)
def test_what_a_figure_counts_is_asked_where_it_could_be_either(text):
    assert not read(text, AT).first("count").is_certain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lượt khách đến 16h:\nMột cửa Sở XD 14\nMột cửa Sở LĐ 8", [("Một cửa Sở XD", 14), ("Một cửa Sở LĐ", 8)]),
        ("Vắng hôm nay:\nTổ 1: 2\nTổ 2: 0", [("Tổ 1", 2), ("Tổ 2", 0)]),
    ],
)
def test_a_heading_names_the_figures_below_it(text, found):
    assert [(unit, next(iter(values.values()))) for unit, values in counts(text)] == found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Lễ tân hôm nay vắng 2 bạn, còn 5", {"absent": 2, "present": 5}),
        ("công trường có 42 anh em đi làm nghỉ 3", {"present": 42, "absent": 3}),
        ("xã có 02 công dân từ vùng dịch về, 02 đang cách ly", {"from_epidemic_area": 2, "quarantined": 2}),
    ],
)
def test_those_who_are_left_and_those_who_came_back_are_told_apart(text, values):
    assert counts(text)[0][1] == values


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("Điện lực Chí Linh: 84/88, vắng 4", "Điện lực Chí Linh"),
        ("Kinh Môn: 97 người, vắng 2", "Kinh Môn"),
        ("Nam Sách: 76 người, không vắng ai", "Nam Sách"),
        ("Quận 3: 40/41", "Quận 3"),
        ("Sĩ số: 40/41", None),
        ("Báo cáo nhanh: có mặt 40, vắng 1", None),
    ],
)
def test_a_heading_is_known_by_its_marks(text, unit):
    assert [name for name, _ in counts(text)] == [unit]


@pytest.mark.parametrize(
    ("text", "context", "unit"),
    [
        ("Gia Lộc sửa lại vắng 3", "after:count", "Gia Lộc"),
        ("E sửa lại Yên Phong ốm 37, phép 82 nhé", None, "Yên Phong"),
        ("Gia Lộc chị sửa giúp em thành vắng 3 nhé", None, None),
    ],
)
def test_a_branch_that_mends_its_figures_goes_nowhere(text, context, unit):
    (report,) = read(text, AT, context).reports

    assert (report.kind, report.get("target"), report.get("unit")) == ("correction", "count", unit)


@pytest.mark.parametrize(
    ("text", "unit", "visitors"),
    [
        ("KCN Thuận Hòa 22 lượt, quân số đủ 310", "KCN Thuận Hòa", 22),
        ("Phòng QLTM 8 lượt, quân số đủ 12", "Phòng QLTM", 8),
        ("Quầy 3 lượt khách: 22", "Quầy 3", 22),
    ],
)
def test_how_many_times_belongs_to_the_figure_and_not_to_the_unit(text, unit, visitors):
    ((name, values),) = counts(text)

    assert (name, values["visitors"]) == (unit, visitors)


def test_the_name_of_a_unit_is_no_news():
    assert counts("Phòng Thời sự mười chín người, hôm nay vắng hai") == [("Phòng Thời sự", {"total": 19, "absent": 2})]


def test_the_number_of_a_post_is_not_its_strength():
    found = [("Trạm 1", {"present": 17, "total": 19, "leave": 1, "field": 1})]

    assert counts("Trạm 1 quân số 17/19, 1 phép, 1 đi công tác") == found
