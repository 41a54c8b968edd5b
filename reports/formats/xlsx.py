"""A report as an Excel workbook: one sheet for each section, sized columns, numbers as numbers, no text taken as a formula."""

from __future__ import annotations

import re
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from reports.report import Cell, Change, Document, Report, Section, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT = "Times New Roman"
WHOLE = "#,##0"  # Excel shows the separators of the reader's own country: 1.234 in Vietnam
SIGNED = "+#,##0;-#,##0;0"
DAY = "dd/mm/yyyy"
NARROWEST, WIDEST = 6, 48
LINE = 17  # points: a line of 12-point text with some air
NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
THIN = Side(style="thin", color="999999")
BORDER = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHADE = PatternFill("solid", fgColor="E7EEF7")


def write_xlsx(report: Report, *, name: str) -> Document:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for section in report.sections or (Section(title="Tổng hợp", sentences=("Không có số liệu.",)),):
        _write_section(workbook.create_sheet(_sheet_name(section.title)), report, section)
    content = BytesIO()
    workbook.save(content)
    return Document(name, MEDIA_TYPE, content.getvalue())


def _sheet_name(title: str) -> str:
    return NOT_IN_SHEET_NAMES.sub(" ", title)[:31]


def _write_section(sheet: Worksheet, report: Report, section: Section) -> None:
    _say(sheet, 1, report.title, Font(name=FONT, size=14, bold=True))
    _say(sheet, 2, report.subtitle, Font(name=FONT, size=11, italic=True))
    _say(sheet, 3, section.title, Font(name=FONT, size=13, bold=True))
    row = 4
    for sentence in section.sentences:
        _say(sheet, row, sentence, Font(name=FONT, size=12))
        row += 1
    if section.table is not None:
        _write_table(sheet, row + 1, section.table)


def _say(sheet: Worksheet, row: int, text: str, font: Font) -> None:
    cell = _fill(sheet, row, 1, text)
    cell.font = font


def _write_table(sheet: Worksheet, top: int, table: Table) -> None:
    _write_row(sheet, top, table.headings, bold=True, shaded=True)
    for number, cells in enumerate(table.rows, start=top + 1):
        _write_row(sheet, number, cells)
    last = top + len(table.rows)
    if table.totals is not None:
        _write_row(sheet, last + 1, table.totals, bold=True, shaded=True)
    sheet.freeze_panes = f"A{top + 1}"
    sheet.print_title_rows = f"{top}:{top}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    _size_columns(sheet, table)
    _size_rows(sheet, top, table)


def _write_row(
    sheet: Worksheet, row: int, cells: tuple[Cell, ...], *, bold: bool = False, shaded: bool = False
) -> None:
    for column, value in enumerate(cells, start=1):
        cell = _fill(sheet, row, column, value)
        cell.font = Font(name=FONT, size=12, bold=bold)
        cell.border = BORDER
        if shaded:
            cell.fill = SHADE
        side = (
            "left" if not isinstance(value, int | float) else "center" if column == 1 else "right"
        )  # the first numbers the rows
        cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal=side)


def _fill(sheet: Worksheet, row: int, column: int, value: Cell) -> SheetCell:
    """Put the value in; text stays text, also where it begins like a formula ("=cmd|…")."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, SheetCell):
        raise TypeError("this sheet has merged cells")
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@\t\r"
    elif isinstance(value, Change):
        cell.number_format = SIGNED
    elif isinstance(value, int):
        cell.number_format = WHOLE
    elif value is not None and not isinstance(value, float):
        cell.number_format = DAY
    return cell


def _all_rows(table: Table) -> list[tuple[Cell, ...]]:
    return [table.headings, *table.rows, *([table.totals] if table.totals else [])]


def _size_columns(sheet: Worksheet, table: Table) -> None:
    rows = _all_rows(table)
    for column in range(len(table.headings)):
        longest = max(len(str(row[column] if row[column] is not None else "")) for row in rows)
        sheet.column_dimensions[get_column_letter(column + 1)].width = min(max(longest + 2, NARROWEST), WIDEST)


def _size_rows(sheet: Worksheet, top: int, table: Table) -> None:
    """High enough for what wraps: not every program does that by itself on opening."""
    for number, row in enumerate(_all_rows(table), start=top):
        longest = max(len(str(value)) for value in row if value is not None)
        sheet.row_dimensions[number].height = LINE * -(-(longest + 2) // WIDEST)
