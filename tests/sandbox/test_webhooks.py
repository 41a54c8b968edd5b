"""Webhooks: the secret, the order, the retries of the very same bytes, and what getWebhookInfo says."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from tests.sandbox.conftest import BOT, UNIT, Office
from tests.sandbox.receiver import Receiver, listening
from tests.sandbox.waiting import until


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with listening() as receiver:
        yield receiver


async def test_updates_are_posted_with_the_secret_and_the_exact_content_type(
    office: Office, receiver: Receiver
) -> None:
    await office.bot.call("setWebhook", url=receiver.url, secret_token="bi-mat_1")
    await office.lan.do("start", bot=BOT)
    await until(lambda: receiver.bodies)
    headers = receiver.headers[0]
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Telegram-Bot-Api-Secret-Token"] == "bi-mat_1"
    assert json.loads(receiver.bodies[0])["message"]["text"] == "/start"
    await until(lambda: not office.sandbox.cloud.posts[7770001].queue.pending)


async def test_what_waited_before_the_webhook_is_posted_too(office: Office, receiver: Receiver) -> None:
    await office.lan.do("start", bot=BOT)
    await office.bot.call("setWebhook", url=receiver.url)
    await until(lambda: receiver.bodies)


async def test_a_refused_update_comes_again_with_the_same_bytes_and_holds_its_queue(
    office: Office, receiver: Receiver
) -> None:
    receiver.answers = [web.Response(status=500) for _ in range(3)]
    await office.bot.call("setWebhook", url=receiver.url)
    await office.lan.do("start", bot=BOT)
    await office.lan.do("say", room=BOT, text="Tin thứ hai")
    await until(lambda: len(receiver.bodies) == 2)
    info = await office.bot.call("getWebhookInfo")
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"
    for seconds in (2, 4):
        await asyncio.sleep(0.02)
        await office.post("/clock", advance=seconds)
    await until(lambda: len(receiver.bodies) == 5)
    assert len(set(receiver.bodies[:4])) == 1
    assert json.loads(receiver.bodies[4])["message"]["text"] == "Tin thứ hai"


async def test_another_chat_does_not_wait_for_a_stuck_one(office: Office, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=400), web.Response(status=400)]
    await office.bot.call("setWebhook", url=receiver.url)
    await office.lan.do("start", bot=BOT)
    await until(lambda: len(receiver.bodies) == 2)
    await office.minh.do("start", bot=BOT)
    await until(lambda: len(receiver.bodies) == 3)
    assert json.loads(receiver.bodies[2])["message"]["from"]["id"] == 1002


async def test_the_receiver_may_say_when_to_come_again(office: Office, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=503, headers={"Retry-After": "500"})]
    await office.bot.call("setWebhook", url=receiver.url)
    await office.lan.do("start", bot=BOT)
    await until(lambda: receiver.bodies)
    await office.post("/clock", advance=490)
    await asyncio.sleep(0.05)
    assert len(receiver.bodies) == 1
    await office.post("/clock", advance=15)
    await until(lambda: len(receiver.bodies) == 2)


async def test_no_more_connections_than_allowed(office: Office, receiver: Receiver) -> None:
    receiver.gate = asyncio.Event()
    await office.bot.call("setWebhook", url=receiver.url, max_connections=2)
    for person in (office.lan, office.minh, office.hoa, office.nga):
        await person.do("start", bot=BOT)
    await until(lambda: len(receiver.bodies) == 2)
    await asyncio.sleep(0.03)
    receiver.gate.set()
    await until(lambda: len(receiver.bodies) == 4)
    assert receiver.most_at_once == 2


async def test_the_answer_may_carry_one_call(office: Office, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": 1001, "text": "Trả lời ngay"}
    receiver.answers = [web.json_response(call)]
    await office.bot.call("setWebhook", url=receiver.url)
    await office.lan.do("start", bot=BOT)
    await until(lambda: not office.sandbox.cloud.posts[7770001].queue.pending)
    assert (await office.lan.messages(BOT))[-1]["text"] == "Trả lời ngay"


async def test_nobody_listening_is_noted(office: Office) -> None:
    async with listening() as gone:
        url = gone.url
    await office.bot.call("setWebhook", url=url)
    await office.lan.do("start", bot=BOT)
    posts = office.sandbox.cloud.posts[7770001]
    await until(lambda: "last_error_message" in (posts.queue.webhook or {}))
    assert (await office.bot.call("getWebhookInfo"))["last_error_message"] == "Connection refused"


async def test_gone_for_a_day_ends_the_webhook(office: Office, receiver: Receiver) -> None:
    receiver.answers = [web.Response(status=410) for _ in range(9)]
    await office.bot.call("setWebhook", url=receiver.url)
    await office.lan.do("start", bot=BOT)
    await until(lambda: len(receiver.bodies) == 2)
    await office.post("/clock", advance=23 * 3600 + 1)
    await until(lambda: office.sandbox.cloud.posts[7770001].queue.webhook is None)
    assert (await office.bot.call("getWebhookInfo"))["url"] == ""


async def test_setting_it_twice_and_too_often(office: Office, receiver: Receiver) -> None:
    await office.bot.call("setWebhook", url=receiver.url)
    assert (await office.bot.ask("setWebhook", url=receiver.url)).description == "Webhook is already set"
    too_often = await office.bot.ask("setWebhook", url=receiver.url + "?b")
    assert (too_often.error_code, too_often.headers["Retry-After"]) == (429, "1")
    assert "bad webhook" in await office.bot.refused("setWebhook", url="ftp://x")
    assert "unallowed characters" in await office.bot.refused("setWebhook", url=receiver.url, secret_token="có dấu")


async def test_what_waits_is_dropped_on_request(office: Office) -> None:
    await office.lan.do("start", bot=BOT)
    await office.bot.call("deleteWebhook", drop_pending_updates=True)
    assert (await office.bot.call("getWebhookInfo"))["pending_update_count"] == 0


async def test_presses_of_different_people_travel_in_different_queues(office: Office, receiver: Receiver) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="?", reply_markup=keyboard)
    receiver.answers = [web.Response(status=500), web.Response(status=500)]
    await office.bot.call("setWebhook", url=receiver.url)
    for person in (office.lan, office.minh):
        await person.do("press", room=str(UNIT), message_id=sent["message_id"], button="Có")
        await until(lambda: len(receiver.bodies) >= 2)
    await until(lambda: len(receiver.bodies) == 3)
    assert json.loads(receiver.bodies[2])["callback_query"]["from"]["id"] == 1002


async def test_a_crossed_update_comes_behind_the_next_of_its_chat_if_one_comes(
    office: Office, receiver: Receiver
) -> None:
    await office.bot.call("setWebhook", url=receiver.url)
    await office.post("/faults", kind="crossed", times=2)
    await office.lan.do("start", bot=BOT)
    await office.lan.do("say", room=BOT, text="Tin thứ hai")
    await until(lambda: len(receiver.bodies) == 2)
    await office.lan.do("say", room=BOT, text="Tin thứ ba")
    await until(lambda: len(receiver.bodies) == 3)
    said = [json.loads(body)["message"]["text"] for body in receiver.bodies]
    assert said == ["Tin thứ hai", "/start", "Tin thứ ba"]
