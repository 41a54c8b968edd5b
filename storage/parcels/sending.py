"""The deliverer's half of the outbox: taking parcels, saying that a request begins, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, and_, case, or_, select, update

from storage.bells import ring
from storage.messages import Lane
from storage.outbox import BELL, IS_OPEN, Outcome, Parcel, parcels
from storage.record import change, selection


def claim(
    tx: Connection, platform: str, *, holder: str, now: datetime, limit: int, lanes: Collection[Lane] = tuple(Lane)
) -> list[Parcel]:
    """Take up to `limit` parcels that may go now, the most urgent lanes first, in the order they were put.

    What nobody has put off may go whatever the time: who put it may have a clock that is ahead of ours.
    """
    ranks = [lane.rank for lane in lanes]
    waiting = (
        select(parcels.c.id)
        .where(
            parcels.c.platform == platform,
            parcels.c.state == Outcome.READY,
            IS_OPEN,
            parcels.c.lane.in_(ranks),
            or_(parcels.c.due_at <= now, parcels.c.due_at == parcels.c.put_at),
        )
        .order_by(parcels.c.lane, parcels.c.id)
        .limit(limit)
    )
    if tx.dialect.name == "postgresql":
        waiting = waiting.with_for_update(skip_locked=True)
    taken = (
        update(parcels)
        .where(parcels.c.id.in_(waiting.scalar_subquery()))
        .values(state=Outcome.LEASED, holder=holder)
        .returning(*selection(Parcel, parcels).selected_columns)
    )
    return sorted((Parcel(*row) for row in tx.execute(taken)), key=lambda parcel: (parcel.lane, parcel.id))


def begin_sending(tx: Connection, ids: Sequence[int], *, holder: str) -> set[int]:
    """Say that the requests begin now; only those returned are still ours to send."""
    statement = (
        update(parcels)
        .where(parcels.c.id.in_(ids), parcels.c.state == Outcome.LEASED, parcels.c.holder == holder)
        .values(state=Outcome.SENDING, attempts=parcels.c.attempts + 1)
        .returning(parcels.c.id)
    )
    return {row.id for row in tx.execute(statement)}


def leave_out(tx: Connection, ids: Sequence[int], *, holder: str, put_before: datetime, now: datetime) -> int:
    """Drop those of ours that were put before that moment: they would come too late to be true."""
    ours = (parcels.c.state == Outcome.LEASED, parcels.c.holder == holder)
    late = (parcels.c.id.in_(ids), parcels.c.put_at < put_before)
    return change(tx, parcels, *late, *ours, state=Outcome.DROPPED, holder=None, settled_at=now)


def settle(tx: Connection, parcel: Parcel, *, external_id: str | None, now: datetime) -> None:
    """The platform took it. A board whose words changed meanwhile goes again."""
    is_latest = parcels.c.version == parcel.version
    statement = (
        update(parcels)
        .where(parcels.c.id == parcel.id)
        .values(
            state=case((is_latest, Outcome.SENT), else_=Outcome.READY),
            external_id=external_id or parcels.c.external_id,
            settled_at=now,
            holder=None,
            trouble=None,
            # a board goes again and again: how often it went says nothing of how hard it is to send
            attempts=case((parcels.c.is_board, 0), else_=parcels.c.attempts),
        )
    )
    tx.execute(statement)
    if parcel.is_board:
        ring(tx, BELL)


def postpone(tx: Connection, ids: Sequence[int], *, until: datetime, trouble: str, chat_id: str | None = None) -> None:
    """Nothing was delivered: it goes again at `until` (to `chat_id`, where the chat has moved)."""
    moved = {} if chat_id is None else {"chat_id": chat_id}
    change(tx, parcels, parcels.c.id.in_(ids), state=Outcome.READY, holder=None, due_at=until, trouble=trouble, **moved)


def release(tx: Connection, holder: str, *, never_sent: Sequence[int] = ()) -> int:
    """Give back what was leased and not begun (a gentle stop); `never_sent`: begun, but the request did not leave."""
    unsent = or_(
        parcels.c.state == Outcome.LEASED, and_(parcels.c.state == Outcome.SENDING, parcels.c.id.in_(never_sent))
    )
    return change(tx, parcels, IS_OPEN, parcels.c.holder == holder, unsent, state=Outcome.READY, holder=None)


def show_anew(tx: Connection, board_id: int, *, trouble: str, now: datetime) -> None:
    """The board's message cannot be changed any more (somebody deleted it): it is said once more, as a new one."""
    values = {"state": Outcome.READY, "holder": None, "external_id": None, "due_at": now, "trouble": trouble}
    change(tx, parcels, parcels.c.id == board_id, **values)
    ring(tx, BELL)


def give_up(tx: Connection, ids: Sequence[int], *, trouble: str, now: datetime) -> None:
    """The platform will never take it."""
    change(tx, parcels, parcels.c.id.in_(ids), state=Outcome.FAILED, holder=None, trouble=trouble, settled_at=now)
