"""Errands: what a transaction cannot do itself, such as fetching the bytes of a file somebody sent.

Put in the transaction that wants it; run outside of any transaction; its result is handled in a transaction of its own.
An errand is claimed for a while and comes back when its runner dies, so handling it must bear being done twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Integer, String, Table, delete, func, or_, select, update

from storage.bells import ring
from storage.part_index import part_index
from storage.record import Json, Moment, add, change, identity, metadata, selection

BELL = "errands"
LEASE = timedelta(minutes=2)  # how long a runner may take before another one tries
MOST_ATTEMPTS = 5

errands = Table(
    "errands",
    metadata,
    identity(),
    Column("topic", String(60), nullable=False),  # who asked: "staff_file", …
    Column("platform", String(20), nullable=False, default=""),
    Column("reference", String(300)),  # what the platform takes to hand out the file; none: nothing to fetch
    Column("name", String(200), nullable=False, default=""),
    Column("state", Json, nullable=False),  # what the asker wants to find again
    Column("put_at", Moment(), nullable=False),
    Column("due_at", Moment(), nullable=False),  # when it may be tried (again)
    Column("attempts", Integer, nullable=False, default=0),
    Column("done_at", Moment()),
    Column("trouble", String(200)),
)
_is_open = errands.c.done_at.is_(None)
part_index("ix_errands_open", errands.c.due_at, where=_is_open)


@dataclass(frozen=True, slots=True)
class Errand:
    id: int
    topic: str
    platform: str
    reference: str | None
    name: str
    state: dict[str, Any]
    put_at: datetime
    attempts: int
    trouble: str | None


def put(
    tx: Connection,
    *,
    topic: str,
    now: datetime,
    state: dict[str, Any],
    platform: str = "",
    reference: str | None = None,
    name: str = "",
) -> int:
    ring(tx, BELL)
    return add(
        tx,
        errands,
        topic=topic,
        platform=platform,
        reference=reference,
        name=name[:200],
        state=state,
        put_at=now,
        due_at=now,
    )


def claim(tx: Connection, now: datetime, *, limit: int = 4) -> list[Errand]:
    """Take errands to run; each is ours until its lease ends. What was never tried may be, whatever the clock of who put it."""
    may_run = or_(errands.c.due_at <= now, errands.c.attempts == 0)
    waiting = select(errands.c.id).where(errands.c.done_at.is_(None), may_run)
    waiting = waiting.order_by(errands.c.due_at, errands.c.id).limit(limit)
    if tx.dialect.name == "postgresql":
        waiting = waiting.with_for_update(skip_locked=True)
    taken = (
        update(errands)
        .where(errands.c.id.in_(waiting.scalar_subquery()))
        .values(due_at=now + LEASE, attempts=errands.c.attempts + 1)
        .returning(*selection(Errand, errands).selected_columns)
    )
    return sorted((Errand(*row) for row in tx.execute(taken)), key=lambda errand: errand.id)


def finish(tx: Connection, errand_id: int, *, now: datetime) -> bool:
    """Done, in the transaction that handled it; false if it was done already: then handle nothing."""
    return change(tx, errands, errands.c.id == errand_id, errands.c.done_at.is_(None), done_at=now, trouble=None) == 1


def fail(tx: Connection, errand: Errand, *, now: datetime, trouble: str, again_at: datetime | None = None) -> bool:
    """It did not work: tried again at `again_at`. True when it is given up (no moment named, or tried too often)."""
    given_up = again_at is None or errand.attempts >= MOST_ATTEMPTS
    values: dict[str, Any] = {"done_at": now} if given_up else {"due_at": again_at}
    met = change(tx, errands, errands.c.id == errand.id, errands.c.done_at.is_(None), trouble=trouble[:200], **values)
    return given_up and met == 1


def prune_errands(tx: Connection, before: datetime) -> int:
    """Forget what was done before this moment.

    The newest stays: SQLite would give its number away again, and what was said about it has that number in its key.
    """
    newest = select(func.max(errands.c.id)).scalar_subquery()
    return tx.execute(delete(errands).where(errands.c.done_at < before, errands.c.id < newest)).rowcount
