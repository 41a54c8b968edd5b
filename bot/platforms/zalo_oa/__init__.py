"""Zalo Official Account: private messages with buttons, groups of its own (GMF), events by webhook, tokens that rotate."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import msgspec
import structlog
from aiohttp import web

from bot.line_watch import LineWatch
from bot.marked_text import clean
from bot.platform import Attachment, Delivered, DeliveryError, Identity, Limits, Menu, Reason, Receive
from bot.platforms.zalo_oa import outgoing, wire
from bot.platforms.zalo_oa.client import OaClient
from bot.platforms.zalo_oa.errors import ForeignAnswerError, NoAnswerError, OaError, meaning_of, sentence_for
from bot.platforms.zalo_oa.incoming import NAME
from bot.platforms.zalo_oa.names import Names
from bot.platforms.zalo_oa.timing import USUAL, Timing
from bot.platforms.zalo_oa.tokens import TokenStore
from bot.platforms.zalo_oa.webhook import Webhook
from storage.messages import IncomingMessage, OutgoingMessage

LIMITS = Limits(
    text_length=outgoing.TEXT_LENGTH,
    per_second=20,
    chat_interval=0.5,
    group_per_minute=60,
    has_buttons=True,
    has_group_buttons=False,
    has_edits=False,
    has_reactions=False,
    shows_reply_target=True,
)
DOWNLOAD_BYTES = 20_000_000
NOT_HAD = "Tệp gửi qua Zalo OA không còn tải về được; đề nghị gửi lại."
REMEMBERED = 5_000
ACCOUNT = msgspec.json.Decoder(wire.Account)

log = structlog.get_logger()


class ZaloOaPlatform:
    """One Official Account. It is called by Zalo; it cannot poll."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        *,
        app_id: str,
        app_secret: str,
        store: TokenStore,
        now: Callable[[], datetime],
        first_refresh_token: str | None = None,
        webhook_url: str | None = None,
        webhook_key: str | None = None,
        base_url: str = "https://openapi.zalo.me",
        oauth_url: str = "https://oauth.zaloapp.com",
        timing: Timing = USUAL,
    ) -> None:
        self._store = store
        self._first = first_refresh_token
        self._client = OaClient(
            store,
            app_id=app_id,
            app_secret=app_secret,
            base_url=base_url,
            oauth_url=oauth_url,
            now=now,
            read_timeout=timing.read_timeout,
        )
        self._watch = LineWatch(
            NAME, now, sentence_for=lambda error: sentence_for(error) or str(error), pauses=timing.pauses
        )
        self._sender = outgoing.Sender(self._client, now, pause=timing.pause_between_parts)
        self._names = Names(self._client)
        self._look_every = timing.look_every
        self._ours: deque[str] = deque(maxlen=REMEMBERED)
        self._me: Identity | None = None
        self._webhook = (
            Webhook(url=webhook_url, app_id=app_id, key=webhook_key or app_secret, now=now, introduce=self._introduce)
            if webhook_url
            else None
        )

    @property
    def trouble(self) -> str | None:
        """What keeps it from working, as a sentence for the operator; None while all is well."""
        worry = self._client.keeper.trouble
        return self._watch.trouble or (sentence_for(worry) if worry is not None else None)

    async def start(self) -> Identity:
        if self._first is not None:
            await self._store.begin_with(self._first)
        account = await self._watch.insist(self._ask_who_we_are, on=OaError)
        number = str(account.oa_id)
        name = clean(account.name)
        self._me = Identity(
            platform=NAME,
            account=number,
            username=number,
            display_name=name,
            way_in=f"mở https://zalo.me/{number} trên Zalo",
            way_into_rooms=f"Nhóm của Zalo OA: lập nhóm GMF trong trang quản lý “{name}”, rồi gõ /noi và mã trong nhóm.",
        )
        if self._webhook:
            self._webhook.me = self._me
        log.info("zalo_oa_started", account=number, account_type=str(account.oa_type), hears=self._webhook is not None)
        return self._me

    async def _ask_who_we_are(self) -> wire.Account:
        answer = await self._client.get("/v2.0/oa/getoa")
        try:
            account = ACCOUNT.decode(answer)
        except msgspec.MsgspecError:
            raise ForeignAnswerError("getoa answered without an account") from None
        if not account.oa_id:
            raise ForeignAnswerError("getoa answered without an account")
        return account

    async def close(self) -> None:
        await self._client.close()

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:
        return (self._webhook.route(receive),) if self._webhook else ()

    async def listen(self, receive: Receive) -> None:  # noqa: ARG002 - events come by the webhook
        """Look now and then who we are: that keeps the tokens alive, and trouble shows before a message needs them."""
        if self._me is None:
            await self.start()
        while True:
            await asyncio.sleep(self._look_every)
            try:
                await self._ask_who_we_are()
            except OaError as error:
                self._worry(error)
            else:
                self._watch.succeeded()

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        """Nothing can be changed there: what was to be an edit is said anew."""
        del edits
        try:
            delivered = await self._sender.carry_out(message, attachment)
        except OaError as error:
            self._worry(error)
            raise meaning_of(error) from None
        self._watch.succeeded()
        if delivered.message_id:
            self._ours.append(delivered.message_id)
        return delivered

    async def download(self, reference: str) -> bytes:
        """The reference is the file's address."""
        if not reference.startswith(("http://", "https://")):
            raise DeliveryError(Reason.REFUSED, NOT_HAD)
        try:
            return await self._client.fetch(reference, limit=DOWNLOAD_BYTES)
        except (ForeignAnswerError, NoAnswerError):
            raise DeliveryError(Reason.REFUSED, NOT_HAD) from None
        except OaError as error:
            raise meaning_of(error) from None

    async def probe(self) -> None:
        try:
            await self._ask_who_we_are()
        except OaError as error:
            raise meaning_of(error) from None

    async def announce_commands(self, menus: Sequence[Menu]) -> None:
        """The account's menu is made in Zalo's console."""

    async def _introduce(self, message: IncomingMessage) -> IncomingMessage:
        """With names, and addressed to us where it answers what we said (as far as this process remembers)."""
        if message.reply_to in self._ours:
            message = replace(message, addressed=True)
        return await self._names.introduce(message)

    def _worry(self, error: OaError) -> None:
        sentence = sentence_for(error)
        if sentence is not None:
            self._watch.worry(sentence, error=str(error))
