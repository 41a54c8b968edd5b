"""Sheets that somebody made to hurt: they are refused with a sentence, or read as what they say, and nothing of them is unfolded."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from handlers.setting_up.spreadsheet import UnreadableSpreadsheetError, read_rows
from tests.handlers.setting_up.staff_rows import as_xlsx

SHEET = "xl/worksheets/sheet1.xml"
MOST_CELLS = 200_000
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def altered(part: str, content: bytes) -> bytes:
    """A good workbook with one part replaced."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(as_xlsx([["Mã đơn vị", "Họ và tên"], ["KT", "Lan"]]))) as good,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            if name != part:
                bad.writestr(name, good.read(name))
        bad.writestr(part, content)
    return written.getvalue()


def sheet(rows: str, before: str = "") -> bytes:
    return altered(SHEET, f"{before}<worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>".encode())


def a_zip_bomb() -> bytes:
    return altered("xl/media/1.bin", bytes(50_000_000))


def a_bomb_that_lies_about_its_size() -> bytes:
    content = bytearray(altered("xl/media/1.bin", bytes(50_000_000)))
    size = (50_000_000).to_bytes(4, "little")
    while (at := content.find(size)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def a_thousand_parts() -> bytes:
    written = io.BytesIO(as_xlsx([["x"]]))
    with zipfile.ZipFile(written, "a") as archive:
        for number in range(1_000):
            archive.writestr(f"xl/media/{number}.bin", b"")
    return written.getvalue()


def a_billion_laughs() -> bytes:
    doctype = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'
    return sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&l9;</t></is></c></row>', doctype)


def a_file_of_the_machine() -> bytes:
    doctype = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&f;</t></is></c></row>', doctype)


def rows_as_wide_as_excel() -> bytes:
    return sheet("".join(f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(1, 2_001)))


def a_last_row_only() -> bytes:
    return sheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')


def nested_elements() -> bytes:
    return sheet("<row>" * 10_000 + "</row>" * 10_000)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "made",
    [
        a_zip_bomb,
        a_bomb_that_lies_about_its_size,
        a_thousand_parts,
        a_billion_laughs,
        a_file_of_the_machine,
        rows_as_wide_as_excel,
        a_last_row_only,
        nested_elements,
    ],
)
def test_a_sheet_made_to_hurt_is_not_unfolded(made: Callable[[], bytes]) -> None:
    try:
        sheets = read_rows(made())
    except UnreadableSpreadsheetError:
        return
    assert "root:" not in str(sheets)
    assert sum(len(row) for rows in sheets for row in rows) < MOST_CELLS
