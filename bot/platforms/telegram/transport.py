"""The way to Telegram over aiohttp, for python-telegram-bot: quick, and honest about what may have been sent."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import aiohttp
import msgspec
from telegram._utils.types import ODVInput
from telegram.error import BadRequest
from telegram.request import BaseRequest, RequestData

from bot.platform import NOT_JSON
from bot.platforms.telegram.errors import (
    ForeignAnswerError,
    NoAnswerError,
    NothingSentError,
    ServerTroubleError,
    SlowDownError,
)

CONNECT_TIMEOUT = 10.0
WHOLE_TIMEOUT = 600.0  # an upload that creeps
REST_WITHOUT_A_NUMBER = 30.0
NOTHING_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ClientHttpProxyError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ServerFingerprintMismatch,
    aiohttp.InvalidURL,
)


class Parameters(msgspec.Struct):
    retry_after: float | None = None


class Envelope(msgspec.Struct):
    """What every answer of the Bot API is wrapped in."""

    ok: bool
    result: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    parameters: Parameters | None = None


ENVELOPE = msgspec.json.Decoder(Envelope)


class AiohttpTransport(BaseRequest):
    """One session for everything. No error of it names the address, because the address holds the token."""

    def __init__(
        self,
        *,
        proxy: str | None = None,
        read_timeout: float,
        compare: Callable[[str | None], None] | None = None,
    ) -> None:
        """`compare` hears the server's time, of every answer."""
        self._proxy = proxy
        self._compare = compare
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read_timeout

    async def initialize(self) -> None:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library's own, which would write an unreadable answer into the log."""
        try:
            return msgspec.json.decode(payload, type=dict[str, Any])
        except NOT_JSON as error:
            raise NoAnswerError(f"unreadable answer: {type(error).__name__}") from None

    async def do_request(  # noqa: PLR0917 - the library's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        del write_timeout, connect_timeout, pool_timeout  # the library's habits; ours stand at the top
        patience = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        status, body, rest = await self._exchange(method, url, _form_of(request_data), patience)
        _refuse_what_is_no_answer(status, body, rest, is_json=method == "POST")
        return status, body

    async def _exchange(
        self, method: str, url: str, form: aiohttp.FormData | None, patience: float
    ) -> tuple[int, bytes, str | None]:
        if self._session is None:
            raise NothingSentError("the transport is closed")
        timeout = aiohttp.ClientTimeout(
            total=WHOLE_TIMEOUT, connect=CONNECT_TIMEOUT, sock_connect=CONNECT_TIMEOUT, sock_read=patience
        )
        try:
            async with self._session.request(
                method, url, data=form, proxy=self._proxy, timeout=timeout, allow_redirects=False
            ) as response:
                if self._compare is not None:
                    self._compare(response.headers.get("Date"))
                return response.status, await response.read(), response.headers.get("Retry-After")
        except NOTHING_SENT as error:
            raise NothingSentError(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(type(error).__name__) from None


def _form_of(request_data: RequestData | None) -> aiohttp.FormData | None:
    if request_data is None:
        return None
    # Unquoted: Telegram shows a percent-encoded file name as it stands.
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, media_type) in request_data.multipart_data.items():
        stream = BytesIO(content) if isinstance(content, bytes) else content  # large bytes would hold up the loop
        form.add_field(name, stream, filename=filename, content_type=media_type)
    return form


def _refuse_what_is_no_answer(status: int, body: bytes, rest: str | None, *, is_json: bool) -> None:
    """Raise unless the Bot API itself has spoken; its own refusals (400, 403 …) are read by the library."""
    is_success = 200 <= status < 300
    if status == 504:
        raise NoAnswerError("status 504")
    if status >= 500:
        raise ServerTroubleError(f"status {status}")
    if status == 413:
        raise BadRequest("Request Entity Too Large")
    if is_success and not is_json:
        return
    envelope = _envelope_of(body)
    if is_success and (envelope is None or not envelope.ok or envelope.result is msgspec.UNSET):
        raise NoAnswerError(f"status {status} without a result")
    if status == 429:
        raise SlowDownError(_seconds_to_rest(envelope, rest))
    if envelope is None:
        raise ForeignAnswerError(f"status {status} without JSON")


def _envelope_of(body: bytes) -> Envelope | None:
    try:
        return ENVELOPE.decode(body)
    except NOT_JSON:
        return None


def _seconds_to_rest(envelope: Envelope | None, header: str | None) -> float:
    if envelope and envelope.parameters and envelope.parameters.retry_after is not None:
        return envelope.parameters.retry_after
    return float(header) if header and header.isdecimal() else REST_WITHOUT_A_NUMBER
