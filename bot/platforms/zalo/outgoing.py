"""From the house's message to Zalo's calls; what Zalo cannot show is left out, never an error."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import msgspec

from bot.marked_text import as_plain, compose, split, units
from bot.platform import Attachment, Delivered, DeliveryError, Reason
from bot.platforms.zalo import errors, wire
from bot.platforms.zalo.client import ZaloClient
from bot.platforms.zalo.markup import styled
from bot.platforms.zalo.showcase import Showcase
from storage.messages import Deed, FileKind, OutgoingFile, OutgoingMessage

TEXT_LENGTH = 2000
CAPTION_LENGTH = 2000
PHOTO_TIMEOUT = 150.0  # Zalo fetches the picture itself before it answers
LONGEST_REST = 1_800.0
NOT_SENT: dict[FileKind, str] = {
    "photo": "🖼 Ảnh “{}” không gửi được qua Zalo.",
    "voice": "🎤 Tin thoại “{}” không gửi được qua Zalo.",
}
NO_FILE_SENT = "📎 Tệp “{}” không gửi được qua Zalo."
SPOKEN = ".aac"  # the one kind of sound that Zalo plays
ASK = " Cần xem, xin hỏi Văn phòng."
PERHAPS_THE_TOKEN = {errors.BAD_REQUEST, errors.NOT_FOUND}

SENT = msgspec.json.Decoder(wire.Sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Says one message after the other, through one client."""

    client: ZaloClient
    showcase: Showcase | None
    pause: float  # between the parts of a long message

    async def carry_out(self, message: OutgoingMessage, attachment: Attachment | None) -> Delivered:
        """Do the deed; reactions and the spinner of a button do not exist there. Raises DeliveryError."""
        if message.deed is not Deed.SAY:
            return Delivered(message.reply_to)
        if message.file is None:
            return await self._say(message.chat_id, split(message.text, TEXT_LENGTH))
        address = await self._address_of(message.file, attachment)
        show = self._let_hear if message.file.kind == "voice" else self._show
        shown = await show(message, address) if address is not None else None
        if shown is not None:
            return shown
        note = NOT_SENT.get(message.file.kind, NO_FILE_SENT).format(message.file.name) + ASK
        return await self._say(message.chat_id, split(f"{message.text}\n\n{note}".strip(), TEXT_LENGTH))

    async def _address_of(self, file: OutgoingFile, attachment: Attachment | None) -> str | None:
        """Where Zalo can fetch a picture or voice message: where it came from on Zalo, or a picture hung out by us."""
        if file.kind not in NOT_SENT or attachment is None:
            return None
        if file.kind == "photo" and attachment.content is not None and self.showcase is not None:
            return await self.showcase.hang(attachment.content)
        is_address = (attachment.reference or "").startswith(("http://", "https://"))
        return attachment.reference if is_address else None

    async def _show(self, message: OutgoingMessage, address: str) -> Delivered | None:
        """The picture with its words under it, or before them where they are long; None where Zalo does not take it."""
        words = compose(message.text)
        fits = units(as_plain(words)) <= CAPTION_LENGTH
        shown = await _if_taken(self._send_photo(message.chat_id, address, words if fits else ""))
        if shown is None or fits:
            return shown
        return await self._go_on(message.chat_id, split(words, TEXT_LENGTH))

    async def _let_hear(self, message: OutgoingMessage, address: str) -> Delivered | None:
        """The voice message, then its words; None where Zalo does not take it: in groups it says yes and plays nothing."""
        if message.is_group or not urlsplit(address).path.endswith(SPOKEN):
            return None
        heard = await _if_taken(self._send("sendVoice", {"chat_id": message.chat_id, "voice_url": address}))
        if heard is None or not message.text:
            return heard
        return await self._go_on(message.chat_id, split(message.text, TEXT_LENGTH))

    async def _say(self, chat_id: str, pieces: list[str]) -> Delivered:
        delivered = await self._first(chat_id, pieces[0])
        return await self._go_on(chat_id, pieces[1:]) if len(pieces) > 1 else delivered

    async def _go_on(self, chat_id: str, pieces: list[str]) -> Delivered:
        """The rest of what has begun: a failure now is doubtful, for trying again would double it."""
        delivered = Delivered()
        try:
            for piece in pieces:
                await asyncio.sleep(self.pause)
                delivered = await self._send_text(chat_id, piece)
        except errors.ZaloError as error:
            raise DeliveryError(Reason.UNCERTAIN, f"only in part: {error}") from None
        return replace(delivered, messages=len(pieces))

    async def _first(self, chat_id: str, piece: str) -> Delivered:
        try:
            return await self._send_text(chat_id, piece)
        except errors.RefusedError as error:
            if error.code in PERHAPS_THE_TOKEN and not await self._are_we_known():
                raise DeliveryError(Reason.AWAY, f"{error}, and the bot is not known") from None
            raise errors.meaning_of(error) from None
        except errors.ZaloError as error:
            raise errors.meaning_of(error) from None

    async def _are_we_known(self) -> bool:
        """Zalo has no code for a chat that is closed to us: where we ourselves are refused, it is not the chat."""
        try:
            await self.client.call("getMe")
        except errors.ZaloError:
            return False
        return True

    async def _send_text(self, chat_id: str, marked: str) -> Delivered:
        """With bold; without, where Zalo does not take the styles: plain words are better than none."""
        words = styled(marked)
        plain: dict[str, object] = {"chat_id": chat_id, "text": words.text}
        if not words.bold:
            return await self._send("sendMessage", plain)
        try:
            return await self._send("sendMessage", plain | {"text_styles": words.styles})
        except errors.RefusedError as error:
            if error.code != errors.BAD_REQUEST:
                raise
            return await self._send("sendMessage", plain)

    async def _send_photo(self, chat_id: str, address: str, marked: str) -> Delivered:
        """A picture by its public address."""
        payload = {"chat_id": chat_id, "photo": address}
        if caption := as_plain(marked):
            payload["caption"] = caption
        return await self._send("sendPhoto", payload, patience=PHOTO_TIMEOUT)

    async def _send(self, method: str, payload: Mapping[str, object], *, patience: float = 0) -> Delivered:
        answer = await self.client.call(method, payload, patience=patience)
        try:
            return Delivered(str(SENT.decode(answer).message_id))
        except msgspec.MsgspecError:
            raise errors.NoAnswerError("an answer without a message id") from None


async def _if_taken(sending: Awaitable[Delivered]) -> Delivered | None:
    """None where Zalo does not take it; another refusal is raised as what it means."""
    try:
        return await sending
    except errors.RefusedError as error:
        if error.code in PERHAPS_THE_TOKEN:
            return None
        raise errors.meaning_of(error) from None
    except errors.ZaloError as error:
        raise errors.meaning_of(error) from None
