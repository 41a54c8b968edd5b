"""Whatever anybody sends to a webhook, of any size and in any encoding: no 5xx, and the next event is heard as ever."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.platform import Platform
from bot.platforms.telegram.webhook import SECRET_HEADER as TELEGRAM_HEADER
from bot.platforms.zalo.webhook import SECRET_HEADER as ZALO_HEADER
from bot.platforms.zalo_oa.webhook import SIGNATURE_HEADER, signature_of
from storage.database import Database
from tests.bot.platforms.listening import House
from tests.bot.platforms.telegram import gate as telegram_gate
from tests.bot.platforms.telegram.updates import says
from tests.bot.platforms.zalo import gate as zalo_gate
from tests.bot.platforms.zalo.test_incoming import event as zalo_event
from tests.bot.platforms.zalo_oa.stage import APP_ID, KEY, right_now, zalo_oa_stage
from tests.bot.platforms.zalo_oa.test_webhook import SAID, body_of
from web.server import Health, serve

SECRET = "a-secret-of-the-tests"
MEGABYTE = 1_048_576
NESTED = b"[" * 100_000 + b"]" * 100_000
BOMB = zlib.compress(bytes(200 * MEGABYTE), 1)
TRICKS = {
    "nothing": b"",
    "one byte": b"{",
    "a megabyte": b"x" * MEGABYTE,
    "five megabytes": b'{"update_id": 1, "x": "' + b"x" * (5 * MEGABYTE) + b'"}',
    "utf-16": says("12", 4).decode().encode("utf-16"),
    "latin-1": json.dumps({"update_id": 4, "message": {"text": "đã"}}).encode() + "à é".encode("latin-1"),
    "half a character": b'{"update_id": 4, "event_name": "message.text.received", "message": {"text": "\\ud83d"}}',
    "nul": b'{"update_id": 4, "event_name": "message.text.received\\u0000", "message": {"text": "\x00"}}',
    "nested": NESTED,
    "nested behind a number": b'{"update_id": 4, "event_name": "message.text.received", "message": ' + NESTED + b"}",
    "nested in an envelope": b'{"ok": true, "result": ' + NESTED + b"}",
    "a long number": b'{"update_id": ' + b"9" * 5_000 + b"}",
    "twice the same key": b'{"update_id": 4, "update_id": "4", "event_name": 1, "event_name": "x"}',
}
PACKED = {"gzip": gzip.compress(says("12", 4)), "deflate": BOMB, "br": b"x", "gzip, gzip": b"x"}
"""By the encoding they claim: no platform packs its calls."""


Shown = Callable[[bytes], dict[str, str]]
"""The headers of whoever knows the secret."""
Opened = tuple[Platform, str, bytes, Shown]
"""The platform, the path of its webhook, an event it understands, and how one proves oneself."""


@asynccontextmanager
async def telegram() -> AsyncIterator[Opened]:
    gate = telegram_gate.Gate()
    runner = await telegram_gate.open_gate(gate)
    platform = telegram_gate.adapter(gate, webhook_url="https://bot.example/hook", webhook_secret=SECRET)
    yield platform, "/hook", says("12", 5), lambda _: {TELEGRAM_HEADER: SECRET}
    await runner.cleanup()


@asynccontextmanager
async def zalo() -> AsyncIterator[Opened]:
    async with zalo_gate.open_gate() as gate:
        platform = zalo_gate.adapter(gate, webhook_url="https://bot.example/hook", webhook_secret=SECRET)
        yield platform, "/hook", zalo_event(text="12"), lambda _: {ZALO_HEADER: SECRET}


@asynccontextmanager
async def zalo_oa() -> AsyncIterator[Opened]:
    async with zalo_oa_stage() as stage:
        good, timestamp = body_of(SAID | {"message": {"msg_id": "5", "text": "12"}})

        def sign(body: bytes) -> dict[str, str]:
            return {SIGNATURE_HEADER: f"mac={signature_of(APP_ID, body, timestamp, KEY)}"}

        yield stage.platform, "/zalo-oa", good, sign


@pytest.mark.parametrize("opened", [telegram, zalo, zalo_oa])
async def test_no_body_costs_a_5xx_or_the_next_event(
    opened: Callable[[], AbstractAsyncContextManager[Opened]], empty_sqlite: Path
) -> None:
    house, database = House(), Database(f"sqlite:///{empty_sqlite}")
    async with opened() as (platform, path, good, shown), aiohttp.ClientSession() as http:
        await platform.start()
        health = Health(database, right_now)
        runner, port = await serve(platform.routes(house.receive), health, host="127.0.0.1", port=0)

        async def knock(body: bytes, *, whole: bool = True, **headers: str) -> int:
            content = BytesIO(body) if whole else in_pieces(body)
            url = f"http://127.0.0.1:{port}{path}"
            async with http.post(url, data=content, headers=headers) as answer:
                assert b"Traceback" not in await answer.read()
                return answer.status

        for name, body in (TRICKS | PACKED).items():
            packed = {"Content-Encoding": name} if name in PACKED else {}
            statuses = {
                await knock(body, **packed),
                await knock(body, **packed, **shown(body)),
                await knock(body, whole=False, **packed, **shown(body)),
                await knock(
                    body, **packed, **{TELEGRAM_HEADER: "wrong", ZALO_HEADER: "wrong", SIGNATURE_HEADER: "mac=0"}
                ),
            }
            assert statuses <= {200, 400, 403, 413, 415}, name
        assert house.messages == []
        assert await knock(good) == 403
        assert await knock(good, whole=False, **shown(good)) == 200
        assert house.texts == ["12"]
        await runner.cleanup()
        await platform.close()
    database.close()


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    """Without a length: chunk by chunk, the first one a single byte."""
    yield body[:1]
    for start in range(1, len(body), 65_536):
        yield body[start : start + 65_536]
