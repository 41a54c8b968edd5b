"""Boards whose words are no longer true: noted by whoever changed what they show, drawn anew just before sending.

A hundred answers in a burst are one drawing, and none of them waits for it or for another.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Column, Connection, String, Table, bindparam, delete, func, insert, select

from storage.bells import ring
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
    given = {f"about_m{n}": about for n, about in enumerate(abouts)}
    _ask(len(abouts)).later(tx, {**given, "now": now})


@cache
def _ask(how_many: int) -> Prepared:
    # always new rows, never one that stands: nobody waits for another who notes the same
    moment = bindparam("now", type_=Moment())
    return Prepared(
        insert(redraws).values([{"about": bindparam(f"about_m{n}"), "asked_at": moment} for n in range(how_many)])
    )


def take_redraws(tx: Connection) -> list[str]:
    """What is to be drawn now, each once: from here on it is the caller's, in this transaction."""
    return sorted({row[0] for row in _TAKE.all(tx, {})})


_oldest = select(redraws.c.id).order_by(redraws.c.id).limit(AT_ONCE).subquery()
_last = select(func.max(_oldest.c.id)).scalar_subquery()
_TAKE = Prepared(delete(redraws).where(redraws.c.id <= _last).returning(redraws.c.about))
