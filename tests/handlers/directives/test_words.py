"""What is read from a directive's words: document numbers, their dates, stamps of secrecy, codes."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.directives.codes import as_typed
from handlers.directives.documents import Document, documents_in
from handlers.directives.secrecy import is_stamped_secret


@pytest.mark.parametrize(
    ("text", "number", "issued_on"),
    [
        ("Thực hiện Công văn số 1722/UBND-KGVX ngày 27/5/2021 của UBND tỉnh", "1722/UBND-KGVX", date(2021, 5, 27)),
        ("Chỉ thị 05/CT-TTg của Thủ tướng Chính phủ ngày 28/01/2020", "05/CT-TTg", date(2020, 1, 28)),
        ("Số: 16 /KH-BQLKCN", "16/KH-BQLKCN", None),
        ("Công văn số 360-CV/TU ngày\n06/5/2021 của Tỉnh ủy", "360-CV/TU", date(2021, 5, 6)),
        ("Thông báo số 419/TB-VPUB, ngày 12 tháng 3 năm 2020", "419/TB-VPUB", date(2020, 3, 12)),
        ("Kế hoạch số 118 -KH/TU", "118-KH/TU", None),
        ("Nghị định 356/2025/NĐ-CP và các văn bản", "356/2025/NĐ-CP", None),
        ("Luật 91/2025/QH15.", "91/2025/QH15", None),
        ("công văn số 13/BCĐ-\nBYT", "13/BCĐ-BYT", None),
        ("Công điện 01/CĐ-UBND - Ban hành khẩn", "01/CĐ-UBND", None),
        ("Chỉ thị 05/CT-TTg từ ngày 28/01/2020", "05/CT-TTg", None),
        ("số 05/CT-TTg ngày 31/02/2020", "05/CT-TTg", None),
    ],
)
def test_a_document_number_is_recognised_with_its_date(text: str, number: str, issued_on: date | None) -> None:
    assert documents_in(text) == [Document(number, issued_on)]


@pytest.mark.parametrize("text", ["trực 24/24", "ngày 27/5/2021", "5/Phòng KT báo 12 lượt", "2/3 quân số", "3/KCN"])
def test_ordinary_fractions_are_not_documents(text: str) -> None:
    assert documents_in(text) == []


def test_each_document_is_named_once() -> None:
    found = documents_in("Theo 05/CT-TTg, 06/CT-TTg và 05/CT-TTg")
    assert [document.number for document in found] == ["05/CT-TTg", "06/CT-TTg"]


@pytest.mark.parametrize(
    ("text", "file_name"),
    [
        ("TỐI MẬT\nKế hoạch", ""),
        ("Độ mật: Mật", ""),
        ("Văn bản đóng dấu Mật số 3", ""),
        ("nội dung\n(Mật)\n", ""),
        ("Gửi các anh chị", "TOI MAT.pdf"),
        ("Gửi các anh chị", "ke-hoach_TUYET-MAT.pdf"),
        ("", "Công văn mật 12.pdf"),
        ("", "KH_MAT.docx"),
    ],
)
def test_stamps_of_secrecy_are_seen(text: str, file_name: str) -> None:
    assert is_stamped_secret(text, file_name)


@pytest.mark.parametrize(
    ("text", "file_name"),
    [
        ("TĂNG CƯỜNG BẢO MẬT THÔNG TIN", "bao mat.pdf"),
        ("Đổi mật khẩu trước thứ Sáu", "danh sach mat dien.xlsx"),
        ("Tuyên truyền Luật bảo vệ bí mật nhà nước", "Bảo mật thông tin.docx"),
        ("", "MAT TRAN TO QUOC.pdf"),
    ],
)
def test_talk_about_secrecy_is_not_a_stamp(text: str, file_name: str) -> None:
    assert not is_stamped_secret(text, file_name)


@pytest.mark.parametrize("typed", ["K7M4QP", "k7m-4qp", " k7m 4qp. ", "mã K7M4QP"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert as_typed(typed.strip()) == "K7M4QP"
