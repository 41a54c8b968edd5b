"""The columns of a staff file: their headings in any order, written with or without capitals and marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from understanding.phrases.normalize import fold


@dataclass(frozen=True, slots=True)
class Column:
    name: str  # in code
    heading: str  # in the template
    also: tuple[str, ...] = ()
    explained: str = ""  # the line under the heading in the template's guide


COLUMNS = (
    Column("staff_code", "Mã cán bộ", ("mã nhân viên", "mã số cán bộ", "mã CB", "mã NV"), "Mỗi người một mã, giữ mãi."),
    Column("full_name", "Họ và tên", ("họ tên", "tên cán bộ"), "Bỏ trống nếu dòng chỉ khai báo đơn vị."),
    Column("honorific", "Xưng hô", ("cách gọi",), "ông, bà, anh, chị (cô, chú, bác, thầy, đồng chí)."),
    Column("unit_code", "Mã đơn vị", ("đơn vị",), "Bắt buộc ở mọi dòng."),
    Column("unit_name", "Tên đơn vị", (), "Ghi ít nhất một lần cho mỗi đơn vị."),
    Column(
        "short_name", "Tên gọi tắt", ("tên tắt", "tên ngắn"), "Tên dùng trong tin nhắn; bỏ trống thì lấy tên đầy đủ."
    ),
    Column("kind", "Loại đơn vị", ("loại",), "cơ quan, văn phòng, phòng, khu công nghiệp, doanh nghiệp."),
    Column(
        "parent_code",
        "Đơn vị phụ trách",
        ("đơn vị cấp trên", "đơn vị cha", "mã đơn vị phụ trách", "thuộc đơn vị"),
        "Mã đơn vị cấp trên; với khu công nghiệp: mã phòng phụ trách khu.",
    ),
    Column("title", "Chức vụ", ("chức danh",), "Như người ta gọi: Trưởng phòng, Chuyên viên…"),
    Column(
        "roles",
        "Vai trò",
        (),
        "lãnh đạo, trưởng đơn vị, phó, văn phòng, tổ giám sát, đầu mối, nhân viên, quản trị; "
        "nhiều vai trò thì ngăn bằng dấu chấm phẩy; bỏ trống là nhân viên.",
    ),
    Column("phone", "Điện thoại", ("số điện thoại", "SĐT", "di động"), "Không bắt buộc; để nhắn SMS khi có tin khẩn."),
    Column("email", "Thư điện tử", ("email", "e-mail"), "Không bắt buộc; để gửi thư khi có tin khẩn."),
)
ALSO_READ = (Column("sex", "Giới tính", ("giới", "phái", "nam/nữ")),)
"""Read where a list has it, but not asked for: nam is called anh, nữ chị, unless the list says otherwise."""
NEEDED = ("staff_code", "full_name", "unit_code")
HEADINGS = {column.name: column.heading for column in (*COLUMNS, *ALSO_READ)}
SEARCHED_ROWS = 15  # a sheet may carry the body's name and a title above its heading
IGNORED = frozenset({"stt", "so tt", "tt", "ghi chu"})


def _plain(text: str) -> str:
    return re.sub(r"[\s_*:]+", " ", fold(text)).strip()


_named = {_plain(word): column.name for column in (*COLUMNS, *ALSO_READ) for word in (column.heading, *column.also)}


@dataclass(frozen=True, slots=True)
class Heading:
    """Where the heading stands and which column lies where."""

    row: int  # counted from 0
    places: dict[str, int]
    unknown: tuple[str, ...]
    doubled: tuple[str, ...]


def find_heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """The first row that names at least three of the columns."""
    for number, cells in enumerate(rows[:SEARCHED_ROWS]):
        heading = _read_heading(number, cells)
        if len(heading.places) >= len(NEEDED):
            return heading
    return None


def _read_heading(row: int, cells: Sequence[str]) -> Heading:
    places: dict[str, int] = {}
    unknown: list[str] = []
    doubled: list[str] = []
    for place, cell in enumerate(cells):
        name = _named.get(_plain(cell))
        if name is None:
            if cell and _plain(cell) not in IGNORED:
                unknown.append(cell)
        elif name in places:
            doubled.append(HEADINGS[name])
        else:
            places[name] = place
    return Heading(row, places, tuple(unknown), tuple(doubled))
