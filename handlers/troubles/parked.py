"""Updates that could not be handled: the office hears of them, and may have them tried again; a forged press is no such.

Each is tried again by an errand of its own, so that one that fails anew stays parked alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, select

from handlers.errand import ErrandKind
from handlers.local_time import local
from handlers.telling import tell_office
from handlers.visit import Visit
from handlers.wording import OLD_BUTTON
from storage import errands, inbox
from storage.errands import Errand
from storage.messages import Act, IncomingMessage, Lane
from storage.outbox import parcels

TOPIC = "parked_update"

Answer = Callable[[Connection, IncomingMessage, datetime], None]
"""How a message is answered: the front desk, which stands above us."""


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


def ask_to_try_again(tx: Connection, parked: inbox.Parked, now: datetime) -> None:
    state = {"platform": parked.platform, "bot": parked.bot, "key": parked.key}
    errands.put(tx, topic=TOPIC, state=state, now=now)


def errand_of(answer: Answer) -> ErrandKind:
    """The errand's work, once somebody says how a message is answered."""

    def run(tx: Connection, errand: Errand, _content: bytes, now: datetime) -> None:
        state = errand.state
        for parked in inbox.parked(tx):
            if (parked.platform, parked.bot, parked.key) == (state["platform"], state["bot"], state["key"]):
                try_again(tx, parked, now, answer)

    return ErrandKind(topic=TOPIC, handle=run)


def try_again(tx: Connection, parked: inbox.Parked, now: datetime, answer: Answer) -> bool:
    """Handle a parked message now, in this transaction; false if it cannot even be read or somebody was faster."""
    try:
        message = msgspec.json.decode(parked.raw, type=IncomingMessage)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    if not inbox.unpark(tx, platform=parked.platform, bot=parked.bot, key=parked.key):
        return False
    answer(tx, message, now)
    return True
