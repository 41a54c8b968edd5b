"""SMS through an HTTP gateway: the last way to a person's telephone; nobody writes to us this way."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.line_watch import LineWatch
from bot.platform import Attachment, Delivered, DeliveryError, Identity, Limits, Menu, Reason, Receive
from bot.platforms.sms import errors
from bot.platforms.sms.gateway import Gateway, holds, request_of, told
from bot.platforms.sms.words import EACH_PART, fit
from storage.messages import Deed, OutgoingMessage

NAME = "sms"
MOBILE = re.compile(r"0[35789]\d{8}")
ANSWER_BYTES = 100_000
REST = 30.0  # seconds, where the gateway says "too fast" and no more
PARTS = 3


class SmsPlatform:
    """One account at a gateway. A telephone number (0912345678) is the chat's id."""

    name = NAME

    def __init__(
        self, *, gateway: Gateway, now: Callable[[], datetime], keeps_diacritics: bool = False, parts: int = PARTS
    ) -> None:
        self.limits = Limits(
            text_length=EACH_PART * parts,
            per_second=3,
            chat_interval=2.0,
            group_per_minute=20,
            has_buttons=False,
            has_edits=False,
            has_reactions=False,
            shows_reply_target=False,
        )
        self._gateway = gateway
        self._keeps_diacritics = keeps_diacritics
        self._parts = parts
        self._watch = LineWatch(NAME, now, sentence_for=str)
        self._session: aiohttp.ClientSession | None = None

    @property
    def trouble(self) -> str | None:
        return self._watch.trouble

    async def start(self) -> Identity:
        sender = self._gateway.sender or "SMS"
        return Identity(platform=NAME, account=sender, username=sender, display_name=sender)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:  # noqa: ARG002 - nobody calls us
        return ()

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - nothing comes in
        await asyncio.Event().wait()

    async def deliver(
        self,
        message: OutgoingMessage,
        *,
        edits: str | None = None,
        attachment: Attachment | None = None,  # noqa: ARG002 - telephones take words only
    ) -> Delivered:
        if message.deed is not Deed.SAY or edits is not None:
            raise DeliveryError(Reason.REFUSED, "short messages can neither be changed nor pressed")
        if not MOBILE.fullmatch(message.chat_id):
            raise DeliveryError(Reason.UNREACHABLE, "no mobile number")
        text = fit(message.text, parts=self._parts, keeps_diacritics=self._keeps_diacritics)
        request = request_of(self._gateway, phone=message.chat_id, text=text, our_id=uuid.uuid4().hex)
        status, headers, body = await self._ask(request)
        if not 200 <= status < 300:
            raise self._refusal(status, headers)
        delivered = Delivered(self._read(body))
        self._watch.succeeded()
        return delivered

    async def download(self, reference: str) -> bytes:  # noqa: ARG002 - there is nothing to fetch
        raise DeliveryError(Reason.REFUSED, "nobody sends files this way")

    async def probe(self) -> None:
        """No gateway has a harmless call: after the pause one message is tried."""

    async def announce_commands(self, menus: Sequence[Menu]) -> None: ...

    async def _ask(self, request: dict[str, Any]) -> tuple[int, str | None, bytes]:
        """Status, how long to rest, and the body; DeliveryError where none came."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._gateway.timeout))
        gateway = self._gateway
        try:
            async with self._session.request(gateway.method, gateway.url, allow_redirects=False, **request) as answer:
                body = await answer.content.read(ANSWER_BYTES)
                return answer.status, answer.headers.get("Retry-After"), body
        except errors.NOTHING_SENT as error:
            self._watch.worry(errors.CANNOT_CONNECT, error=type(error).__name__)
            raise DeliveryError(Reason.AWAY, type(error).__name__) from None
        except errors.NO_ANSWER as error:
            self._watch.worry(errors.IN_TROUBLE, error=type(error).__name__)
            raise DeliveryError(Reason.UNCERTAIN, type(error).__name__) from None

    def _refusal(self, status: int, rest: str | None) -> DeliveryError:
        sentence, reason = errors.sentence_for(status), errors.meaning_of(status)
        if sentence is not None:
            self._watch.worry(sentence, error=f"status {status}")
        seconds = float(rest) if rest and rest.isdecimal() else REST
        return DeliveryError(reason, f"status {status}", retry_after=seconds if reason is Reason.WAIT else None)

    def _read(self, body: bytes) -> str | None:
        """The gateway's number of the message; DeliveryError where its answer does not say that it was taken."""
        gateway = self._gateway
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if gateway.busy and holds(answer, gateway.busy):
            self._watch.worry(errors.IN_TROUBLE, error="answer says busy")
            raise DeliveryError(Reason.AWAY, "the answer says: not now")
        if gateway.success and not holds(answer, gateway.success):
            code = told(answer, gateway.success.partition("=")[0])
            raise DeliveryError(
                Reason.UNCERTAIN if code is None else Reason.REFUSED, f"the answer says {(code or 'nothing')[:40]}"
            )
        number = told(answer, gateway.id_field) if gateway.id_field else None
        return None if number is None else number[:64]
