"""Lists to take away: rows as a CSV that Excel opens with the right letters, kept among the files to hand out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection

from storage.messages import OutgoingFile
from storage.record import add
from storage.records.files import files

FORMULA_STARTS = (*"=+-@", *"＝＋－＠", "\t", "\r", "\n")  # programs read the wide ones as the narrow


def to_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(heading)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A sheet must not take somebody's words for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def keep_for_sending(tx: Connection, content: bytes, *, name: str, media_type: str, now: datetime) -> OutgoingFile:
    file_id = add(tx, files, name=name, media_type=media_type, kind="document", content=content, added_at=now)
    return OutgoingFile(name=name, file_id=file_id)
