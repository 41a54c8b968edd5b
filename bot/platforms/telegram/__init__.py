"""Telegram: its Bot API (10.x) through python-telegram-bot's typed calls over our own transport."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import structlog
from aiohttp import web
from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)
from telegram.error import BadRequest, TelegramError

from bot.marked_text import clean_name
from bot.platform import Attachment, Delivered, DeliveryError, Identity, Limits, Menu, Reason, Receive
from bot.platforms.telegram import outgoing
from bot.platforms.telegram.errors import FILE_TOO_BIG, meaning_of, speaks_of
from bot.platforms.telegram.incoming import NAME
from bot.platforms.telegram.line_watch import TelegramLineWatch
from bot.platforms.telegram.poll import Poller
from bot.platforms.telegram.timing import USUAL, Timing
from bot.platforms.telegram.transport import AiohttpTransport
from bot.platforms.telegram.webhook import Webhook
from bot.webhooks import secret_from
from storage.messages import OutgoingMessage

LIMITS = Limits(
    text_length=outgoing.TEXT_LENGTH,
    per_second=30,
    chat_interval=1.0,
    group_per_minute=20,
    has_buttons=True,
    has_edits=True,
    has_reactions=True,
    shows_reply_target=True,
)
DOWNLOAD_BYTES = 20_000_000
TOO_BIG = "Tệp lớn hơn 20 MB nên không tải về từ Telegram được."
LANGUAGES = (None, "vi")
"""The list for everybody is Vietnamese too: many phones here are set to English."""

SCOPES: dict[str, BotCommandScope] = {
    "private": BotCommandScopeAllPrivateChats(),
    "groups": BotCommandScopeAllGroupChats(),
    "administrators": BotCommandScopeAllChatAdministrators(),
}

T = TypeVar("T")

log = structlog.get_logger()


class TelegramPlatform:
    """One bot of Telegram. With a webhook address it is called; without one it polls."""

    name = NAME
    limits = LIMITS

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], datetime],
        base_url: str = "https://api.telegram.org",
        proxy: str | None = None,
        webhook_url: str | None = None,
        webhook_secret: str | None = None,
        compare: Callable[[str | None], None] | None = None,
        timing: Timing = USUAL,
    ) -> None:
        _quieten_the_library()
        base = base_url.rstrip("/")
        self._transport = AiohttpTransport(proxy=proxy, read_timeout=timing.read_timeout, compare=compare)
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            request=self._transport,
            get_updates_request=self._transport,
        )
        self._me: Identity | None = None
        self._watch = TelegramLineWatch(now, timing.pauses)
        self._poll_timeout = timing.poll_timeout
        self._webhook = (
            Webhook(
                self._bot,
                self._watch,
                url=webhook_url,
                secret=webhook_secret or secret_from(token),
                look_every=timing.look_every,
            )
            if webhook_url
            else None
        )

    @property
    def trouble(self) -> str | None:
        """What keeps messages from coming in, as a sentence for the operator; None while all is well."""
        return self._watch.trouble

    @property
    def last_success(self) -> datetime | None:
        """When Telegram last answered us as it should."""
        return self._watch.last_success

    async def start(self) -> Identity:
        await self._transport.initialize()
        myself = await self._watch.insist(self._bot.get_me)
        self._me = Identity(
            platform=NAME,
            account=str(myself.id),
            username=myself.username or "",
            display_name=clean_name(myself.full_name),
        )
        if self._webhook:
            self._webhook.me = self._me
        log.info("telegram_started", account=self._me.account, username=self._me.username)
        return self._me

    async def close(self) -> None:
        await self._transport.shutdown()

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:
        return (self._webhook.route(receive),) if self._webhook else ()

    async def listen(self, receive: Receive) -> None:
        me = self._me or await self.start()
        if self._webhook:
            await self._webhook.run()
        else:
            await Poller(self._bot, me, self._watch, timeout=self._poll_timeout).run(receive)

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        try:
            return await outgoing.carry_out(self._bot, message, edits, attachment)
        except TelegramError as error:
            raise _softened(meaning_of(error), may_be_repeated=outgoing.may_be_repeated(message, edits)) from None
        except (KeyError, TypeError, ValueError) as error:
            raise DeliveryError(Reason.UNCERTAIN, f"unreadable answer: {type(error).__name__}") from None

    async def probe(self) -> None:
        await _meaningful(self._bot.get_me())

    async def download(self, reference: str) -> bytes:
        file = await _meaningful(self._bot.get_file(reference))
        if (file.file_size or 0) > DOWNLOAD_BYTES:
            raise DeliveryError(Reason.REFUSED, TOO_BIG)
        return await _meaningful(self._transport.retrieve(file.file_path or ""))

    async def announce_commands(self, menus: Sequence[Menu]) -> None:
        for menu in menus:
            commands = [BotCommand(name, description) for name, description in menu.commands]
            for language in LANGUAGES:
                call = self._bot.set_my_commands(commands, scope=SCOPES[menu.scope], language_code=language)
                await _meaningful(call)


async def _meaningful(call: Awaitable[T]) -> T:
    """For calls that may be repeated: every error in the words of the house."""
    try:
        return await call
    except BadRequest as error:
        if speaks_of(error, FILE_TOO_BIG):
            raise DeliveryError(Reason.REFUSED, TOO_BIG) from None
        raise meaning_of(error) from None
    except TelegramError as error:
        raise _softened(meaning_of(error), may_be_repeated=True) from None


def _softened(error: DeliveryError, *, may_be_repeated: bool) -> DeliveryError:
    """Where doing it twice shows nothing twice, doubt is no reason to ask anybody: it is simply done again."""
    if error.reason is Reason.UNCERTAIN and may_be_repeated:
        return DeliveryError(Reason.AWAY, error.detail)
    return error


def _quieten_the_library() -> None:
    # At DEBUG it writes the token, and the text of every message.
    library = logging.getLogger("telegram")
    library.setLevel(max(library.getEffectiveLevel(), logging.INFO))
