"""A report as a Word document: A4, the margins and the letter of an administrative document, tables that print."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable
from docx.table import _Row as Row
from docx.text.paragraph import Paragraph

from reports.report import Cell, Document, Report, Section, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT = "Times New Roman"
IN_CELLS = "In cells"
BODY, SMALL, TITLE = Pt(13), Pt(11), Pt(14)
TEXT_WIDTH = 16.5  # centimetres between the margins
LETTER = 0.26  # centimetres that a letter of a table takes at most
AIR = 0.5


def write_docx(report: Report, *, name: str) -> Document:
    """Margins of Decree 30/2020/NĐ-CP, Annex I; number, date and signature are left to whoever signs."""
    word = docx.Document()
    _set_page(word)
    _say(word, report.title, size=TITLE, bold=True, centred=True)
    if report.subtitle:
        _say(word, report.subtitle, italic=True, centred=True)
    for section in report.sections:
        _write_section(word, section)
    content = BytesIO()
    word.save(content)
    return Document(name, MEDIA_TYPE, content.getvalue())


def _set_page(word: WordDocument) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2)
    page.left_margin, page.right_margin = Cm(3), Cm(1.5)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONT, BODY
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    # by a style: the letter of a cell without text would else be that of the page, and its row too high
    in_cells = word.styles.add_style(IN_CELLS, WD_STYLE_TYPE.PARAGRAPH)
    in_cells.base_style, in_cells.font.size = normal, SMALL


def _say(
    word: WordDocument,
    text: str,
    *,
    size: Pt = BODY,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    leads: bool = False,
) -> None:
    """`leads`: never the last line of a page."""
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.keep_with_next = leads
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.JUSTIFY
    _put(paragraph, text, size=size, bold=bold, italic=italic)


def _put(paragraph: Paragraph, text: str, *, size: Pt, bold: bool = False, italic: bool = False) -> None:
    paragraph.paragraph_format.space_after = Pt(6)
    run = paragraph.add_run(text)
    run.font.size, run.font.name, run.bold, run.italic = size, FONT, bold, italic


def _write_section(word: WordDocument, section: Section) -> None:
    if section.title:
        _say(word, section.title, bold=True, leads=True)
    for sentence in section.sentences:
        _say(word, sentence)
    if section.table is not None and section.table.rows:
        _write_table(word, section.table)
    elif section.table is not None:
        _say(word, "Không có.")


def _write_table(word: WordDocument, table: Table) -> None:
    rows = [*table.rows, *([table.totals] if table.totals else [])]
    written = word.add_table(rows=1 + len(rows), cols=len(table.headings))
    written.style = "Table Grid"
    written.autofit = False
    _fill_row(written, 0, table.headings, bold=True)
    for number, cells in enumerate(rows, start=1):
        _fill_row(written, number, cells, bold=cells is table.totals)
    _mark(written.rows[:1], "w:tblHeader")  # the headings come again on every page
    _mark(written.rows, "w:cantSplit")  # no line of the table on two pages
    _set_widths(written, table)
    word.add_paragraph()


def _fill_row(written: WordTable, number: int, cells: tuple[Cell, ...], *, bold: bool = False) -> None:
    for cell, value in zip(written.rows[number].cells, cells, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.style = IN_CELLS
        _put(paragraph, _text(value), size=SMALL, bold=bold)
        paragraph.paragraph_format.space_after = Pt(2)


def _text(value: Cell) -> str:
    if isinstance(value, datetime):
        return value.strftime("%H:%M %d/%m/%Y")
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return "" if value is None else str(value)


def _mark(rows: Iterable[Row], name: str) -> None:
    for row in rows:
        mark = OxmlElement(name)
        mark.set(qn("w:val"), "true")
        row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - python-docx has no other way


def _set_widths(written: WordTable, table: Table) -> None:
    """Columns share the width by the text they hold; none is too narrow for its longest word."""
    rows = [[_text(cell) for cell in row] for row in (table.headings, *table.rows)]
    columns = list(zip(*rows, strict=True))
    wanted = [min(max(len(text) for text in column), 60) ** 0.7 for column in columns]
    least = [LETTER * max(len(word) for text in column for word in text.split() or [""]) + AIR for column in columns]
    widths = [max(TEXT_WIDTH * share / sum(wanted), low) for share, low in zip(wanted, least, strict=True)]
    spare, room = sum(widths) - TEXT_WIDTH, sum(width - low for width, low in zip(widths, least, strict=True))
    if spare > 0 and room > 0:
        share = min(spare / room, 1)
        widths = [width - (width - low) * share for width, low in zip(widths, least, strict=True)]
    # twice: Word goes by the cells, LibreOffice by the columns alone
    for column, width in zip(written.columns, widths, strict=True):
        column.width = Cm(width)
    for row in written.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
