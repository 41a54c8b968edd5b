"""Before a platform's window closes on somebody he is asked to press once: then we may go on writing to him."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, select

from handlers.command import Press
from handlers.local_time import local
from handlers.telling.windows import WINDOWS, Window, close_windows, heard_before
from handlers.visit import Visit
from storage import outbox
from storage.messages import Button, Lane, OutgoingMessage
from storage.prepared import Prepared
from storage.record import change
from storage.records.accounts import accounts

WAKING_HOURS = range(8, 18)
STAY = ((Button("Tôi vẫn nhận tin", "window:stay"),),)


_is_fresh = or_(accounts.c.reminded_at.is_(None), accounts.c.reminded_at < accounts.c.last_heard_at)
_TO_REMIND = Prepared(
    select(accounts.c.id, accounts.c.private_chat_id, accounts.c.last_heard_at).where(
        heard_before(bindparam("platform"), bindparam("moment")), _is_fresh, accounts.c.person_id.is_not(None)
    )
)


def look_after_windows(tx: Connection, now: datetime) -> int:
    """Close what has run out, then remind whose window closes within a day; returns how many were reminded."""
    close_windows(tx, now)
    if local(now).hour not in WAKING_HOURS:
        return 0
    return sum(_remind(tx, platform, window, now) for platform, window in WINDOWS.items())


def _remind(tx: Connection, platform: str, window: Window, now: datetime) -> int:
    rows = _TO_REMIND.all(tx, {"platform": platform, "moment": now - window.reminded_after})
    for account_id, chat_id, last_heard_at in rows:
        closes_at = local(last_heard_at + window.closes_after)
        text = (
            f"{window.name} chỉ cho tôi nhắn anh/chị trong {window.closes_after.days} ngày kể từ lần cuối anh/chị nhắn, "
            f"đến {closes_at:%H:%M ngày %d/%m}. Xin trả lời “Tôi vẫn nhận tin”, hoặc nhắn lại một chữ, để tiếp tục nhận chỉ đạo, nhắc việc và tin khẩn."
        )
        message = OutgoingMessage(platform=platform, chat_id=chat_id, text=text, buttons=STAY)
        key = f"window/{account_id}/{last_heard_at:%Y%m%dT%H%M%S}"
        outbox.put(tx, message, key=key, lane=Lane.REMINDER, now=now, about="window")
        change(tx, accounts, accounts.c.id == account_id, reminded_at=now)
    return len(rows)


def _stay(visit: Visit, _parts: list[str]) -> None:
    """That he pressed was noted when he came in."""
    visit.close_press("Cảm ơn anh/chị. Tôi sẽ tiếp tục nhắn tin.")


PRESSES: dict[str, Press] = {"window": _stay}
