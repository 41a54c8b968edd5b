"""The webhook: who has the secret is heard, everybody else changes nothing, and no body costs a 5xx."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.platform import Poison
from bot.platforms.zalo import ZaloPlatform
from bot.platforms.zalo.webhook import SECRET_HEADER
from bot.webhooks import BODY_LIMIT
from tests.bot.platforms.listening import House
from tests.bot.platforms.zalo.gate import QUICK, Gate, adapter, brings, refuses
from tests.bot.platforms.zalo.stage import BOT_NAME, TOKEN, zalo_stage
from tests.bot.platforms.zalo.test_incoming import event

SECRET = "a-secret-of-the-tests"
GOOD = event(text="12")


@dataclass
class Door:
    platform: ZaloPlatform
    house: House
    url: str
    http: aiohttp.ClientSession

    async def knock(self, body: bytes | BytesIO, *, secret: str | None = SECRET, method: str = "POST") -> int:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.http.request(method, self.url, data=body, headers=headers) as answer:
            return answer.status


@asynccontextmanager
async def mounted(platform: ZaloPlatform, house: House) -> AsyncIterator[str]:
    """The platform's routes on a web server, as the house mounts them."""
    application = web.Application()
    application.add_routes(list(platform.routes(house.receive)))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/zalo/hook"
    await runner.cleanup()


@pytest.fixture
async def door(gate: Gate) -> AsyncIterator[Door]:
    platform = adapter(gate, webhook_url="https://bot.example/zalo/hook", webhook_secret=SECRET)
    await platform.start()
    house = House()
    async with mounted(platform, house) as url, aiohttp.ClientSession() as http:
        yield Door(platform, house, url, http)
    await platform.close()


@pytest.mark.parametrize("body", [GOOD, b'{"ok":true,"result":' + GOOD + b"}"])
async def test_an_event_is_taken_in_flat_and_wrapped(door: Door, body: bytes) -> None:
    assert await door.knock(body) == 200
    assert door.house.texts == ["12"]


@pytest.mark.parametrize("method", ["POST", "GET", "HEAD"])
@pytest.mark.parametrize("body", [b"", b" \n"])
async def test_a_ping_without_body_and_secret_is_greeted(door: Door, method: str, body: bytes) -> None:
    assert await door.knock(body, secret=None, method=method) == 200
    assert door.house.batches == []


@pytest.mark.parametrize("secret", [None, "", "another", SECRET + "x", "ế"])
async def test_without_the_secret_nothing_comes_in(door: Door, secret: str | None) -> None:
    assert await door.knock(GOOD, secret=secret) == 403
    assert door.house.batches == []


def malformed(dice: random.Random) -> bytes:
    """Something that is no event: noise, a cut, another JSON, a bent event nobody knows."""
    kind = dice.randrange(6)
    if kind == 0:
        return dice.randbytes(dice.randint(1, 200))
    if kind == 1:
        return GOOD[: dice.randint(1, len(GOOD) - 1)]
    if kind == 2:
        return json.dumps(
            dice.choice([None, 1, "x", [], [1], {}, {"message": {}}, {"ok": True, "result": None}])
        ).encode()
    if kind == 3:
        bent = bytearray(GOOD)
        bent[dice.randrange(20)] = dice.randrange(256)  # the name of the event, or the opening
        return bytes(bent)
    if kind == 4:
        return json.dumps(
            {"event_name": dice.choice([None, 5, "", "user_send_text", "x" * 500]), "message": 1}
        ).encode()
    return b"{" * dice.randint(1, 3_000)


async def test_a_thousand_malformed_bodies_change_nothing_and_cost_no_5xx(door: Door) -> None:
    dice = random.Random(20261122)
    bodies = [body for body in (malformed(dice) for _ in range(1_100)) if body.strip() and body != GOOD][:1_000]
    assert len(bodies) == 1_000
    statuses = {await door.knock(body, secret=dice.choice([SECRET, SECRET, None, "wrong"])) for body in bodies}
    assert statuses <= {200, 403}
    assert [batch for batch in door.house.batches if batch] == []
    assert await door.knock(GOOD) == 200
    assert door.house.texts == ["12"]


@pytest.mark.parametrize("bent", [event(text=12), event(chat={"id": 5}), event(**{"from": None}, text="x")])
async def test_an_event_of_a_known_name_that_cannot_be_read_is_parked(door: Door, bent: bytes) -> None:
    assert await door.knock(bent) == 200
    [[poison]] = door.house.batches
    assert isinstance(poison, Poison)


async def test_a_body_longer_than_any_event_is_not_even_read(door: Door) -> None:
    assert await door.knock(BytesIO(b"x" * (BODY_LIMIT + 1))) == 413


async def test_what_could_not_be_stored_is_asked_for_again(door: Door) -> None:
    door.house.away_for = 1
    assert [await door.knock(GOOD), await door.knock(GOOD)] == [503, 200]
    assert door.house.texts == ["12"]


async def test_who_calls_before_we_know_our_name_waits_a_moment(gate: Gate) -> None:
    platform = adapter(gate, webhook_url="https://bot.example/zalo/hook", webhook_secret=SECRET)
    house = House()
    async with mounted(platform, house) as url, aiohttp.ClientSession() as http:
        knocking = asyncio.create_task(Door(platform, house, url, http).knock(GOOD))
        await asyncio.sleep(0.05)
        assert house.batches == []
        await platform.start()
        assert await knocking == 200
    assert house.texts == ["12"]
    await platform.close()


@pytest.mark.parametrize("webhook_body", ["flat", "wrapped"])
async def test_the_sandbox_brings_messages_by_webhook(webhook_body: str) -> None:
    house = House()
    async with zalo_stage(webhook_url="http://127.0.0.1:9/zalo/hook", webhook_secret=SECRET) as stage:
        await stage.switch(webhook_body=webhook_body)
        async with mounted(stage.platform, house) as url:
            assert stage.platform._webhook is not None
            stage.platform._webhook._url = url
            listening = asyncio.create_task(stage.platform.listen(house.receive))
            await stage.do("say", room=BOT_NAME, text="một")
            await stage.say("hai", chat=stage.room)
            await house.hears("hai")
            await stage.fault(kind="duplicate")
            house.away_for = 1
            await stage.say("ba", chat=stage.private)
            await stage.post("/clock", advance=5)
            await house.hears("ba")
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
    assert list(dict.fromkeys(house.texts)) == ["một", "hai", "ba"]


async def test_a_failing_ping_is_the_operators_to_know(gate: Gate) -> None:
    verification = {"ok": False, "status_code": 403, "outcome": "webhook.http.403", "hint": "…"}
    gate.lay_out("setWebhook", brings({"url": "…", "updated_at": 5, "verification": verification}))
    platform = adapter(gate, webhook_url="https://bot.example/zalo/hook", timing=replace(QUICK, look_every=30))
    listening = asyncio.create_task(platform.listen(House().receive))
    await gate.until("setWebhook", 1)
    await asyncio.sleep(0.05)
    assert "webhook" in (platform.trouble or "")
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await platform.close()


async def test_an_address_that_was_changed_or_lost_is_registered_anew(gate: Gate) -> None:
    url = "https://bot.example/zalo/hook"
    infos = [
        brings({"url": url}),
        brings({"url": "https://other.example"}),
        refuses(404),
        refuses(500),
        brings({"url": url}),
    ]
    gate.lay_out("getWebhookInfo", *infos)
    platform = adapter(gate, webhook_url=url)
    listening = asyncio.create_task(platform.listen(House().receive))
    registered: list[dict[str, Any]] = await gate.until("setWebhook", 3)
    assert {call["url"] for call in registered} == {url}
    assert TOKEN not in registered[0]["secret_token"]
    assert 8 <= len(registered[0]["secret_token"]) <= 256
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    await platform.close()
