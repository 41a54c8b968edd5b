"""Boards whose words are no longer true: noted by whoever changed what they show, drawn anew just before sending.

A hundred answers in a burst are one drawing, and none of them waits for it or for another.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, delete, func, select

from storage.bells import ring
from storage.inserts import insert_together
from storage.last_words import mean
from storage.outbox import BELL
from storage.prepared import Prepared
from storage.record import Moment, identity, metadata

AT_ONCE = 500  # notes taken in one transaction

redraws = Table(
    "redraws",
    metadata,
    identity(),
    Column("about", String(80), nullable=False),  # what the boards show: "round/12", "round/12/unit/3"
    Column("asked_at", Moment(), nullable=False),
)


def ask_to_redraw(tx: Connection, *abouts: str, now: datetime) -> None:
    """The boards about these things are to be drawn anew once this transaction has committed."""
    ring(tx, BELL)
    mean(tx, _note, dict.fromkeys(abouts, now), tables=(redraws.name,))


def _note(tx: Connection, asked: Mapping[str, datetime]) -> None:
    """Always new rows, never one that stands: nobody waits for another who notes the same."""
    rows = [{"about": about, "asked_at": now} for about, now in asked.items()]
    insert_together(tx, redraws, rows)


def take_redraws(tx: Connection) -> list[str]:
    """What is to be drawn now, each once: from here on it is the caller's, in this transaction."""
    return sorted({row[0] for row in _TAKE.all(tx, {})})


_oldest = select(redraws.c.id).order_by(redraws.c.id).limit(AT_ONCE).subquery()
_last = select(func.max(_oldest.c.id)).scalar_subquery()
_TAKE = Prepared(delete(redraws).where(redraws.c.id <= _last).returning(redraws.c.about))
