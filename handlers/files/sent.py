"""A file somebody sent in private: fetched by an errand, and answered where it was sent once it is here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.access import Right
from handlers.telling import Buttons
from handlers.visit import Visit
from storage import errands, outbox
from storage.errands import Errand
from storage.messages import IncomingFile, Lane, OutgoingFile, OutgoingMessage

READING = "Đã nhận tệp, tôi đang đọc."
UNFETCHED = "Tôi không tải được tệp vừa gửi. Xin gửi lại sau ít phút."


def file_to_set_up(visit: Visit, endings: tuple[str, ...]) -> IncomingFile | None:
    """What somebody who may set up has sent in private, where its name ends so."""
    file = visit.message.file
    if file is None or not visit.message.is_private or not visit.may(Right.SET_UP):
        return None
    return file if file.name.lower().endswith(endings) else None


def fetch(visit: Visit, file: IncomingFile, *, topic: str, largest: int, too_large: str) -> None:
    """Have it fetched, outside of this transaction, for the errand of this topic; one of too many bytes is not."""
    if file.size > largest:
        visit.reply(too_large)
        return
    errands.put(
        visit.tx,
        topic=topic,
        platform=visit.message.platform,
        reference=file.reference,
        name=file.name,
        state={"chat_id": visit.message.chat_id},
        now=visit.now,
    )
    visit.reply(READING)


def answer(
    tx: Connection,
    errand: Errand,
    text: str,
    now: datetime,
    *,
    buttons: Buttons = (),
    file: OutgoingFile | None = None,
) -> None:
    """In the chat where the file was sent, once."""
    chat_id = errand.state["chat_id"]
    message = OutgoingMessage(platform=errand.platform, chat_id=chat_id, text=text, buttons=buttons, file=file)
    outbox.put(tx, message, key=f"errand/{errand.id}", lane=Lane.ANSWER, now=now)


def tell_that_it_is_missing(tx: Connection, errand: Errand, now: datetime) -> None:
    answer(tx, errand, UNFETCHED, now)
