"""From the house's message to the Official Account's calls, with the fallbacks that keep an alert from being lost to a detail."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
import structlog

from bot.marked_text import as_plain, split
from bot.platform import Attachment, Delivered, DeliveryError, Reason
from bot.platforms.zalo_oa import errors, wire
from bot.platforms.zalo_oa.client import OaClient
from bot.platforms.zalo_oa.incoming import PRESS_MARK
from bot.platforms.zalo_oa.uploads import Uploads, kind_of
from storage.messages import Button, Deed, FileKind, OutgoingFile, OutgoingMessage

TEXT_LENGTH = 2000
TITLE_LENGTH = 100
MOST_BUTTONS = 5
MORE = "Lựa chọn khác:"
NOT_SHOWN = "📎 {name}: Zalo OA chỉ nhận ảnh đến 1 MB và tệp PDF, DOC, DOCX, CSV đến 5 MB; xin lấy tệp ở Văn phòng."
SEEN_AT: dict[FileKind, str] = {"video": "🎬 Xem phim tại", "voice": "🎤 Nghe tin thoại tại"}
MENTION = re.compile(r"\[@(\w+)\]")
"""In a group these words would call that person, or everybody."""

V3, V2, GROUP = "/v3.0/oa/message/cs", "/v2.0/oa/message", "/v3.0/oa/group/message"
SENT = msgspec.json.Decoder(wire.Sent)

Step = Callable[[], Awaitable[Delivered]]

log = structlog.get_logger()


class Sender:
    """Says one message after the other, through one client."""

    def __init__(self, client: OaClient, now: Callable[[], datetime], *, pause: float) -> None:
        self._client = client
        self._now = now
        self._pause = pause
        self._uploads = Uploads(client)
        self._private_path = V3  # state agencies' accounts know only the older one

    async def carry_out(self, message: OutgoingMessage, attachment: Attachment | None) -> Delivered:
        """Do the deed; raises OaError, or DeliveryError where only a part went through."""
        match message.deed:
            case Deed.REACT:
                return Delivered(message.reply_to)
            case Deed.CLOSE_PRESS if not as_plain(message.text).strip():
                return Delivered()
            case _:
                return await self._say(message, attachment)

    async def _say(self, message: OutgoingMessage, attachment: Attachment | None) -> Delivered:
        """The file ahead, then the words in parts; the buttons stand under the last part."""
        steps, words = await self._steps_for_file(message, attachment)
        steps += self._steps_for_words(message, words)
        delivered = await steps[0]()
        try:
            for step in steps[1:]:
                await asyncio.sleep(self._pause)
                delivered = await step()
        except errors.OaError as error:
            raise DeliveryError(Reason.UNCERTAIN, f"only in part: {error}") from None
        return delivered

    async def _steps_for_file(self, message: OutgoingMessage, attachment: Attachment | None) -> tuple[list[Step], str]:
        file = message.file
        if file is None:
            return [], message.text
        content = None if file.kind in SEEN_AT else await self._uploads.content_of(attachment)
        kind = None if content is None else kind_of(file, content)
        if content is None or kind is None:
            note = _where_it_is(file, attachment) or NOT_SHOWN.format(name=file.name)
            return [], f"{message.text}\n\n{note}".strip()

        async def send() -> Delivered:
            try:
                shown = await self._uploads.attached(file, content, kind, self._now())
                return await self._send(message, {"attachment": shown})
            except errors.RefusedError as error:
                if error.code != errors.UPLOAD_EXPIRED:
                    raise
            self._uploads.forget(file, content)
            shown = await self._uploads.attached(file, content, kind, self._now())
            return await self._send(message, {"attachment": shown})

        return [send], message.text

    def _steps_for_words(self, message: OutgoingMessage, words: str) -> list[Step]:
        pieces = split(words, TEXT_LENGTH) if as_plain(words).strip() else []
        groups = _in_fives(message)
        if groups and not pieces:
            pieces = [MORE]
        bodies: list[dict[str, Any]] = [{"text": self._plain(message, piece)} for piece in pieces]
        if groups:
            bodies[-1] |= {"attachment": _buttons(groups[0])}
            bodies += [{"text": MORE, "attachment": _buttons(group)} for group in groups[1:]]
        if message.reply_to and bodies and not message.is_group:
            bodies[0] |= {"quote_message_id": message.reply_to}
        return [partial(self._send_quoting, message, body) for body in bodies]

    def _plain(self, message: OutgoingMessage, piece: str) -> str:
        words = as_plain(piece)
        return MENTION.sub(r"@\1", words) if message.is_group else words

    async def _send_quoting(self, message: OutgoingMessage, body: dict[str, Any]) -> Delivered:
        """What was answered may be gone: the words go out all the same."""
        try:
            return await self._send(message, body)
        except errors.RefusedError as error:
            if error.code != errors.BAD_PARAMETER or "quote_message_id" not in body:
                raise
        return await self._send(message, {name: part for name, part in body.items() if name != "quote_message_id"})

    async def _send(self, message: OutgoingMessage, body: dict[str, Any]) -> Delivered:
        if message.is_group:
            return await self._post(GROUP, {"group_id": message.chat_id}, body)
        recipient = {"user_id": message.chat_id}
        path = self._private_path
        try:
            return await self._post(path, recipient, body)
        except errors.RefusedError as error:
            # Only these two codes tell that nothing was sent because of the path; after any other it may have been.
            if (path, error.code) not in {(V3, errors.TYPE_UNSUPPORTED), (V2, errors.V2_SHUT)}:
                raise
        other = V2 if path == V3 else V3
        delivered = await self._post(other, recipient, body)
        self._private_path = other
        log.info("zalo_oa_other_path", path=other)
        return delivered

    async def _post(self, path: str, recipient: dict[str, str], body: dict[str, Any]) -> Delivered:
        answer = await self._client.post(path, {"recipient": recipient, "message": body})
        try:
            return Delivered(str(SENT.decode(answer).message_id) or None)
        except msgspec.MsgspecError:
            raise errors.NoAnswerError("an answer without a message id") from None


def _where_it_is(file: OutgoingFile, attachment: Attachment | None) -> str:
    """A film or voice message is not taken here, but whoever has the address of one that came from Zalo can open it."""
    address = attachment.reference if attachment is not None else None
    is_address = file.kind in SEEN_AT and (address or "").startswith(("http://", "https://"))
    return f"{SEEN_AT[file.kind]}: {address}" if is_address else ""


def _in_fives(message: OutgoingMessage) -> list[Sequence[Button]]:
    buttons = [button for row in message.buttons for button in row] if not message.is_group else []
    return [buttons[start : start + MOST_BUTTONS] for start in range(0, len(buttons), MOST_BUTTONS)]


def _buttons(buttons: Sequence[Button]) -> dict[str, Any]:
    shown = [
        {"title": button.text[:TITLE_LENGTH], "type": "oa.query.hide", "payload": PRESS_MARK + button.data}
        for button in buttons
    ]
    return {"type": "template", "payload": {"buttons": shown}}
