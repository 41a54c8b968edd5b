"""A journal as it is printed: minute by minute, who did what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from handlers.local_time import clock_time, full_day, local_day
from reports.report import Table
from storage.records.people import find_person


def journal_table(lines: Iterable[tuple[datetime, str, str]]) -> Table:
    """Of lines that say when, who, what; in the order given."""
    rows = tuple((full_day(local_day(at)), clock_time(at), who, what) for at, who, what in lines)
    return Table(headings=("Ngày", "Giờ", "Ai", "Việc"), rows=rows)


def who_acted(tx: Connection, person_id: int | None) -> str:
    """By the whole name; what nobody did we did ourselves."""
    person = find_person(tx, person_id) if person_id else None
    return "Trực Ban" if person is None else person.in_full
