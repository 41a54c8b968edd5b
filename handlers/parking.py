"""Updates that could not be handled: the office hears of them, and may have them tried again; a forged press is no such."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from handlers.local_time import local
from handlers.telling import tell_office
from handlers.visit import Visit
from handlers.wording import OLD_BUTTON
from storage import inbox
from storage.messages import Act, IncomingMessage, Lane
from storage.outbox import parcels


def tell_of_parked(tx: Connection, now: datetime) -> None:
    """At most once an hour: that something waits, and what to do about it."""
    hour = local(now).strftime("%Y-%m-%dT%H")
    text = (
        "⚠️ Có tin gửi tới mà tôi chưa xử lý được; tin đã được giữ nguyên, không mất. "
        "Xin quản trị xem bằng lệnh /tinloi và chọn “Thử lại tất cả”."
    )
    tell_office(tx, text, key=f"parked/{hour}", lane=Lane.ANSWER, now=now)


def refuse_forged(tx: Connection, message: IncomingMessage, now: datetime) -> bool:
    """A press of something that was never offered in that chat: an altered app can send any. It is refused, not kept."""
    if message.act != Act.PRESS or _was_offered(tx, message):
        return False
    if inbox.is_new(tx, message.platform, message.bot, message.key, now):
        Visit(tx=tx, now=now, message=message).close_press(OLD_BUTTON)
    return True


def _was_offered(tx: Connection, message: IncomingMessage) -> bool:
    data = msgspec.json.encode(message.pressed).decode()
    here = (parcels.c.platform == message.platform, parcels.c.chat_id == message.chat_id)
    offers = select(parcels.c.id).where(*here, parcels.c.payload.contains(f'"data":{data}', autoescape=True))
    return tx.execute(offers.limit(1)).first() is not None


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
