"""The webhook: proves the sender, stores, and only then says 200; what cannot be read is parked and never blocks a chat."""

from __future__ import annotations

import asyncio
import hmac
from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from aiohttp import web
from telegram import Bot, WebhookInfo
from telegram.error import TelegramError

from bot.platform import Identity, Receive
from bot.platforms.telegram import wire
from bot.platforms.telegram.incoming import read_update
from bot.platforms.telegram.line_watch import TelegramLineWatch
from bot.webhooks import BODY_LIMIT

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
CONNECTIONS = 40
FRESH = timedelta(minutes=5)

log = structlog.get_logger()


class Webhook:
    """One address for Telegram to call, registered by us and watched for complaints."""

    def __init__(self, bot: Bot, watch: TelegramLineWatch, *, url: str, secret: str, look_every: float) -> None:
        self._bot = bot
        self.me: Identity | None = None  # until it is known, Telegram is asked to come back
        self._watch = watch
        self._url = url
        self._secret = secret
        self._look_every = look_every

    def route(self, receive: Receive) -> web.RouteDef:
        async def take(request: web.Request) -> web.Response:
            return await self._take(request, receive)

        return web.post(urlsplit(self._url).path or "/", take)

    async def run(self) -> None:
        await self._watch.insist(self._register)
        while True:
            await asyncio.sleep(self._look_every)
            try:
                await self._look()
            except TelegramError as error:
                await self._watch.rest_after(error)

    async def _take(self, request: web.Request, receive: Receive) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            log.warning("telegram_webhook_wrong_secret")
            return web.Response(status=403)
        if self.me is None:
            return web.Response(status=503)
        message = read_update(await _body_of(request), self.me, self._watch.now())
        if message is not None:
            try:
                await receive([message])
            except Exception as error:  # noqa: BLE001 - not stored, so Telegram shall keep it and call again
                log.warning("telegram_webhook_not_stored", error=type(error).__name__)
                return web.Response(status=503)
        return web.Response()

    async def _register(self) -> None:
        await self._bot.set_webhook(
            self._url,
            secret_token=self._secret,
            allowed_updates=wire.ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )

    async def _look(self) -> None:
        info = await self._bot.get_webhook_info()
        if info.url != self._url:
            log.warning("telegram_webhook_was_changed")
            await self._register()
        if self._is_complaining(info):
            self._watch.worry(
                "Telegram không đưa được tin tới địa chỉ webhook: xin kiểm tra tên miền, chứng chỉ và tường lửa.",
                pending=info.pending_update_count,
            )
        else:
            self._watch.succeeded()

    def _is_complaining(self, info: WebhookInfo) -> bool:
        if not info.pending_update_count or info.last_error_date is None:
            return False
        return self._watch.now() - info.last_error_date < FRESH


async def _body_of(request: web.Request) -> bytes:
    """At most the limit of it: an update never is that long, and what is cut off is parked as poison."""
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk[: BODY_LIMIT - len(body)]
    return bytes(body)
