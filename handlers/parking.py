"""Updates that could not be handled: the office hears of them, and may have them tried again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from handlers.local_time import local
from handlers.telling import tell_office
from storage import inbox
from storage.messages import IncomingMessage, Lane


def tell_of_parked(tx: Connection, now: datetime) -> None:
    """At most once an hour: that something waits, and what to do about it."""
    hour = local(now).strftime("%Y-%m-%dT%H")
    text = (
        "⚠️ Có tin gửi tới mà tôi chưa xử lý được; tin đã được giữ nguyên, không mất. "
        "Xin quản trị xem bằng lệnh /tinloi và chọn “Thử lại tất cả”."
    )
    tell_office(tx, text, key=f"parked/{hour}", lane=Lane.ANSWER, now=now)


def try_again(
    tx: Connection, parked: inbox.Parked, now: datetime, answer: Callable[[Connection, IncomingMessage, datetime], None]
) -> bool:
    """Handle a parked message now, in this transaction; false if it cannot even be read or somebody was faster."""
    try:
        message = msgspec.json.decode(parked.raw, type=IncomingMessage)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    if not inbox.unpark(tx, platform=parked.platform, bot=parked.bot, key=parked.key):
        return False
    answer(tx, message, now)
    return True
