"""A picture, film or voice message that came without words and belonged to nothing: kept for the urgent event told next."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from handlers.files.kinds import Seen, seen_as
from handlers.visit import Visit
from storage.messages import IncomingFile
from storage.records.dialogues import Dialogue

TOPIC = "shown"
PATIENCE = timedelta(minutes=30)
THEN_TELL = " Việc khẩn thì gõ một câu, ví dụ “cháy ở trường …”: tôi chuyển ngay cho lãnh đạo kèm {what} này."


def keep_shown(visit: Visit) -> str:
    """What to do to have it passed on; empty where it is nothing to look at or listen to."""
    file = visit.message.file
    if file is None or seen_as(file) is Seen.FILE or not visit.message.is_private:
        return ""
    if visit.dialogue() is None or shown_before(visit) is not None:
        state = {"file": msgspec.to_builtins(file)}
        visit.keep(Dialogue(topic=TOPIC, state=state, expires_at=visit.now + PATIENCE))
    return THEN_TELL.format(what=seen_as(file))


def shown_before(visit: Visit) -> IncomingFile | None:
    """What he sent in this chat a while ago, without words."""
    dialogue = visit.dialogue()
    if dialogue is None or dialogue.topic != TOPIC:
        return None
    return msgspec.convert(dialogue.state["file"], IncomingFile)
