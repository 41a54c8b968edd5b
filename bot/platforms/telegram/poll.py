"""The long poll: asks, hands over, and only then confirms; nothing Telegram or the network answers ends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlencode

import msgspec
from telegram import Bot
from telegram.error import Conflict

from bot.platform import NOT_JSON, Identity, Poison, Receive
from bot.platforms.telegram import wire
from bot.platforms.telegram.errors import ForeignAnswerError
from bot.platforms.telegram.incoming import number_of, read_update
from bot.platforms.telegram.line_watch import TelegramLineWatch
from storage.messages import IncomingMessage

BATCH = msgspec.json.Decoder(wire.Batch)
BATCH_SIZE = 100
ESCAPES = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # two halves of a character
    rb"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\.",
    re.DOTALL,
)
HALF_REPLACED = rb"\ufffd"
ALLOWANCE = 10.0  # seconds the network may add to a poll


class Poller:
    """Brings updates in one batch after the other. The offset moves when `receive` has returned, never before."""

    def __init__(self, bot: Bot, me: Identity, watch: TelegramLineWatch, *, timeout: int) -> None:
        self._bot = bot
        self._me = me
        self._watch = watch
        self._timeout = timeout
        self._offset: int | None = None
        self._has_webhook = True  # perhaps left over from another way of running

    async def run(self, receive: Receive) -> None:
        while True:
            try:
                await self._step(receive)
            except Conflict as error:
                self._has_webhook = True
                await self._watch.rest_after(error)
            except Exception as error:  # noqa: BLE001 - the poll outlives every failure; the watch shows it
                await self._watch.rest_after(error)
            else:
                self._watch.succeeded()

    async def _step(self, receive: Receive) -> None:
        if self._has_webhook:
            await self._bot.delete_webhook()
            self._has_webhook = False
        updates = _in_order(await self._ask())
        messages = self._read(updates)
        if messages:
            await receive(messages)
        self._confirm(updates)

    async def _ask(self) -> list[msgspec.Raw]:
        question: dict[str, str | int] = {"timeout": self._timeout, "limit": BATCH_SIZE}
        question["allowed_updates"] = msgspec.json.encode(wire.ALLOWED_UPDATES).decode()
        if self._offset is not None:
            question["offset"] = self._offset
        url = f"{self._bot.base_url}/getUpdates?{urlencode(question)}"
        answer = await self._bot.request.retrieve(url, read_timeout=self._timeout + ALLOWANCE)
        try:
            return BATCH.decode(answer).result
        except NOT_JSON:
            return _mended(answer)

    def _read(self, updates: Sequence[msgspec.Raw]) -> list[IncomingMessage | Poison]:
        now = self._watch.now()
        messages = (read_update(bytes(update), self._me, now) for update in updates)
        return [message for message in messages if message is not None]

    def _confirm(self, updates: Sequence[msgspec.Raw]) -> None:
        numbers = [number for update in updates if (number := number_of(bytes(update))) is not None]
        if numbers:
            self._offset = max(numbers) + 1
        elif updates:
            raise ForeignAnswerError("updates without numbers")


def _in_order(updates: list[msgspec.Raw]) -> list[msgspec.Raw]:
    """By their numbers, whatever a relay has made of them: the later word of a chat is the one that counts."""
    return sorted(updates, key=lambda update: number_of(bytes(update)) or 0)


def _mended(answer: bytes) -> list[msgspec.Raw]:
    """The updates of an answer in which half a character spoils all: asked again it would come again, for ever."""
    whole = ESCAPES.sub(lambda found: HALF_REPLACED if found["half"] else found[0], answer)
    try:
        return BATCH.decode(whole).result
    except NOT_JSON:
        raise ForeignAnswerError("a poll answered without updates") from None
