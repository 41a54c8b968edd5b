"""A report as a Word document: opened again, it says what it was given, on the page an office prints."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import docx
from docx.shared import Cm

from reports.formats.docx import SMALL, TEXT_WIDTH, write_docx
from reports.report import Report, Section, Table

REPORT = Report(
    title="BIÊN BẢN DIỄN BIẾN SỰ VIỆC",
    subtitle="Sự việc 1 · lập lúc 08:25 ngày 23/11/2026",
    sections=(
        Section(title="Sự việc", sentences=("Lúc 08:00: cháy ở kho, “đã gọi 114”.",)),
        Section(
            title="Diễn biến",
            table=Table(
                headings=("Ngày", "Số", "Việc"),
                rows=((date(2026, 11, 23), 12500, "=cmd|'/c calc'!A1"), (None, None, "việc " * 60)),
                totals=("Cộng", 12500, None),
            ),
        ),
        Section(title="Báo ra ngoài", table=Table(headings=("Nơi", "Hạn"), rows=())),
    ),
)


def opened() -> Any:
    document = write_docx(REPORT, name="su-viec-1.docx")
    assert document.name == "su-viec-1.docx"
    return docx.Document(BytesIO(document.content))


def test_it_says_what_it_was_given() -> None:
    word = opened()
    said = [paragraph.text for paragraph in word.paragraphs]
    assert said[:4] == [REPORT.title, REPORT.subtitle, "Sự việc", "Lúc 08:00: cháy ở kho, “đã gọi 114”."]
    assert "Không có." in said  # a table without rows
    [table] = word.tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[0] == ["Ngày", "Số", "Việc"]
    assert cells[1] == ["23/11/2026", "12.500", "=cmd|'/c calc'!A1"]
    assert cells[3] == ["Cộng", "12.500", ""]


def test_the_page_is_that_of_an_administrative_document() -> None:
    """A4, left 30–35 mm, right 15–20 mm, Times New Roman (Decree 30/2020/NĐ-CP, Annex I)."""
    word = opened()
    page = word.sections[0]
    sizes = (page.page_width, page.page_height, page.left_margin, page.right_margin)
    assert [round(size / Cm(1), 1) for size in sizes if size is not None] == [21, 29.7, 3, 1.5]
    assert word.styles["Normal"].font.name == "Times New Roman"
    widths = [cell.width.cm for cell in word.tables[0].rows[0].cells]
    assert abs(sum(widths) - TEXT_WIDTH) < 0.1
    assert widths[2] > widths[0] > 0.26 * len("23/11/2026")
    columns = [column.width.cm for column in word.tables[0].columns]  # LibreOffice goes by these
    assert columns == widths


def test_an_empty_cell_makes_no_higher_row_and_no_row_stands_on_two_pages() -> None:
    word = opened()
    rows = word.tables[0].rows
    assert {cell.paragraphs[0].style.font.size for row in rows for cell in row.cells} == {SMALL}
    assert all(row._tr.trPr.xpath("w:cantSplit") for row in rows)
    assert [bool(row._tr.trPr.xpath("w:tblHeader")) for row in rows] == [True, False, False, False]
    assert [p.paragraph_format.keep_with_next for p in word.paragraphs if p.text == "Diễn biến"] == [True]
