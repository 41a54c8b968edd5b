"""A report as a file to hand out: a Word document or a sheet, by what its name ends in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.files.lists import keep_for_sending
from reports.report import Document, Report
from storage.messages import OutgoingFile


def keep_report(tx: Connection, report: Report, *, name: str, now: datetime) -> OutgoingFile:
    """Written, and kept until it has been sent; `name` ends in .docx or .xlsx."""
    document = _written(report, name)
    return keep_for_sending(tx, document.content, name=name, media_type=document.media_type, now=now)


def _written(report: Report, name: str) -> Document:
    if name.endswith(".docx"):
        from reports.formats.docx import write_docx  # python-docx takes its time: only who wants a document pays

        return write_docx(report, name=name)
    from reports.formats.xlsx import write_xlsx  # openpyxl takes a tenth of a second: only who wants a sheet pays

    return write_xlsx(report, name=name)
