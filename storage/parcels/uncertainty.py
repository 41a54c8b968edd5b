"""Parcels that may have gone out or not: what may be repeated goes again, the rest waits for somebody's decision."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, or_

from storage.bells import ring
from storage.messages import Deed, Lane
from storage.outbox import BELL, IS_OPEN, OPEN, Outcome, Parcel, parcels
from storage.record import change, find_all, find_one


def _may_repeat() -> ColumnElement[bool]:
    """Harmless when done twice: an edit of a board that has its id, a reaction, the end of a press; and alerts must."""
    idempotent = or_(parcels.c.deed != Deed.SAY, and_(parcels.c.is_board, parcels.c.external_id.is_not(None)))
    return or_(idempotent, parcels.c.lane == Lane.ALERT.rank)


def leave_uncertain(
    tx: Connection, where: ColumnElement[bool], *, trouble: str, again_at: datetime | None = None
) -> int:
    """It may have gone out or not: what may be repeated goes again (marked, at `again_at`), the rest waits for a decision.

    Returns how many now wait for one.
    """
    again = {} if again_at is None else {"due_at": again_at}
    change(
        tx, parcels, where, _may_repeat(), state=Outcome.READY, holder=None, repeats=parcels.c.repeats + 1,
        trouble=trouble, **again,
    )  # fmt: skip
    ring(tx, BELL)
    return change(tx, parcels, where, ~_may_repeat(), state=Outcome.UNCERTAIN, holder=None, trouble=trouble)


def are(ids: Sequence[int]) -> ColumnElement[bool]:
    return parcels.c.id.in_(ids)


def take_over(tx: Connection, platform: str, *, holder: str) -> int:
    """Become the one deliverer of a platform: what the one before had only leased is ready again, what it may
    have sent is uncertain. Returns how many parcels wait for a decision."""
    regain(tx, platform, holder=holder)
    of_others = _of_others(platform, holder)
    return leave_uncertain(tx, and_(of_others, parcels.c.state == Outcome.SENDING), trouble="stopped while sending")


def regain(tx: Connection, platform: str, *, holder: str) -> int:
    """The one deliverer makes ready what somebody else has leased: that one is dead, or was and will not begin it.

    Again and again: PostgreSQL may still be committing the lease of a killed process when its follower takes over.
    """
    leased = (_of_others(platform, holder), parcels.c.state == Outcome.LEASED)
    return change(tx, parcels, *leased, state=Outcome.READY, holder=None)


def _of_others(platform: str, holder: str) -> ColumnElement[bool]:
    is_others = or_(parcels.c.holder.is_(None), parcels.c.holder != holder)
    return and_(parcels.c.platform == platform, IS_OPEN, is_others)


def uncertain(tx: Connection) -> list[Parcel]:
    return find_all(tx, Parcel, parcels, parcels.c.state == Outcome.UNCERTAIN, order_by=(parcels.c.id,))


def is_word_of_it_stuck(tx: Connection, key: str, *, since: datetime) -> bool:
    """Whether a message whose key begins so was put since then and has not arrived for sure."""
    stuck = parcels.c.state.in_((*OPEN, Outcome.UNCERTAIN))
    return find_one(tx, Parcel, parcels, parcels.c.key.startswith(key), stuck, parcels.c.put_at > since) is not None


def decide(tx: Connection, parcel_id: int, *, send_again: bool, now: datetime) -> bool:
    """Somebody decided about an uncertain parcel; false if it was decided already."""
    ring(tx, BELL)
    target = Outcome.READY if send_again else Outcome.DROPPED
    where = (parcels.c.id == parcel_id, parcels.c.state == Outcome.UNCERTAIN)
    settled_at = None if send_again else now  # what is settled is forgotten one day
    values = {"state": target, "due_at": parcels.c.put_at, "settled_at": settled_at}
    return change(tx, parcels, *where, repeats=parcels.c.repeats + 1, **values) == 1
