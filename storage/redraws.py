"""Boards whose words are no longer true: noted by whoever changed what they show, drawn anew just before sending.

A hundred answers in a burst are one drawing, and none of them waits for it.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Column, Connection, String, Table, bindparam, delete, select

from storage.bells import ring
from storage.inserts import insert_for
from storage.outbox import BELL
from storage.prepared import Prepared
from storage.record import Moment, metadata

AT_ONCE = 50  # boards in one transaction

redraws = Table(
    "redraws",
    metadata,
    Column("about", String(80), primary_key=True),  # what the boards show: "round/12", "round/12/unit/3"
    Column("asked_at", Moment(), nullable=False),
)


def ask_to_redraw(tx: Connection, *abouts: str, now: datetime) -> None:
    """The boards about these things are to be drawn anew once this transaction has committed."""
    ring(tx, BELL)
    # in one order, so that two transactions never wait for each other
    given = {f"about_m{n}": about for n, about in enumerate(sorted(abouts))}
    _ask(tx.dialect.name, len(abouts)).change(tx, {**given, "now": now})


@cache
def _ask(dialect: str, how_many: int) -> Prepared:
    moment = bindparam("now", type_=Moment())
    rows = [{"about": bindparam(f"about_m{n}"), "asked_at": moment} for n in range(how_many)]
    statement = insert_for(redraws, dialect).values(rows)
    # the row is touched even where it stands: whoever takes it meanwhile waits until we have committed
    return Prepared(statement.on_conflict_do_update(index_elements=["about"], set_={"asked_at": moment}))


def take_redraws(tx: Connection) -> list[str]:
    """What is to be drawn now: from here on it is the caller's, in this transaction."""
    oldest = _OLDEST if tx.dialect.name == "sqlite" else _OLDEST_FREE
    found = [row[0] for row in oldest.all(tx, {})]
    for about in found:
        _FORGET.change(tx, {"about": about})
    return found


_oldest = select(redraws.c.about).order_by(redraws.c.about).limit(AT_ONCE)
_OLDEST = Prepared(_oldest)
_OLDEST_FREE = Prepared(_oldest.with_for_update(skip_locked=True))
_FORGET = Prepared(delete(redraws).where(redraws.c.about == bindparam("about")))
