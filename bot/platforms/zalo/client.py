"""The way to Zalo's Bot Platform: one session, one call, and outcomes that say what may have happened."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import aiohttp
import msgspec

from bot.platform import NOT_JSON
from bot.platforms.zalo.errors import ForeignAnswerError, NoAnswerError, NothingSentError, RefusedError, UnreadableError

CONNECT_TIMEOUT = 10.0
NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


class Envelope(msgspec.Struct):
    """What every answer is wrapped in; one answer was seen with its code spelled `errorCode`."""

    ok: bool
    result: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    error_code: int = 0
    other_code: int = msgspec.field(name="errorCode", default=0)


ENVELOPE = msgspec.json.Decoder(Envelope)
NOTHING = b"null"


class ZaloClient:
    """Calls methods of one bot. No error of it names the address, because the address holds the token."""

    def __init__(
        self,
        token: str,
        base_url: str,
        *,
        read_timeout: float,
        compare: Callable[[str | None], None] | None = None,
    ) -> None:
        """`compare` hears the server's time, of every answer."""
        self._compare = compare
        self._root = f"{base_url.rstrip('/')}/bot{token}"
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def call(self, method: str, payload: Mapping[str, object] | None = None, *, patience: float = 0) -> bytes:
        """The JSON of `result` (`null` without one), or a ZaloError. `patience`: seconds to wait for the answer."""
        body = msgspec.json.encode(payload or {})
        status, answer = await self._exchange(method, body, patience or self._read_timeout)
        return _result_in(status, answer)

    async def fetch(self, address: str, *, limit: int) -> bytes:
        """The bytes of a picture, by its public address; at most `limit` of them, else ForeignAnswerError."""
        if self._session is None:
            raise NothingSentError("the client is closed")
        try:
            async with self._session.get(address, timeout=_timeout(self._read_timeout)) as response:
                content = await response.content.read(limit + 1) if response.status == 200 else b""
                while not response.content.at_eof() and len(content) <= limit:
                    content += await response.content.read(limit)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise NoAnswerError(type(error).__name__) from None
        if not content or len(content) > limit:
            raise ForeignAnswerError(f"status {response.status}, {len(content)} bytes")
        return content

    async def _exchange(self, method: str, body: bytes, patience: float) -> tuple[int, bytes]:
        if self._session is None:
            raise NothingSentError("the client is closed")
        try:
            async with self._session.post(
                f"{self._root}/{method}",
                data=body,
                headers={"Content-Type": "application/json"},
                timeout=_timeout(patience),
                allow_redirects=False,
            ) as response:
                if self._compare is not None:
                    self._compare(response.headers.get("Date"))
                return response.status, await response.read()
        except NOTHING_SENT as error:
            raise NothingSentError(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(type(error).__name__) from None


def _timeout(patience: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=None, connect=CONNECT_TIMEOUT, sock_connect=CONNECT_TIMEOUT, sock_read=patience)


def _result_in(status: int, answer: bytes) -> bytes:
    """Zalo also says no with HTTP 200; pages of an outage come as HTML."""
    try:
        envelope = ENVELOPE.decode(answer)
    except NOT_JSON:
        if status == 504:
            raise NoAnswerError("status 504") from None
        if status == 200:
            raise UnreadableError(answer) from None
        raise ForeignAnswerError(f"status {status} without JSON") from None
    if not envelope.ok:
        raise RefusedError(envelope.error_code or envelope.other_code or status)
    return bytes(envelope.result) if isinstance(envelope.result, msgspec.Raw) else NOTHING
