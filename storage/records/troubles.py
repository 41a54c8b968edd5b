"""Troubles of the house itself: what is broken now, since when, who saw it last, and whether the administrator knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, String, Table, Text, and_, delete, select

from storage.inserts import insert_or_update
from storage.record import Moment, change, find_all, find_one, metadata

troubles = Table(
    "troubles",
    metadata,
    Column("name", String(60), primary_key=True),  # "platform/telegram": one row while it lasts
    Column("sentence", Text, nullable=False),  # what is wrong, for the administrator
    Column("began_at", Moment(), nullable=False),
    Column("seen_at", Moment(), nullable=False),  # by whichever process sees it
    Column("told_at", Moment()),
)


@dataclass(frozen=True, slots=True)
class Trouble:
    name: str
    sentence: str
    began_at: datetime
    seen_at: datetime
    told_at: datetime | None


def open_troubles(tx: Connection) -> list[Trouble]:
    return find_all(tx, Trouble, troubles, order_by=(troubles.c.began_at, troubles.c.name))


def is_any_trouble_open(tx: Connection) -> bool:
    return tx.execute(select(troubles.c.name).limit(1)).first() is not None


def see_trouble(tx: Connection, name: str, sentence: str, now: datetime) -> None:
    """It is there (still): since when stays as it was."""
    known = find_one(tx, Trouble, troubles, name=name)
    began_at = now if known is None else known.began_at
    values = {"name": name, "sentence": sentence, "began_at": began_at, "seen_at": now}
    insert_or_update(tx, troubles, values, key=("name",))


def mark_told(tx: Connection, trouble: Trouble, now: datetime) -> bool:
    """False if somebody else tells of it."""
    is_untold = and_(troubles.c.name == trouble.name, troubles.c.told_at.is_(None))
    return change(tx, troubles, is_untold, told_at=now) == 1


def forget_trouble(tx: Connection, trouble: Trouble) -> bool:
    """It is over; false if it was seen again meanwhile."""
    is_same = and_(troubles.c.name == trouble.name, troubles.c.seen_at == trouble.seen_at)
    return tx.execute(delete(troubles).where(is_same)).rowcount == 1
