"""The way to the Official Account's API: one session, one call with a token that works, outcomes that say what may have happened."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import msgspec

from bot.platform import NOT_JSON
from bot.platforms.zalo_oa import wire
from bot.platforms.zalo_oa.errors import (
    DEAD_ACCESS_TOKEN,
    DEAD_REFRESH_TOKEN,
    ForeignAnswerError,
    NoAnswerError,
    NoConsentError,
    NothingSentError,
    RefusedError,
)
from bot.platforms.zalo_oa.tokens import Pair, TokenKeeper, TokenStore

CONNECT_TIMEOUT = 10.0
READ_TIMEOUT = 25.0
NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)
ENVELOPE = msgspec.json.Decoder(wire.Envelope)
TOKENS = msgspec.json.Decoder(wire.Tokens)
NOTHING = b"{}"


class OaClient:
    """Calls the API of one account; a dead token is renewed once, and the call made once more."""

    def __init__(
        self,
        store: TokenStore,
        *,
        app_id: str,
        app_secret: str,
        base_url: str,
        oauth_url: str,
        now: Callable[[], datetime],
        read_timeout: float = READ_TIMEOUT,
    ) -> None:
        self._app_id = app_id
        self._app_secret = app_secret
        self._base = base_url.rstrip("/")
        self._oauth = oauth_url.rstrip("/")
        self._now = now
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self.keeper = TokenKeeper(store, self.exchange_refresh_token, now)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def get(self, path: str, data: Mapping[str, object] | None = None, *, patience: float = 0) -> bytes:
        """GET calls pass one parameter `data`, JSON in it."""
        query = {} if data is None else {"data": json.dumps(data)}
        return await self._call("GET", path, patience, lambda: {"params": query})

    async def post(self, path: str, body: Mapping[str, object]) -> bytes:
        content = msgspec.json.encode(body)
        kind = {"Content-Type": "application/json"}
        return await self._call("POST", path, 0, lambda: {"data": content, "headers": kind})

    async def upload(self, path: str, name: str, content: bytes, media_type: str) -> bytes:
        def form() -> dict[str, Any]:
            data = aiohttp.FormData(quote_fields=False)
            data.add_field("file", content, filename=name, content_type=media_type)
            return {"data": data}

        return await self._call("POST", path, 0, form)

    async def fetch(self, address: str, *, limit: int) -> bytes:
        """The bytes of a file somebody sent, by its address; at most `limit` of them, else ForeignAnswerError."""
        status, content = await self._exchange("GET", address, 0, {}, limit=limit + 1)
        if status != 200 or len(content) > limit:
            raise ForeignAnswerError(f"status {status}, {len(content)} bytes")
        return content

    async def _call(self, verb: str, path: str, patience: float, content: Callable[[], dict[str, Any]]) -> bytes:
        token = await self.keeper.token()
        try:
            return await self._call_with(token, verb, path, patience, content())
        except RefusedError as error:
            if error.code not in DEAD_ACCESS_TOKEN:
                raise
        token = await self.keeper.renew(dead=token)
        return await self._call_with(token, verb, path, patience, content())

    async def _call_with(self, token: str, verb: str, path: str, patience: float, content: dict[str, Any]) -> bytes:
        headers = {**content.pop("headers", {}), "access_token": token}
        status, answer = await self._exchange(verb, self._base + path, patience, content | {"headers": headers})
        return _data_in(status, answer)

    async def exchange_refresh_token(self, refresh: str) -> Pair:
        return await self._ask_for_tokens({"grant_type": "refresh_token", "refresh_token": refresh})

    async def exchange_code(self, code: str, verifier: str) -> Pair:
        """What an administrator's consent gave, within ten minutes and once."""
        return await self._ask_for_tokens({"grant_type": "authorization_code", "code": code, "code_verifier": verifier})

    async def _ask_for_tokens(self, fields: dict[str, str]) -> Pair:
        address = f"{self._oauth}/v4/oa/access_token"
        content = {"data": fields | {"app_id": self._app_id}, "headers": {"secret_key": self._app_secret}}
        status, answer = await self._exchange("POST", address, 0, content)
        try:
            told = TOKENS.decode(answer)
            seconds = int(told.expires_in)
        except (msgspec.MsgspecError, ValueError):
            raise ForeignAnswerError(f"status {status} without tokens") from None
        if told.error in DEAD_REFRESH_TOKEN:
            raise NoConsentError(f"error {told.error}")
        if told.error:
            raise RefusedError(told.error)
        if not (told.access_token and told.refresh_token and seconds > 0):
            raise ForeignAnswerError(f"status {status} without tokens")
        until = self._now() + timedelta(seconds=seconds)
        return Pair(access=told.access_token, refresh=told.refresh_token, expires_at=until)

    async def _exchange(
        self, verb: str, address: str, patience: float, content: dict[str, Any], *, limit: int = -1
    ) -> tuple[int, bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=CONNECT_TIMEOUT, sock_read=patience or self._read_timeout
        )
        try:
            async with self._session.request(
                verb, address, timeout=timeout, allow_redirects=False, **content
            ) as answer:
                body = bytearray()
                async for chunk in answer.content.iter_any():
                    body += chunk
                    if 0 <= limit < len(body):
                        break
                return answer.status, bytes(body)
        except NOTHING_SENT as error:
            raise NothingSentError(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(type(error).__name__) from None


def _data_in(status: int, answer: bytes) -> bytes:
    """Refusals come with HTTP 200 and a code in the body."""
    try:
        envelope = ENVELOPE.decode(answer)
    except NOT_JSON:
        if status in (200, 500, 504):
            raise NoAnswerError(f"status {status} without JSON") from None
        raise ForeignAnswerError(f"status {status} without JSON") from None
    if envelope.error:
        raise RefusedError(envelope.error)
    return bytes(envelope.data) or NOTHING
