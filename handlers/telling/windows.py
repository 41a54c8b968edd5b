"""Platforms that let us write to a person only for some days after he last wrote or pressed: when each was last heard."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, or_, select

from storage.messages import Act, IncomingMessage
from storage.prepared import Prepared
from storage.record import change
from storage.records.accounts import accounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Counted from the person's last words there."""

    name: str  # of the platform, as people call it
    reminded_after: timedelta
    closes_after: timedelta


WINDOWS = {"zalo_oa": Window(name="Zalo OA", reminded_after=timedelta(days=6), closes_after=timedelta(days=7))}
"""Official Account API, "CS" messages: refused (-230) from the eighth day on."""
HEARD = (Act.TEXT, Act.PRESS, Act.UNSUPPORTED)


def note_heard(tx: Connection, message: IncomingMessage) -> None:
    """He wrote or pressed in private: the window stands open anew. What comes late opens it from when it was said."""
    if message.platform not in WINDOWS or not message.is_private or message.act not in HEARD:
        return
    is_newer = or_(accounts.c.last_heard_at.is_(None), accounts.c.last_heard_at < message.sent_at)
    where = (accounts.c.platform == message.platform, accounts.c.external_id == message.user_id, is_newer)
    change(tx, accounts, *where, last_heard_at=message.sent_at)


def heard_before(platform: str | BindParameter[str], moment: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Accounts that can still be written to there and have been silent since."""
    is_theirs = (accounts.c.platform == platform) & accounts.c.is_reachable & accounts.c.private_chat_id.is_not(None)
    return is_theirs & (accounts.c.last_heard_at <= moment)


def close_windows(tx: Connection, now: datetime) -> int:
    """Whoever has been silent too long is out of reach there, known before anything is sent; his next word wakes him."""
    if not windows_to_close(tx, now):  # nearly always: and who only looks must not write
        return 0
    return sum(
        change(tx, accounts, heard_before(platform, now - window.closes_after), is_reachable=False)
        for platform, window in WINDOWS.items()
    )


_TO_CLOSE = Prepared(select(accounts.c.id).where(heard_before(bindparam("platform"), bindparam("moment"))).limit(1))


def windows_to_close(tx: Connection, now: datetime) -> bool:
    """Somebody has been silent too long and is still taken for reachable."""
    return any(
        _TO_CLOSE.first(tx, {"platform": platform, "moment": now - window.closes_after})
        for platform, window in WINDOWS.items()
    )


def why_out_of_reach(tx: Connection, person_ids: Collection[int], now: datetime) -> str:
    """The platforms whose window has closed for one of these people, as a reason; empty where that is not why."""
    closed = [
        f"quá {window.closes_after.days} ngày chưa nhắn {window.name}"
        for platform, window in WINDOWS.items()
        if _any_closed(tx, person_ids, platform, now - window.closes_after)
    ]
    return ", ".join(closed)


def _any_closed(tx: Connection, person_ids: Collection[int], platform: str, moment: datetime) -> bool:
    silent = (accounts.c.platform == platform, accounts.c.last_heard_at <= moment, ~accounts.c.is_reachable)
    statement = select(accounts.c.id).where(*silent, accounts.c.person_id.in_(person_ids)).limit(1)
    return tx.execute(statement).first() is not None
