"""What must be sent: a parcel is committed with the record that caused it, and settled when the platform took it.

ready → leased (a deliverer holds it) → sending (the request may be under way) → sent | failed | uncertain.
A deliverer that takes over knows by the state what may be repeated: leased parcels were never sent; a parcel found
`sending` may have been. Fencing is by holder, not by time: a deliverer that lost its place cannot begin a parcel.
A board is a parcel whose words may change: only the latest version counts, and once sent it is changed by edit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    and_,
    case,
    delete,
    literal_column,
    or_,
    select,
)

from storage.bells import ring
from storage.inserts import insert_all_or_ignore, insert_for, insert_or_ignore, insert_together, values_of
from storage.last_words import mean
from storage.messages import Lane, OutgoingMessage
from storage.part_index import part_index
from storage.prepared import Prepared
from storage.record import Moment, identity, metadata

BELL = "outbox"


class Outcome(StrEnum):
    READY = "ready"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    DROPPED = "dropped"  # somebody decided that it need not go


OPEN = (Outcome.READY, Outcome.LEASED, Outcome.SENDING)

parcels = Table(
    "parcels",
    metadata,
    identity(),
    Column("key", String(160), nullable=False, unique=True),
    Column("platform", String(20), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("lane", SmallInteger, nullable=False),
    Column("deed", String(12), nullable=False),
    Column("about", String(80), nullable=False),  # what an answer to it concerns: "round/12/unit/3", "directive/5"
    Column("payload", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("is_board", Boolean, nullable=False),
    Column("is_news", Boolean, nullable=False, server_default="1"),  # a board's words: said where none can be edited
    Column("version", Integer, nullable=False, default=1),
    Column("repeats", Integer, nullable=False, default=0),  # how often it may have gone out before
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Moment(), nullable=False),
    Column("put_at", Moment(), nullable=False),
    Column("settled_at", Moment()),
    Column("holder", String(40)),
    Column("external_id", String(64)),
    Column("trouble", String(200)),
    Index("ix_parcels_external", "platform", "chat_id", "external_id"),
)
IS_OPEN = parcels.c.state.in_([literal_column(f"'{state}'") for state in OPEN])
"""As the index says it: with the states as values of a statement no database could tell that the index serves."""
part_index(
    "ix_parcels_open",
    parcels.c.platform,
    parcels.c.state,
    parcels.c.lane,
    parcels.c.id,
    where=IS_OPEN,
)


_is_uncertain = parcels.c.state == "uncertain"
part_index("ix_parcels_uncertain", parcels.c.id, where=_is_uncertain)
IS_ABOUT_SOMETHING = parcels.c.about != literal_column("''")
"""Half of the parcels are about nothing: only the others stand in the index, which serves who says this too."""
part_index("ix_parcels_subject", parcels.c.about, where=IS_ABOUT_SOMETHING)
_is_settled = parcels.c.settled_at.is_not(None)
part_index("ix_parcels_settled", parcels.c.settled_at, where=_is_settled)


@dataclass(frozen=True, slots=True)
class Parcel:
    id: int
    key: str
    platform: str
    chat_id: str
    lane: int
    deed: str
    about: str
    payload: str
    state: str
    is_board: bool
    is_news: bool
    version: int
    repeats: int
    attempts: int
    due_at: datetime
    external_id: str | None
    trouble: str | None

    @property
    def message(self) -> OutgoingMessage:
        return msgspec.json.decode(self.payload, type=OutgoingMessage)

    @property
    def is_alert(self) -> bool:
        return self.lane == Lane.ALERT.rank


def put(
    tx: Connection,
    message: OutgoingMessage,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    due_at: datetime | None = None,
) -> None:
    """Put a message into the outbox; nothing changes if a parcel with this key stands already."""
    ring(tx, BELL)
    values = _values(message, key=key, lane=lane, about=about, now=now, due_at=due_at)
    mean(tx, _put_together, {key: values}, tables=(parcels.name,))


def _put_together(tx: Connection, rows: Mapping[str, dict[str, Any]]) -> None:
    insert_together(tx, parcels, list(rows.values()))


def put_if_new(
    tx: Connection, message: OutgoingMessage, *, key: str, lane: Lane, now: datetime, about: str = ""
) -> bool:
    """The same, and whether it was the first with this key."""
    ring(tx, BELL)
    return insert_or_ignore(tx, parcels, _values(message, key=key, lane=lane, about=about, now=now, due_at=None))


def put_all(tx: Connection, letters: Iterable[tuple[str, OutgoingMessage, str]], *, lane: Lane, now: datetime) -> None:
    """Put many at once, (key, message, what it is about) each: a tenth of the price."""
    ring(tx, BELL)
    rows = [_values(said, key=key, lane=lane, about=about, now=now, due_at=None) for key, said, about in letters]
    insert_all_or_ignore(tx, parcels, rows)


def put_board(
    tx: Connection,
    message: OutgoingMessage,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    is_news: bool | None = None,
) -> None:
    """Say this on the board with this key: sent the first time, edited ever after; only the latest words count.

    `is_news`: these words are worth a message of their own where nothing can be edited; if it is left open,
    the first ones are.
    """
    ring(tx, BELL)
    values = _values(message, key=key, lane=lane, about=about, now=now, due_at=None) | {"is_board": True}
    values["is_news"] = is_news is not False
    _put_board(tx.dialect.name, is_news is not None).later(tx, values)


@cache
def _put_board(dialect: str, says_if_news: bool) -> Prepared:
    in_hand = or_(parcels.c.state == Outcome.LEASED, parcels.c.state == Outcome.SENDING)
    has_waiting_news = and_(parcels.c.is_news, or_(in_hand, parcels.c.state == Outcome.READY))
    statement = insert_for(parcels, dialect).values(values_of(parcels, PUT))
    board = statement.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "payload": statement.excluded.payload,
            "version": parcels.c.version + 1,
            "is_news": or_(statement.excluded.is_news, has_waiting_news) if says_if_news else has_waiting_news,
            "state": case((in_hand, parcels.c.state), else_=Outcome.READY),
            "due_at": parcels.c.put_at,
        },
        where=parcels.c.payload != statement.excluded.payload,
    )
    return Prepared(board)


def _values(
    message: OutgoingMessage, *, key: str, lane: Lane, about: str, now: datetime, due_at: datetime | None
) -> dict[str, Any]:
    return {
        "key": key,
        "platform": message.platform,
        "chat_id": message.chat_id,
        "lane": lane.rank,
        "deed": message.deed,
        "about": about,
        "payload": msgspec.json.encode(message).decode(),
        "state": Outcome.READY,
        "is_board": False,
        "is_news": True,
        "version": 1,
        "due_at": due_at or now,
        "put_at": now,
    }


PUT = (
    "key",
    "platform",
    "chat_id",
    "lane",
    "deed",
    "about",
    "payload",
    "state",
    "is_board",
    "is_news",
    "version",
    "due_at",
    "put_at",
)


def what_it_was_about(tx: Connection, platform: str, chat_id: str, external_id: str) -> list[str]:
    """What an answer to this message concerns (several things, where parcels were merged into one message)."""
    where = (parcels.c.platform == platform, parcels.c.chat_id == chat_id, parcels.c.external_id == external_id)
    return list(tx.execute(select(parcels.c.about).where(*where, parcels.c.about != "")).scalars())


def prune_outbox(tx: Connection, before: datetime) -> int:
    """Forget what was settled before this moment."""
    settled = (Outcome.SENT, Outcome.DROPPED, Outcome.FAILED)
    return tx.execute(delete(parcels).where(parcels.c.state.in_(settled), parcels.c.settled_at < before)).rowcount
