"""From the house's message to Zalo's calls; what Zalo cannot show is left out, never an error."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bot.platform import Attachment, Delivered, DeliveryError, Reason
from bot.platforms.zalo import errors, wire
from bot.platforms.zalo.client import ZaloClient
from bot.platforms.zalo.markup import as_plain, split, styled, units
from storage.messages import Deed, OutgoingMessage

TEXT_LENGTH = 2000
CAPTION_LENGTH = 2000
PHOTO_TIMEOUT = 150.0  # Zalo fetches the picture itself before it answers
PAUSE_BETWEEN_PARTS = 1.0
PERHAPS_THE_TOKEN = {errors.BAD_REQUEST, errors.NOT_FOUND}

SENT = msgspec.json.Decoder(wire.Sent)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Says one message after the other, through one client."""

    client: ZaloClient
    pause: float = PAUSE_BETWEEN_PARTS

    async def carry_out(self, message: OutgoingMessage, attachment: Attachment | None) -> Delivered:
        """Do the deed; reactions and the spinner of a button do not exist there. Raises DeliveryError."""
        del attachment
        if message.deed is not Deed.SAY:
            return Delivered(message.reply_to)
        return await self._say(message.chat_id, split(message.text, TEXT_LENGTH))

    async def _say(self, chat_id: str, pieces: list[str]) -> Delivered:
        delivered = await self._first(chat_id, pieces[0])
        try:
            for piece in pieces[1:]:
                await asyncio.sleep(self.pause)
                delivered = await self._send_text(chat_id, piece)
        except errors.ZaloError as error:
            raise DeliveryError(Reason.UNCERTAIN, f"only in part: {error}") from None
        return delivered

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

    async def send_photo(self, chat_id: str, address: str, marked: str) -> Delivered:
        """A picture by its public address; the words under it where they fit."""
        caption = as_plain(marked)
        payload = {"chat_id": chat_id, "photo": address}
        if caption and units(caption) <= CAPTION_LENGTH:
            payload["caption"] = caption
        return await self._send("sendPhoto", payload, patience=PHOTO_TIMEOUT)

    async def _send(self, method: str, payload: Mapping[str, object], *, patience: float = 0) -> Delivered:
        answer = await self.client.call(method, payload, patience=patience)
        try:
            return Delivered(str(SENT.decode(answer).message_id))
        except msgspec.MsgspecError:
            raise errors.NoAnswerError("an answer without a message id") from None
