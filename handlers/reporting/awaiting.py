"""A correction heard before the words it corrects: it waits for them, half an hour, and is taken right behind them.

So two deliveries of one chat that cross on their way, or a first one that the platform had to try again, end as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import msgspec

from handlers.command import Continue
from handlers.local_time import local
from handlers.visit import Visit
from storage.messages import Act
from storage.records.dialogues import Dialogue
from understanding import read
from understanding.phrases.normalize import fold

TOPIC = "awaiting"
PATIENCE = timedelta(minutes=30)
SIGNS = re.compile(r"\b(?:nham|dinh chinh|sua|rut|khong phai|ko phai|huy)\b")
AFTER = ("after:count", "after:travel", "after:presence", "after:symptom")
NOTHING_TO_CORRECT = (
    "Tôi chưa thấy bản nào để sửa theo câu này. Nếu tin trước đó còn trên đường tới, tôi sẽ sửa khi nhận được; "
    "nếu không, xin nhắn lại đủ nội dung."
)


@dataclass(frozen=True, slots=True)
class Awaiting:
    """The correction as it was said."""

    text: str
    said_at: datetime
    message_id: str | None


def await_original(visit: Visit) -> bool:
    """Keep words that can only be a correction, where nothing was there to correct; false if they are none."""
    message = visit.message
    is_place = message.is_private or (visit.room is not None and visit.room.unit_id is not None)
    if message.act is not Act.TEXT or not is_place or not _is_correction(visit) or _has_open_question(visit):
        return False
    awaiting = Awaiting(message.text, visit.said_at, message.message_id)
    visit.keep(Dialogue(topic=TOPIC, state=msgspec.to_builtins(awaiting), expires_at=visit.now + PATIENCE))
    if message.is_private:
        visit.reply(NOTHING_TO_CORRECT)
    return True


def _is_correction(visit: Visit) -> bool:
    text = visit.message.text
    if SIGNS.search(fold(text)) is None:
        return False
    readings = (read(text, local(visit.said_at), after) for after in AFTER)
    return any(report.kind == "correction" for reading in readings for report in reading.reports)


def _has_open_question(visit: Visit) -> bool:
    open_one = visit.dialogue()
    return open_one is not None and open_one.topic != TOPIC


def _notice(visit: Visit, state: dict[str, Any]) -> bool:
    """Words said before the correction that waits: they are heard as ever, and it is taken behind them."""
    if visit.message.sent_at <= msgspec.convert(state, Awaiting).said_at:
        visit.awaited_by = state
    return False


def take_behind(visit: Visit, hear: Callable[[], bool]) -> None:
    """Hear the correction that waited for the words of now, as it was said."""
    awaiting = msgspec.convert(visit.awaited_by, Awaiting)
    message, visit.awaited_by = visit.message, None
    visit.message = replace(
        message,
        text=awaiting.text,
        sent_at=awaiting.said_at,
        message_id=awaiting.message_id,
        reply_to=None,
        file=None,
    )
    hear()
    visit.message = message


DIALOGUES: dict[str, Continue] = {TOPIC: _notice}
