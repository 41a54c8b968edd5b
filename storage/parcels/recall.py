"""Taking back what was put into the outbox and need not go any more, as long as no request for it has begun."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, update

from storage.messages import Lane
from storage.outbox import IS_ABOUT_SOMETHING, IS_OPEN, Outcome, Parcel, parcels
from storage.record import find_all

NOT_BEGUN = (Outcome.READY, Outcome.LEASED)


def waiting_in_chat(tx: Connection, platform: str, chat_id: str, lane: Lane) -> list[Parcel]:
    """The parcels of a lane that have not left for this chat yet."""
    where = (parcels.c.platform == platform, parcels.c.chat_id == chat_id, parcels.c.lane == lane.rank)
    return find_all(tx, Parcel, parcels, *where, _has_not_left(), order_by=(parcels.c.id,))


def take_back(tx: Connection, ids: Sequence[int], *, now: datetime) -> int:
    """Drop these parcels where they have not left; says how many."""
    return len(_drop(tx, parcels.c.id.in_(ids), now))


def take_back_all_about(tx: Connection, about: str, *, now: datetime) -> set[str]:
    """Drop whatever has not left about this thing; returns the keys of what was dropped."""
    return _drop(tx, and_(parcels.c.about == about, IS_ABOUT_SOMETHING), now)


def _has_not_left() -> ColumnElement[bool]:
    return IS_OPEN & parcels.c.state.in_(NOT_BEGUN) & parcels.c.external_id.is_(None) & (parcels.c.attempts == 0)


def _drop(tx: Connection, where: ColumnElement[bool], now: datetime) -> set[str]:
    # a leased parcel may go too: its holder finds it gone when it says that the sending begins
    statement = (
        update(parcels)
        .where(where, _has_not_left())
        .values(state=Outcome.DROPPED, holder=None, settled_at=now)
        .returning(parcels.c.key)
    )
    return {row.key for row in tx.execute(statement)}
