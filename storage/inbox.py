"""What came in: every update leaves its key here in the transaction that handles it, so that a second copy dies.

An update that could not be handled is parked raw, with the class of the error, until somebody says `retry`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Index, LargeBinary, String, Table, delete, func, select

from storage.inserts import insert_new, insert_or_ignore
from storage.part_index import part_index
from storage.record import Moment, change, find_all, metadata


class Arrival(StrEnum):
    DONE = "done"
    PARKED = "parked"


inbox = Table(
    "inbox",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("bot", String(64), primary_key=True),
    Column("key", String(120), primary_key=True),
    Column("state", String(8), nullable=False),
    Column("received_at", Moment(), nullable=False),
    Column("raw", LargeBinary),  # parked only: the decoded message as JSON, or the bytes of the wire
    Column("error", String(200)),  # parked only: the class of the error, never its text
    Index("ix_inbox_received_at", "received_at"),
)
part_index(
    "ix_inbox_parked",
    inbox.c.received_at,
    where=inbox.c.state == "parked",
)


Key = tuple[str, str, str]
"""Platform, bot, and the platform's own name for the update."""


@dataclass(frozen=True, slots=True)
class Parked:
    platform: str
    bot: str
    key: str
    received_at: datetime
    raw: bytes
    error: str


def is_new(tx: Connection, platform: str, bot: str, key: str, now: datetime) -> bool:
    """Claim the update for this transaction; false for every copy after the first."""
    values = {"platform": platform, "bot": bot, "key": key, "state": Arrival.DONE, "received_at": now}
    return insert_or_ignore(tx, inbox, values)


def which_are_new(tx: Connection, arrivals: Sequence[tuple[str, str, str, datetime]]) -> set[Key]:
    """Claim several for this transaction, (platform, bot, key, now) each, in one statement; returns those that are new."""
    rows = [
        {"platform": platform, "bot": bot, "key": key, "state": Arrival.DONE, "received_at": now}
        for platform, bot, key, now in sorted(arrivals)  # two processes that hear the same come one after the other
    ]
    return {(row[0], row[1], row[2]) for row in insert_new(tx, inbox, rows)}


def park(tx: Connection, *, platform: str, bot: str, key: str, raw: bytes, error: str, now: datetime) -> bool:
    """Keep an update that could not be handled; false if it is known already."""
    values = {
        "platform": platform,
        "bot": bot,
        "key": key,
        "state": Arrival.PARKED,
        "received_at": now,
        "raw": raw,
        "error": error,
    }
    return insert_or_ignore(tx, inbox, values)


def parked(tx: Connection) -> list[Parked]:
    return find_all(tx, Parked, inbox, inbox.c.state == Arrival.PARKED, order_by=(inbox.c.received_at,))


def count_parked(tx: Connection) -> int:
    return tx.execute(select(func.count()).where(inbox.c.state == Arrival.PARKED)).scalar_one()


def unpark(tx: Connection, *, platform: str, bot: str, key: str) -> bool:
    """Take a parked update back for another try, in the transaction that tries; false if somebody was faster."""
    where = (inbox.c.platform == platform, inbox.c.bot == bot, inbox.c.key == key, inbox.c.state == Arrival.PARKED)
    return change(tx, inbox, *where, state=Arrival.DONE, raw=None, error=None) == 1


def prune_inbox(tx: Connection, before: datetime) -> int:
    """Forget handled keys older than this. Platforms keep an update for a day, so a week is long enough."""
    return tx.execute(delete(inbox).where(inbox.c.state == Arrival.DONE, inbox.c.received_at < before)).rowcount
