"""A report: what is said, not how it looks. The formats in `formats/` write it down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


class Change(int):
    """A number that is written with its sign."""


Cell = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the last row may be the totals."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject: sentences, then a table."""

    title: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    title: str
    subtitle: str = ""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A written report."""

    name: str
    media_type: str
    content: bytes
