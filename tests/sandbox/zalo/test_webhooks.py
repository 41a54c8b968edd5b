"""Webhooks of Zalo: set, pinged, called with the secret, called again, and mutually exclusive with polling."""

from __future__ import annotations

import json

import pytest
from aiohttp import web

from tests.sandbox.receiver import Receiver, listening
from tests.sandbox.waiting import until
from tests.sandbox.zalo.conftest import BOT, ZaloOffice

SECRET = "12345678"


async def bodies(receiver: Receiver, count: int) -> list[bytes]:
    """The ping is the first."""
    await until(lambda: _has(receiver, count))
    return receiver.bodies


async def _has(receiver: Receiver, count: int) -> bool:
    return len(receiver.bodies) >= count


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("http://bot.example/x", SECRET),
        ("https://bot.zapps.me/x", SECRET),
        ("ftp://127.0.0.1/x", SECRET),
        ("", SECRET),
        ("https://bot.example/x", "1234567"),
        ("https://bot.example/x", "x" * 257),
        ("https://bot.example/x", ""),
    ],
)
async def test_what_zalo_does_not_take_as_an_address_or_a_secret(office: ZaloOffice, url: str, secret: str) -> None:
    assert await office.bot.refused("setWebhook", url=url, secret_token=secret) == 400
    assert await office.bot.refused("getWebhookInfo") == 404


async def test_it_is_pinged_without_body_and_secret_and_then_called_with_both(office: ZaloOffice) -> None:
    async with listening() as receiver:
        answer = await office.bot.call("setWebhook", url=receiver.url, secret_token=SECRET)
        assert (answer["url"], answer["verification"]["outcome"]) == (receiver.url, "webhook.ok")
        assert receiver.bodies == [b""]
        assert "X-Bot-Api-Secret-Token" not in receiver.headers[0]
        assert (await office.bot.call("getWebhookInfo"))["url"] == receiver.url
        await office.lan.do("say", room=BOT, text="12")
        event = json.loads((await bodies(receiver, 2))[1])
        assert event["message"]["text"] == "12"
        assert receiver.headers[1]["X-Bot-Api-Secret-Token"] == SECRET
        assert await office.bot.refused("getUpdates", timeout=0) == 400
        assert (await office.bot.call("deleteWebhook"))["url"] == ""
    assert await office.bot.hears_nothing()


async def test_the_address_is_kept_even_where_the_ping_fails(office: ZaloOffice) -> None:
    answer = await office.bot.call("setWebhook", url="http://127.0.0.1:9/x", secret_token=SECRET)
    assert answer["verification"]["ok"] is False
    assert answer["verification"]["outcome"] == "webhook.err.conn"
    assert (await office.bot.call("getWebhookInfo"))["url"] == "http://127.0.0.1:9/x"


async def test_what_is_refused_comes_again_a_few_times_and_is_lost_then(office: ZaloOffice) -> None:
    await office.switch(webhook_repeats=1, webhook_body="wrapped")
    async with listening() as receiver:
        receiver.answers = [web.Response(), *[web.Response(status=503) for _ in range(2)]]
        await office.bot.call("setWebhook", url=receiver.url, secret_token=SECRET)
        await office.lan.do("say", room=BOT, text="mất")
        await bodies(receiver, 2)
        await office.lan.do("say", room=BOT, text="còn")
        await until(lambda: _moved_on(office, receiver))
        texts = [json.loads(body)["result"]["message"]["text"] for body in receiver.bodies[1:]]
        assert texts == ["mất", "mất", "còn"]


async def _moved_on(office: ZaloOffice, receiver: Receiver) -> bool:
    await office.post("/clock", advance=10)
    return len(receiver.bodies) >= 4


async def test_to_delete_what_is_not_there_is_a_matter_of_the_account(office: ZaloOffice) -> None:
    assert (await office.bot.call("deleteWebhook"))["url"] == ""
    await office.switch(delete_without_webhook="400")
    assert await office.bot.refused("deleteWebhook") == 400


async def test_order_is_not_promised(office: ZaloOffice) -> None:
    await office.lan.do("say", room=BOT, text="một")
    await office.lan.do("say", room=BOT, text="hai")
    await office.switch(webhook_order="mixed")
    async with listening() as receiver:
        await office.bot.call("setWebhook", url=receiver.url, secret_token=SECRET)
        texts = [json.loads(body)["message"]["text"] for body in (await bodies(receiver, 3))[1:]]
    assert texts == ["hai", "một"]
