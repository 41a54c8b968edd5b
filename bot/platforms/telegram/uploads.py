"""Sending a file: by its reference where Telegram knows it, else by its bytes, once."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any, Protocol

from telegram import Bot, InputFile, Message
from telegram.error import BadRequest

from bot.platform import Attachment
from bot.platforms.telegram import errors
from storage.messages import FileKind, OutgoingFile

PHOTO_BYTES = 10_000_000


class Attempt(Protocol):
    """One call with the file in it; everything else of the message is bound already."""

    def __call__(self, call: Any, **content: Any) -> Awaitable[Message]: ...


async def send(bot: Bot, file: OutgoingFile, attachment: Attachment | None, attempt: Attempt) -> Message:
    reference = file.reference or (attachment.reference if attachment else None)
    content = attachment.content if attachment else None
    if reference is not None:
        try:
            return await _send_known(bot, file, reference, attempt)
        except BadRequest as error:
            if content is None or not errors.speaks_of(error, errors.STALE_REFERENCE):
                raise
    if content is None:
        raise BadRequest("file without bytes and without reference")
    return await _upload(bot, file, content, attempt)


async def _send_known(bot: Bot, file: OutgoingFile, reference: str, attempt: Attempt) -> Message:
    try:
        return await _send_as(bot, file.kind, reference, attempt)
    except BadRequest as error:
        # A picture that once had to go as a document is a document for good.
        if file.kind != "photo" or not errors.speaks_of(error, errors.KIND_OF_FILE):
            raise
        return await _send_as(bot, "document", reference, attempt)


async def _upload(bot: Bot, file: OutgoingFile, content: bytes, attempt: Attempt) -> Message:
    upload = InputFile(content, filename=file.name)
    if file.kind == "photo" and len(content) <= PHOTO_BYTES:
        try:
            return await _send_as(bot, "photo", upload, attempt)
        except BadRequest as error:
            if not errors.speaks_of(error, errors.NOT_A_PHOTO):
                raise
    return await _send_as(bot, "document", upload, attempt)


async def _send_as(bot: Bot, kind: FileKind, file: str | InputFile, attempt: Attempt) -> Message:
    """By the call of its kind: what is kept as a film is refused as a document."""
    if kind == "document":
        return await attempt(bot.send_document, document=file, disable_content_type_detection=True)
    return await attempt(getattr(bot, f"send_{kind}"), **{kind: file})


def reference_in(sent: Message) -> str | None:
    """The reference under which Telegram keeps what was sent."""
    if sent.photo:
        return sent.photo[-1].file_id
    return sent.document.file_id if sent.document else None
