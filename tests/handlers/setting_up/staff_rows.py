"""Staff files as tests write them: rows under the headings of the template, saved as CSV or XLSX."""

from __future__ import annotations

import io
from collections.abc import Sequence

from openpyxl import Workbook

from handlers.setting_up import BadStaffFile, StaffFile, read_staff
from handlers.setting_up.columns import COLUMNS

HEADINGS = [column.heading for column in COLUMNS]
NAMES = [column.name for column in COLUMNS]

BODY = {"unit_code": "SO", "unit_name": "Sở Công Thương", "short_name": "Sở", "kind": "cơ quan"}
OFFICE = {"unit_code": "VP", "unit_name": "Văn phòng Sở", "short_name": "Văn phòng", "kind": "văn phòng"}
DIVISION = {"unit_code": "KT", "unit_name": "Phòng Kinh tế", "short_name": "Phòng KT", "kind": "phòng"}
ZONE = {
    "unit_code": "KCN1",
    "unit_name": "Khu công nghiệp Bình An",
    "short_name": "KCN Bình An",
    "kind": "khu công nghiệp",
    "parent_code": "KT",
}
NGA = {"staff_code": "CB01", "full_name": "Trần Thị Nga", "honorific": "bà", "unit_code": "SO", "roles": "lãnh đạo"}
HOA = {"staff_code": "CB03", "full_name": "Nguyễn Thị Hoa", "honorific": "chị", "unit_code": "VP", "roles": "văn phòng"}
MINH = {
    "staff_code": "CB04",
    "full_name": "Phạm Quang Minh",
    "honorific": "anh",
    "unit_code": "KT",
    "title": "Trưởng phòng",
    "roles": "trưởng đơn vị",
}
LAN = {"staff_code": "CB05", "full_name": "Vũ Thị Lan", "honorific": "chị", "unit_code": "KT", "title": "Chuyên viên"}
SMALL_OFFICE = (BODY, OFFICE, DIVISION, ZONE, NGA, HOA, MINH, LAN)

Row = dict[str, str]


def cells(row: Row) -> list[str]:
    return [row.get(name, "") for name in NAMES]


def as_csv(*rows: Row, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    return "\r\n".join(delimiter.join(line) for line in (HEADINGS, *map(cells, rows))).encode(encoding)


def as_xlsx(lines: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(list(line))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def staff_of(*rows: Row) -> StaffFile:
    staff = read_staff(as_csv(*rows), "danhsach.csv")
    assert isinstance(staff, StaffFile), staff
    return staff


def problems_of(content: bytes | Sequence[Row], name: str = "danhsach.csv") -> list[str]:
    staff = read_staff(content if isinstance(content, bytes) else as_csv(*content), name)
    assert isinstance(staff, BadStaffFile), staff
    return [str(problem) for problem in staff.problems]
