"""Where a record comes from: the words, where and when they were said, and whether later words stand already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.visit import Visit
from storage.messages import Act
from storage.records.check_ins import CheckIn, CheckInState


@dataclass(frozen=True, slots=True)
class Source:
    """The words a check-in was read from, and where they were said."""

    platform: str
    chat_id: str
    message_id: str | None
    said: str
    said_at: datetime | None = None  # by the platform's clock, where it tells: what we hear late is not late
    is_edit: bool = False


def source_of(visit: Visit, *, said: str, message_id: str | None) -> Source:
    """These words, said now by whoever visits us. The moment of a press is ours, and no measure beside the platform's."""
    message = visit.message
    said_at = None if message.is_clocked_here else message.sent_at
    return Source(message.platform, message.chat_id, message_id, said, said_at, is_edit=message.act is Act.EDIT)


def is_overtaken(standing: CheckIn, source: Source) -> bool:
    """Whether what stands was said (or withdrawn) later, though it was heard earlier.

    Two messages of one chat in the same second follow their numbers, where they have such. Unknown: what comes later is later.
    """
    last_said_at = standing.withdrawn_at if standing.state == CheckInState.CANCELLED else standing.said_at
    if source.said_at is None or last_said_at is None:
        return False
    if source.said_at != last_said_at:
        return source.said_at < last_said_at
    return not source.is_edit and _stands_before(source, standing)


def _stands_before(source: Source, standing: CheckIn) -> bool:
    first, second = source.message_id or "", standing.message_id or ""
    is_same_chat = (source.platform, source.chat_id) == (standing.platform, standing.chat_id)
    return is_same_chat and first.isdecimal() and second.isdecimal() and int(first) < int(second)
