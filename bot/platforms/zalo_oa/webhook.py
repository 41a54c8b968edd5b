"""The webhook: proves the sender by Zalo's own hash, stores, and only then says 200; the address is set in Zalo's console."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
import structlog
from aiohttp import web

from bot.platform import NOT_JSON, Identity, Poison, Receive
from bot.platforms.zalo_oa import wire
from bot.platforms.zalo_oa.incoming import WITHDRAWN, concerns_us, moment_of, read_event
from bot.webhooks import body_of
from storage.messages import IncomingMessage

SIGNATURE_HEADER = "X-ZEvent-Signature"
REPLAY_WINDOW = timedelta(hours=3)
"""The last of Zalo's five repeats comes 1 h 51 min after the first try."""
SIGNED = msgspec.json.Decoder(wire.Signed)

Introduce = Callable[[IncomingMessage], Awaitable[IncomingMessage]]
"""Adds the names that events do not tell."""

log = structlog.get_logger()


def signature_of(app_id: str, body: bytes, timestamp: str, key: str) -> str:
    """SHA-256 of the four put together: a plain hash, not an HMAC (Zalo's own choice)."""
    return hashlib.sha256(app_id.encode() + body + timestamp.encode() + key.encode()).hexdigest()


class Webhook:
    """One address for Zalo to call."""

    def __init__(self, *, url: str, app_id: str, key: str, now: Callable[[], datetime], introduce: Introduce) -> None:
        self._url = url
        self._app_id = app_id
        self._key = key
        self._now = now
        self._introduce = introduce
        self.me: Identity | None = None  # until it is known, Zalo is asked to come back
        self.refused = 0

    def route(self, receive: Receive) -> web.RouteDef:
        async def take(request: web.Request) -> web.Response:
            return web.Response(status=await self._take(request, receive))

        return web.post(urlsplit(self._url).path or "/", take)

    async def _take(self, request: web.Request, receive: Receive) -> int:
        body = await body_of(request)
        if body is None:
            return 413
        signed = self._proven(body, request.headers.get(SIGNATURE_HEADER, ""))
        if signed is None:
            self.refused += 1
            log.warning("zalo_oa_webhook_refused")
            return 403
        if not concerns_us(signed.event_name):
            return 200
        if signed.event_name == WITHDRAWN:
            log.warning("zalo_oa_user_withdrew")
        return await self._store(body, receive)

    def _proven(self, body: bytes, header: str) -> wire.Signed | None:
        """The event's head, where Zalo has signed it and not too long ago."""
        try:
            signed = SIGNED.decode(body)
        except NOT_JSON:
            return None
        expected = signature_of(self._app_id, body, str(signed.timestamp), self._key)
        given = header.removeprefix("mac=").lower()
        if not hmac.compare_digest(given.encode(), expected.encode()):
            return None
        said_at = moment_of(signed.timestamp)
        return signed if said_at is not None and abs(self._now() - said_at) < REPLAY_WINDOW else None

    async def _store(self, body: bytes, receive: Receive) -> int:
        """200 once it is committed, 503 where Zalo should call again."""
        if self.me is None:
            return 503
        message: IncomingMessage | Poison | None = read_event(body, self.me, self._now())
        if message is None:
            return 200
        if isinstance(message, IncomingMessage):
            message = await self._introduce(message)
        try:
            await receive([message])
        except Exception as error:  # noqa: BLE001 - whatever it was, the event is not ours yet
            log.warning("zalo_oa_webhook_not_stored", error=type(error).__name__)
            return 503
        return 200
