"""A workbook that opens: numbers are numbers, days are days, and no text becomes a formula."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from reports.formats.xlsx import write_xlsx
from reports.report import Report, Section, Table

TABLE = Table(
    ("Đơn vị", "Số lượng", "Ngày"),
    (("=cmd|' /C calc'!A0", 1234, date(2026, 11, 23)), ("+84 912", None, None), ("Phòng rất dài " * 9, 5, None)),
    ("Tổng", 1239, None),
)


def written(*sections: Section) -> bytes:
    return write_xlsx(Report(title="Tổng hợp", subtitle="16:30", sections=sections), name="a.xlsx").content


def test_text_stays_text_and_numbers_stay_numbers() -> None:
    sheet = load_workbook(BytesIO(written(Section(title="Số lượt khách", sentences=("=1+1",), table=TABLE))))[
        "Số lượt khách"
    ]
    cells = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.value is not None}
    for text in ("=cmd|' /C calc'!A0", "+84 912", "=1+1"):
        assert cells[text].data_type == "s"
        assert cells[text].quotePrefix
    assert cells[1234].number_format == "#,##0"
    assert next(cell for cell in cells.values() if cell.is_date).number_format == "dd/mm/yyyy"


def test_columns_are_as_wide_as_their_words_within_bounds() -> None:
    sheet = load_workbook(BytesIO(written(Section(title="A", table=TABLE))))["A"]
    assert sheet.column_dimensions["A"].width == 48
    assert sheet.column_dimensions["B"].width == 10
    assert sheet.freeze_panes == "A6"


def test_each_section_is_a_sheet_and_none_still_opens() -> None:
    book = load_workbook(BytesIO(written(Section(title="A/B: [quân số]"), Section(title="x" * 50))))
    assert book.sheetnames == ["A B   quân số ", "x" * 31]
    assert load_workbook(BytesIO(written())).sheetnames == ["Tổng hợp"]
