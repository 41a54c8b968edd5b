"""The rows of a spreadsheet as clean text, whatever it was saved as; anything else is refused with a clear sentence."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from storage.messages import INVISIBLE

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
LARGEST_FILE = 5_000_000  # bytes as sent
TOO_LARGE = "Tệp lớn quá 5 MB nên tôi không đọc. Một danh sách không thể lớn như vậy, xin kiểm tra lại."
LARGEST_UNPACKED = 40_000_000  # bytes of an .xlsx once unpacked: a bomb is far larger
MOST_PARTS = 500  # files inside an .xlsx
MOST_ROWS = 20_000
MOST_ROWS_SEEN = 100_000  # a sheet may carry many empty rows that somebody once coloured
MOST_COLUMNS = 60

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")
UNWANTED = re.compile(rf"[{INVISIBLE}\u200c\u200d]")  # joiners too: no name of ours has any

Rows = list[list[str]]


class UnreadableSpreadsheetError(Exception):
    """The file is not a spreadsheet we can read; the text says why, in Vietnamese, to the person who sent it."""


def read_rows(content: bytes) -> list[Rows]:
    """The sheets of the file, each a list of rows of clean text."""
    if len(content) > LARGEST_FILE:
        raise UnreadableSpreadsheetError("Tệp lớn quá 5 MB. Một danh sách không thể lớn như vậy, xin kiểm tra lại.")
    if not content.strip():
        raise UnreadableSpreadsheetError("Tệp rỗng.")
    if content.startswith(OLD_EXCEL):
        raise UnreadableSpreadsheetError(
            "Đây là tệp Excel đời cũ (.xls) hoặc tệp có đặt mật khẩu. Xin lưu lại dạng .xlsx, không mật khẩu, rồi gửi."
        )
    if content.startswith(ZIP):
        return _read_workbook(content)
    return [_read_text(content)]


def _read_workbook(content: bytes) -> list[Rows]:
    _refuse_bombs(content)
    from openpyxl import load_workbook  # 0.2 s that only imports pay

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        # a single cell at the far right would have every row made sixteen thousand cells long
        return [_clean_rows(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS)) for sheet in book.worksheets]
    except UnreadableSpreadsheetError:
        raise
    except Exception as error:  # a damaged file fails in a hundred ways inside the library
        raise UnreadableSpreadsheetError("Không mở được tệp này như một bảng tính Excel (.xlsx).") from error


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except zipfile.BadZipFile as error:
        raise UnreadableSpreadsheetError("Tệp .xlsx bị hỏng (có thể gửi chưa xong). Xin gửi lại.") from error
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise UnreadableSpreadsheetError("Đây không phải bảng tính Excel (.xlsx). Xin gửi tệp .xlsx hoặc .csv.")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableSpreadsheetError("Tệp .xlsx này nở ra quá lớn khi mở, nên không được nhận.")


def _read_text(content: bytes) -> Rows:
    text = _decode(content)
    if "\x00" in text or _is_binary(text):
        raise UnreadableSpreadsheetError("Đây không phải bảng tính. Xin gửi tệp .xlsx hoặc .csv theo mẫu.")
    try:
        return _clean_rows(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise UnreadableSpreadsheetError("Tệp .csv bị hỏng: dấu nháy kép không khớp.") from error


def _decode(content: bytes) -> str:
    """UTF-8 with or without its mark, Excel's "Unicode text", or Windows' old Vietnamese code page."""
    if content.startswith(BYTE_ORDER_MARKS):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", errors="replace")


def _is_binary(text: str) -> bool:
    start = text[:2000]
    strange = sum(
        1 for letter in start if unicodedata.category(letter) in ("Cc", "Cn", "Co") and letter not in "\r\n\t"
    )
    return strange * 50 > len(start)


def _delimiter(text: str) -> str:
    start = "\n".join(text.splitlines()[:20])
    return max((",", ";", "\t"), key=start.count)


def _clean_rows(rows: Iterable[Iterable[Any]]) -> Rows:
    cleaned: Rows = []
    for row in islice(rows, MOST_ROWS_SEEN):
        cells = [clean(cell) for cell in islice(row, MOST_COLUMNS)]
        if len(cleaned) < MOST_ROWS:
            cleaned.append(cells)
        elif any(cells):
            raise UnreadableSpreadsheetError(f"Tệp dài quá {MOST_ROWS} dòng.")
    while cleaned and not any(cleaned[-1]):
        cleaned.pop()
    return cleaned


def clean(cell: Any) -> str:
    """One cell as one line of text: NFC, no invisible characters, single spaces, 1.0 as "1"."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    return " ".join(unicodedata.normalize("NFC", UNWANTED.sub("", str(cell))).split())
