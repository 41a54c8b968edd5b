"""The template of a staff file: the columns, a few lines to copy, and a sheet that explains them. Run it to write it."""

from __future__ import annotations

import io
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from handlers.setting_up.columns import COLUMNS

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

NAME = "mau-danh-sach.xlsx"
PLACE = Path(__file__).with_name("template.xlsx")
SHEET = "Danh sách"
GUIDE = "Hướng dẫn"

EXAMPLES = (
    ("", "", "", "SO", "Sở Ví dụ tỉnh Minh Hải", "Sở", "cơ quan", "", "", "", "", ""),
    ("", "", "", "VP", "Văn phòng Sở", "Văn phòng", "văn phòng", "SO", "", "", "", ""),
    ("", "", "", "QLCN", "Phòng Quản lý Công nghiệp", "Phòng QLCN", "phòng", "SO", "", "", "", ""),
    ("", "", "", "KCN1", "Khu công nghiệp Vĩnh Lạc", "KCN Vĩnh Lạc", "khu công nghiệp", "QLCN", "", "", "", ""),
    ("CB01", "Trần Thị Nga", "bà", "SO", "", "", "", "", "Giám đốc", "lãnh đạo", "", ""),
    ("CB02", "Lê Văn Sơn", "ông", "SO", "", "", "", "", "Phó Giám đốc", "lãnh đạo", "", ""),
    ("CB02", "Lê Văn Sơn", "ông", "QLCN", "", "", "", "", "Phó Giám đốc phụ trách", "lãnh đạo", "", ""),
    ("CB03", "Nguyễn Thị Hoa", "chị", "VP", "", "", "", "", "Chuyên viên tổng hợp", "văn phòng", "0912345678", ""),
    ("CB04", "Phạm Quang Minh", "anh", "QLCN", "", "", "", "", "Trưởng phòng", "trưởng đơn vị", "", "minh@vidu.vn"),
    ("CB05", "Vũ Thị Lan", "chị", "QLCN", "", "", "", "", "Chuyên viên", "nhân viên", "", ""),
)
NOTES = (
    "Mỗi dòng là một người giữ một chức vụ. Người giữ hai chức vụ thì viết hai dòng, cùng mã cán bộ.",
    "Dòng không có người chỉ để khai báo đơn vị.",
    "Phó Giám đốc phụ trách phòng nào thì thêm một dòng “lãnh đạo” ở phòng đó: tin khẩn của phòng sẽ tới đúng người.",
    "Tệp luôn là danh sách đầy đủ: ai không còn trong tệp sẽ thôi giữ chức. Không ai bị xóa khỏi hồ sơ cũ.",
    "Trước khi gửi, xin xóa các dòng ví dụ.",
)


def template() -> bytes:
    """As shipped."""
    return files("handlers.setting_up").joinpath("template.xlsx").read_bytes()


def make_template() -> bytes:
    """The sheet to fill in, with examples, and a second one that explains its columns; bytes of an .xlsx."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    _write_examples(book.create_sheet(SHEET))
    _write_guide(book.create_sheet(GUIDE))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_examples(sheet: Worksheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.append([column.heading for column in COLUMNS])
    for line in EXAMPLES:
        sheet.append(list(line))
    for number, column in enumerate(COLUMNS, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        longest = max(len(line[number - 1]) for line in EXAMPLES)
        sheet.column_dimensions[get_column_letter(number)].width = max(longest, len(column.heading)) + 3
    sheet.freeze_panes = "A2"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _write_guide(guide: Worksheet) -> None:
    from openpyxl.styles import Alignment

    for row in (*((column.heading, column.explained) for column in COLUMNS), *(("", note) for note in NOTES)):
        guide.append(list(row))
    guide.column_dimensions["A"].width = 22
    guide.column_dimensions["B"].width = 110
    for row_of_cells in guide.iter_rows():
        row_of_cells[1].alignment = Alignment(wrap_text=True)


if __name__ == "__main__":
    PLACE.write_bytes(make_template())
