"""A staff file is read whatever it was saved as, or every wrong row of it is named."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.setting_up import BadStaffFile, StaffFile, read_staff
from handlers.setting_up.template import EXAMPLES, make_template, template
from handlers.setting_up.vocabulary import read_phone
from storage.records.people import Role
from storage.records.units import UnitKind
from tests.handlers.setting_up.staff_rows import (
    BODY,
    DIVISION,
    HEADINGS,
    HOA,
    LAN,
    MINH,
    OFFICE,
    SMALL_OFFICE,
    as_csv,
    as_xlsx,
    cells,
    problems_of,
    staff_of,
)


def test_units_people_and_posts_come_out_of_the_rows() -> None:
    staff = staff_of(*SMALL_OFFICE)
    assert [unit.code for unit in staff.units] == ["SO", "VP", "KT", "KCN1"]
    assert staff.units[3].kind == UnitKind.ZONE
    assert staff.units[3].parent_code == "KT"
    assert [(post.person_code, post.unit_code, post.role, post.title) for post in staff.posts] == [
        ("CB01", "SO", Role.LEADER, "Lãnh đạo"),
        ("CB03", "VP", Role.OFFICE, "Văn phòng tổng hợp"),
        ("CB04", "KT", Role.HEAD_OF_UNIT, "Trưởng phòng"),
        ("CB05", "KT", Role.STAFF, "Chuyên viên"),
    ]


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "\t")],
)
def test_every_way_excel_saves_text_is_read(encoding: str, delimiter: str) -> None:
    assert read_staff(as_csv(*SMALL_OFFICE, encoding=encoding, delimiter=delimiter), "a.csv") == staff_of(*SMALL_OFFICE)


def test_the_old_code_page_of_windows_is_read() -> None:
    """cp1258 keeps most tones as marks of their own behind the letter, a few letters whole."""

    def spread(letter: str) -> bytes:
        try:
            return letter.encode("cp1258")
        except UnicodeEncodeError:
            base, *marks = unicodedata.normalize("NFD", letter)
            shape = "".join(mark for mark in marks if mark in "\u0302\u0306\u031b")
            tone = "".join(mark for mark in marks if mark not in shape)
            return (unicodedata.normalize("NFC", base + shape) + tone).encode("cp1258")

    text = as_csv(*SMALL_OFFICE).decode()
    content = b"".join(spread(letter) for letter in text)
    assert read_staff(content, "a.csv") == staff_of(*SMALL_OFFICE)


def test_a_workbook_is_read_with_its_title_above_and_its_numbers_as_text() -> None:
    lines = [
        ["SỞ CÔNG THƯƠNG TỈNH MINH HẢI"],
        [],
        ["STT", *HEADINGS],
        [1, *cells(BODY)],
        [2, *cells(HOA | {"phone": ""})],
        [3, *cells(MINH | {"staff_code": ""})[:0], 12.0, *cells(MINH)[1:10], 912345678, None],
    ]
    staff = read_staff(as_xlsx(lines), "a.xlsx")
    assert isinstance(staff, StaffFile)
    assert [(person.code, person.phone, person.row) for person in staff.people] == [
        ("CB03", "", 5),
        ("12", "0912345678", 6),
    ]


def test_headings_may_be_written_in_any_way_and_order_and_unknown_ones_are_named() -> None:
    text = (
        "HO TEN;ma cb;Ma don vi;Tên đơn vị;Loại đơn vị;Vai trò;Nhóm máu;Ghi chú\nVũ Thị Lan;cb05;so;Sở;cơ quan;;O;x\n"
    )
    staff = read_staff(text.encode(), "a.csv")
    assert isinstance(staff, StaffFile)
    assert staff.people[0].code == "CB05"
    assert staff.remarks == ("Cột “Nhóm máu” không dùng đến, đã bỏ qua.",)


def test_a_list_that_tells_the_sex_tells_how_somebody_is_called() -> None:
    """As the offices' own lists have it; what the list says of the address goes first."""
    rows = "Họ tên;Giới tính;Xưng hô;Mã CB;Mã đơn vị;Tên đơn vị\nVũ Thị Lan;Nữ;;CB05;so;Sở\nLê Sơn;NAM;ông;CB06;so;Sở\nTạ Tú;x;;CB07;so;Sở"
    staff = read_staff(rows.encode(), "a.csv")
    assert isinstance(staff, StaffFile)
    assert [person.honorific for person in staff.people] == ["chị", "ông", ""]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("84912345678", "0912345678"),
        ("02713.123.456", "02713123456"),
        ("0912 345 67", None),
        ("0912345678 (Zalo)", None),
    ],
)
def test_a_telephone_is_whole_or_refused(written: str, read: str | None) -> None:
    assert read_phone(written) == read


def test_a_telephone_of_two_people_is_taken_and_remarked() -> None:
    phone = {"phone": "0912345678"}
    staff = staff_of(BODY, OFFICE, DIVISION, HOA | phone, MINH | phone, LAN)
    assert staff.remarks == (
        "Điện thoại 0912345678 ghi cho 2 người: Nguyễn Thị Hoa (dòng 5), Phạm Quang Minh (dòng 6). Xin xem lại.",
    )


def test_one_name_with_two_codes_and_two_heads_are_taken_and_remarked() -> None:
    """Two colleagues may share a name; a slip gives one of them a second code, or a unit a second head."""
    namesake = {"staff_code": "CB50", "full_name": "Vũ Thị Lan", "unit_code": "KT", "roles": "trưởng đơn vị"}
    staff = staff_of(BODY, OFFICE, DIVISION, HOA, MINH, LAN, namesake)
    assert staff.remarks == (
        "Vũ Thị Lan: 2 mã cán bộ, CB05 (dòng 7), CB50 (dòng 8). Nếu là một người thì chỉ ghi một mã.",
        "Đơn vị KT có 2 trưởng đơn vị: Phạm Quang Minh, Vũ Thị Lan. Xin xem lại.",
    )


def test_every_bad_row_is_named_with_its_number_and_reason() -> None:
    problems = problems_of(
        (
            BODY,
            MINH | {"honorific": "ngài"},
            LAN | {"roles": "giám đốc", "phone": "123"},
            {"staff_code": "CB06", "full_name": "Đỗ Anh Tú"},
            {"full_name": "Hoàng Thị Thu", "unit_code": "KT"},
            {"staff_code": "CB 08", "full_name": "Bùi Hữu Phúc", "unit_code": "KT"},
            {"staff_code": "CB09", "unit_code": "KT"},
            {"unit_code": "TM", "unit_name": "Phòng Thương mại", "kind": "hội", "title": "Trưởng phòng"},
        )
    )
    assert problems == [
        "Dòng 3: Xưng hô “ngài” không đọc được. Xin dùng: anh, chị, ông, bà, cô, chú, bác, thầy, đồng chí.",
        "Dòng 4: Điện thoại “123” không đọc được. Ví dụ: 0912345678.",
        (
            "Dòng 4: Vai trò “giám đốc” không đọc được. Xin dùng: lãnh đạo, trưởng đơn vị, phó, văn phòng, tổ giám sát, "
            "đầu mối, nhân viên, quản trị."
        ),
        "Dòng 5: Thiếu mã đơn vị (ô gộp thì ghi lại ở từng dòng).",
        "Dòng 6: Thiếu mã cán bộ.",
        "Dòng 7: Mã cán bộ “CB 08” không hợp lệ: cần mã viết liền như QLCN, tối đa 32 chữ.",
        "Dòng 8: Mã cán bộ CB09 chưa có họ và tên.",
        "Dòng 9: Loại đơn vị “hội” không đọc được. Xin dùng: cơ quan, văn phòng, phòng, khu công nghiệp, doanh nghiệp.",
        "Dòng 9: Có chức vụ, vai trò hoặc liên hệ mà không có người.",
    ]


def test_rows_that_contradict_each_other_are_named() -> None:
    problems = problems_of(
        (
            BODY,
            DIVISION,
            DIVISION | {"unit_name": "Phòng Kinh tế đối ngoại"},
            MINH,
            MINH | {"full_name": "Phạm Văn Minh", "roles": "phó"},
            MINH,
        )
    )
    assert problems == [
        "Dòng 4: Tên đơn vị ghi khác với dòng 3.",
        "Dòng 6: Họ và tên của mã CB04 ghi khác với dòng 5.",
        "Dòng 7: Trùng với dòng 5: cùng người, cùng đơn vị, cùng vai trò.",
    ]


def test_one_person_may_hold_several_posts_and_one_post_several_roles() -> None:
    staff = staff_of(
        BODY, OFFICE, HOA | {"roles": "trưởng đơn vị; văn phòng"}, HOA | {"full_name": "", "unit_code": "SO"}
    )
    assert [(post.unit_code, post.role) for post in staff.posts] == [
        ("VP", Role.HEAD_OF_UNIT),
        ("VP", Role.OFFICE),
        ("SO", Role.OFFICE),
    ]


def test_letters_are_composed_and_what_cannot_be_seen_is_dropped() -> None:
    name = unicodedata.normalize("NFD", "Vũ  Thị\u200b Lan\x07\u202e\u2067\u061c\ue000")
    assert staff_of(BODY, LAN | {"full_name": name}).people[0].full_name == "Vũ Thị Lan"


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 45_000_000)
    return written.getvalue()


def archive_of(name: str) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Tệp rỗng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Excel đời cũ (.xls) hoặc tệp có đặt mật khẩu"),
        (bomb(), "nở ra quá lớn"),
        (b"a,b\n" * 2_000_000, "lớn quá 5 MB"),
        (archive_of("word/document.xml"), "không phải bảng tính Excel"),
        (archive_of("xl/workbook.xml"), "Không mở được tệp này"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (b"%PDF-1.7\x00\x01\x02\x03" + bytes(range(256)) * 10, "không phải bảng tính"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 10, "không phải bảng tính"),
        ("chào các bạn,\nhôm nay họp".encode(), "Không tìm thấy dòng tiêu đề"),
        ("Mã cán bộ,Họ và tên,Chức vụ\nCB1,Vũ Thị Lan,x".encode(), "Thiếu cột “Mã đơn vị”"),
        ("Mã cán bộ,Họ và tên,Mã đơn vị,Họ tên\nCB1,Vũ Thị Lan,x,y".encode(), "Cột “Họ và tên” có hai lần"),
        (as_csv(BODY, DIVISION), "Tệp chưa có người nào"),
        (b"a,b\n" * 25_000, "dài quá 20000 dòng"),
    ],
)
def test_what_is_no_staff_file_is_refused_with_a_clear_sentence(content: bytes, reason: str) -> None:
    (problem,) = problems_of(content)
    assert reason in problem


def test_dates_and_strange_cells_do_not_stop_the_reading() -> None:
    lines = [HEADINGS, cells(BODY), [*cells(LAN)[:8], date(2026, 11, 23), True, 0.5, None]]
    problems = problems_of(as_xlsx(lines), "a.xlsx")
    assert problems[0].startswith("Dòng 3: Điện thoại “0.5”")


def test_the_template_is_the_one_the_script_makes_and_can_be_imported() -> None:
    for content in (template(), make_template()):
        staff = read_staff(content, "mau.xlsx")
        assert isinstance(staff, StaffFile)
        assert staff.remarks == ()
        assert len(staff.posts) == sum(1 for line in EXAMPLES if line[0])
        assert any(unit.kind == UnitKind.ZONE for unit in staff.units)


@given(st.binary(max_size=400))
def test_no_bytes_whatever_break_the_reader(content: bytes) -> None:
    assert isinstance(read_staff(content, "a.csv"), BadStaffFile)


@given(st.lists(st.lists(st.text(max_size=12), min_size=12, max_size=12), max_size=6))
def test_no_cells_whatever_break_the_reader(lines: list[list[str]]) -> None:
    text = "\n".join("\t".join(cell.replace("\n", " ") for cell in line) for line in (HEADINGS, *lines))
    read_staff(text.encode("utf-8", "replace"), "a.csv")
