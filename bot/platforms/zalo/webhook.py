"""The webhook: proves the sender, stores, and only then says 200; a ping and what we do not know are greeted and forgotten."""

from __future__ import annotations

import asyncio
import hmac
from urllib.parse import urlsplit

import msgspec
import structlog
from aiohttp import web

from bot.line_watch import LineWatch
from bot.platform import Identity, Receive
from bot.platforms.zalo import errors, wire
from bot.platforms.zalo.client import ZaloClient
from bot.platforms.zalo.incoming import KNOWN, name_of, read_event
from bot.webhooks import body_of

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
WAIT_FOR_NAME = 20.0
NOT_REACHED = "Zalo không đưa được tin tới địa chỉ webhook: xin kiểm tra tên miền, chứng chỉ và tường lửa."

SET = msgspec.json.Decoder(wire.WebhookSet)
STATE = msgspec.json.Decoder(wire.WebhookState)

log = structlog.get_logger()


class Webhook:
    """One address for Zalo to call, registered by us. It stays registered at our end: events between two runs would be lost."""

    def __init__(self, client: ZaloClient, watch: LineWatch, *, url: str, secret: str, look_every: float) -> None:
        self._client = client
        self._watch = watch
        self._url = url
        self._secret = secret
        self._look_every = look_every
        self._me: asyncio.Future[Identity] | None = None
        self._known: Identity | None = None
        self._unreached: str | None = None  # what Zalo's own ping ended with, until an event comes through

    def introduce(self, me: Identity) -> None:
        self._known = me
        if self._me is not None and not self._me.done():
            self._me.set_result(me)

    def route(self, receive: Receive) -> web.RouteDef:
        async def take(request: web.Request) -> web.Response:
            return await self._take(request, receive)

        return web.route("*", urlsplit(self._url).path or "/", take)

    async def run(self) -> None:
        await self._watch.insist(self._register, on=errors.ZaloError)
        self._show()
        while True:
            await asyncio.sleep(self._look_every)
            try:
                await self._look()
            except errors.ZaloError as error:
                await self._watch.rest_after(error)

    async def _take(self, request: web.Request, receive: Receive) -> web.Response:
        """Zalo's ping brings no body, no type and no secret."""
        body = await body_of(request)
        if body is None or not body.strip():
            return web.Response(status=413 if body is None else 200)
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            log.warning("zalo_webhook_wrong_secret")
            return web.Response(status=403)
        if (name := name_of(body)) not in KNOWN:
            log.info("zalo_event_unknown", event_name=(name or "")[:60])
            return web.Response()
        return web.Response(status=await self._store(body, receive))

    async def _store(self, body: bytes, receive: Receive) -> int:
        """200 once it is committed, 503 where Zalo should call again."""
        me = await self._myself()
        if me is None:
            return 503
        message = read_event(body, me, self._watch.now())
        try:
            await receive([message] if message is not None else [])
        except Exception as error:  # noqa: BLE001 - whatever it was, the event is not ours yet
            log.warning("zalo_webhook_not_stored", error=type(error).__name__)
            return 503
        self._unreached = None
        return 200

    async def _myself(self) -> Identity | None:
        """Right after a start Zalo may call before it has told us who we are."""
        if self._known is None:
            self._me = self._me or asyncio.get_running_loop().create_future()
            await asyncio.wait([self._me], timeout=WAIT_FOR_NAME)
        return self._known

    async def _register(self) -> None:
        """Zalo keeps the address even where its own ping of it fails."""
        answer = await self._client.call("setWebhook", {"url": self._url, "secret_token": self._secret})
        verification = SET.decode(answer).verification
        self._unreached = None if verification is None or verification.ok else verification.outcome[:60]

    async def _look(self) -> None:
        if await self._registered() != self._url:
            log.warning("zalo_webhook_was_changed")
            await self._register()
        self._show()

    def _show(self) -> None:
        if self._unreached is None:
            self._watch.succeeded()
        else:
            self._watch.worry(NOT_REACHED, outcome=self._unreached)

    async def _registered(self) -> str:
        try:
            return STATE.decode(await self._client.call("getWebhookInfo")).url
        except errors.RefusedError as error:
            if error.code == errors.NOT_FOUND:
                return ""
            raise
