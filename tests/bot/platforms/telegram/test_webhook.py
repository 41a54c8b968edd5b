"""The webhook: only Telegram may call it, nothing is confirmed before it is stored, nothing broken blocks a chat."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.platform import Poison
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.webhook import SECRET_HEADER
from bot.webhooks import BODY_LIMIT
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.telegram.gate import NOW, TOKEN, Gate, adapter, refuses
from tests.bot.platforms.telegram.gate import says as answers
from tests.bot.platforms.telegram.stage import telegram_stage
from tests.bot.platforms.telegram.updates import says, update
from tests.crash.process import free_port

ADDRESS = "https://truc-ban.example.vn/telegram/nhan"
SECRET = "bi-mat_123"


@pytest.fixture
async def called(gate: Gate) -> AsyncIterator[TelegramPlatform]:
    platform = adapter(gate, webhook_url=ADDRESS, webhook_secret=SECRET)
    await platform.start()
    yield platform
    await platform.close()


async def post(
    platform: TelegramPlatform, house: House, body: bytes, secret: str | None = SECRET, **headers: str
) -> int:
    """What Telegram would hear after calling us with this body."""
    application = web.Application()
    application.add_routes(platform.routes(house.receive))
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    if secret is not None:
        headers[SECRET_HEADER] = secret
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/telegram/nhan"
    try:
        async with aiohttp.ClientSession() as session, session.post(url, data=BytesIO(body), headers=headers) as answer:
            return answer.status
    finally:
        await runner.cleanup()


async def test_an_update_is_stored_and_then_confirmed(called: TelegramPlatform):
    house = House()
    assert await post(called, house, says("12", 5)) == 200
    assert house.keys == ["5"]


@pytest.mark.parametrize("secret", [None, "", "sai", SECRET + "x", "bí mật"])
async def test_without_the_secret_nothing_is_taken(called: TelegramPlatform, secret: str | None):
    house = House()
    assert await post(called, house, says("12", 5), secret) == 403
    assert house.batches == []


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"update_id": 5, "message": {}}', b"\xff\xfe", b'{"update_id": 5'])
async def test_poison_is_parked_and_confirmed(called: TelegramPlatform, body: bytes):
    house = House()
    assert await post(called, house, body) == 200
    ((poison,),) = house.batches
    assert isinstance(poison, Poison)
    assert poison.raw == body


async def test_a_body_beyond_all_reason_is_parked_in_part(called: TelegramPlatform):
    house = House()
    assert await post(called, house, b"x" * (BODY_LIMIT + 10)) == 200
    assert len(house.batches[0][0].raw) == BODY_LIMIT


async def test_what_does_not_concern_us_is_confirmed(called: TelegramPlatform):
    house = House()
    assert await post(called, house, update(5, poll={"id": "1"})) == 200
    assert house.batches == []


async def test_while_the_database_is_away_telegram_is_asked_to_come_back(called: TelegramPlatform):
    house = House(database_is_away_for=1)
    assert await post(called, house, says("12", 5)) == 503
    assert await post(called, house, says("12", 5)) == 200
    assert house.keys == ["5"]


async def test_before_the_bot_knows_its_name_telegram_is_asked_to_come_back(gate: Gate):
    house = House()
    platform = adapter(gate, webhook_url=ADDRESS, webhook_secret=SECRET)
    assert await post(platform, house, says("/huy@truc_ban_bot", 5)) == 503
    assert house.batches == []


def looks(**fields: Any) -> dict[str, Any]:
    return {"url": ADDRESS, "has_custom_certificate": False, "pending_update_count": 0} | fields


async def test_listening_registers_the_address_and_keeps_trying(gate: Gate, called: TelegramPlatform):
    gate.lay_out("setWebhook", refuses(429, "Too Many Requests: retry after 0", retry_after=0))
    gate.lay_out("getWebhookInfo", *[answers(looks())] * 100)
    async with listening(called, House()):
        asked = await gate.until("setWebhook", 2)
        await gate.until("getWebhookInfo", 2)
        assert called.trouble is None
    assert asked[1]["url"] == ADDRESS
    assert asked[1]["secret_token"] == SECRET
    assert asked[1]["max_connections"] == "40"
    assert "my_chat_member" in asked[1]["allowed_updates"]
    assert gate.calls_of("deleteWebhook") == gate.calls_of("getUpdates") == []


async def test_an_address_that_somebody_changed_is_set_back(gate: Gate, called: TelegramPlatform):
    gate.lay_out("getWebhookInfo", answers(looks(url="")), *[answers(looks())] * 100)
    async with listening(called, House()):
        await gate.until("setWebhook", 2)


async def test_complaints_of_telegram_are_visible(gate: Gate, called: TelegramPlatform):
    complaint = looks(
        pending_update_count=3, last_error_date=1795395500, last_error_message="Wrong response from the webhook: 502"
    )
    gate.lay_out("getWebhookInfo", *[answers(complaint)] * 100)
    async with listening(called, House()):
        await gate.until("getWebhookInfo", 2)
        assert called.trouble is not None
        assert "webhook" in called.trouble


async def test_without_a_webhook_address_nothing_is_mounted(gate: Gate):
    platform = adapter(gate)
    assert list(platform.routes(House().receive)) == []
    await platform.close()


def test_a_secret_nobody_set_is_made_of_the_token_and_does_not_show_it(gate: Gate):
    first, second = (adapter(gate, webhook_url=ADDRESS)._webhook for _ in range(2))
    assert first is not None
    assert second is not None
    assert first._secret == second._secret
    assert "AAE" not in first._secret


async def test_called_by_the_running_messenger_the_house_hears_everything_once():
    house = House(database_is_away_for=1)
    async with telegram_stage() as stage:
        port = free_port()
        platform = TelegramPlatform(
            token=TOKEN, base_url=stage.sandbox.url, now=lambda: NOW, webhook_url=f"http://127.0.0.1:{port}/nhan"
        )
        await platform.start()
        application = web.Application()
        application.add_routes(platform.routes(house.receive))
        runner = web.AppRunner(application, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        async with listening(platform, house):
            await stage.say("12", chat=stage.room)
            await house.hears("12")
        await runner.cleanup()
        await platform.close()
    assert len(house.keys) == len(set(house.keys))
