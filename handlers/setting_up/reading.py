"""Reads a staff file: pure, from bytes to units, people and posts, or to the full list of what is wrong with it."""

from __future__ import annotations

from handlers.setting_up.columns import HEADINGS, NEEDED, Heading, find_heading
from handlers.setting_up.row_reader import RowReader
from handlers.setting_up.spreadsheet import Rows, UnreadableSpreadsheetError, read_rows
from handlers.setting_up.staff_file import BadStaffFile, Problem, StaffFile

SEE_TEMPLATE = "Cột này ghi gì: xem tệp mẫu, gõ /maunhansu."
NO_HEADING = "Không tìm thấy dòng tiêu đề. Cần ít nhất các cột “Mã cán bộ”, “Họ và tên”, “Mã đơn vị”. Gõ /maunhansu để lấy tệp mẫu."


def read_staff(content: bytes, name: str) -> StaffFile | BadStaffFile:
    """`name` is the file's own, for the sentence that refuses it."""
    try:
        sheets = read_rows(content)
    except UnreadableSpreadsheetError as error:
        return BadStaffFile.because(f"{name}: {error}" if name else str(error))
    for rows in sheets:
        heading = find_heading(rows)
        if heading is not None:
            return _read_sheet(rows, heading)
    return BadStaffFile.because(NO_HEADING)


def _read_sheet(rows: Rows, heading: Heading) -> StaffFile | BadStaffFile:
    missing = [HEADINGS[name] for name in NEEDED if name not in heading.places]
    if missing or heading.doubled:
        problems = [Problem(f"Thiếu cột “{title}”. {SEE_TEMPLATE}", heading.row + 1) for title in missing]
        problems += [Problem(f"Cột “{title}” có hai lần.", heading.row + 1) for title in heading.doubled]
        return BadStaffFile(tuple(problems))
    reader = RowReader()
    for number, cells in enumerate(rows[heading.row + 1 :], start=heading.row + 2):
        if any(cells):
            reader.take(number, _by_name(cells, heading))
    return reader.finish(remarks=tuple(f"Cột “{title}” không dùng đến, đã bỏ qua." for title in heading.unknown))


def _by_name(cells: list[str], heading: Heading) -> dict[str, str]:
    return {name: cells[place] if place < len(cells) else "" for name, place in heading.places.items()}
