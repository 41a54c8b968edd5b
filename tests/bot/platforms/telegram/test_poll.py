"""The long poll: confirms only what is stored, parks what is broken, and outlives whatever answers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.platform import Poison
from bot.platforms.telegram import TelegramPlatform
from storage.messages import IncomingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.telegram.gate import (
    HTML,
    NOW,
    Answer,
    Gate,
    adapter,
    brings,
    hangs_up,
    keeps_silent,
    raw,
    refuses,
)
from tests.bot.platforms.telegram.updates import says, update


async def test_a_leftover_webhook_is_removed_and_only_our_updates_are_asked_for(gate: Gate, telegram: TelegramPlatform):
    async with listening(telegram, House()):
        asked = (await gate.until("getUpdates", 1))[0]
    assert [call.method for call in gate.calls[:3]] == ["getMe", "deleteWebhook", "getUpdates"]
    assert asked["allowed_updates"] == '["message","edited_message","callback_query","my_chat_member"]'
    assert "offset" not in asked


async def test_poison_in_the_middle_of_a_batch_harms_nobody(gate: Gate, telegram: TelegramPlatform):
    house = House()
    gate.lay_out("getUpdates", brings(says("12", 1), update(2, message={"text": 5}), says("13", 3)))
    async with listening(telegram, house):
        asked = await gate.until("getUpdates", 2)
    (batch,) = house.batches
    assert [type(message) for message in batch] == [IncomingMessage, Poison, IncomingMessage]
    assert house.keys == ["1", "2", "3"]
    assert asked[1]["offset"] == "4"


async def test_updates_out_of_order_are_heard_in_their_order(gate: Gate, telegram: TelegramPlatform):
    house = House()
    gate.lay_out("getUpdates", brings(says("15", 3), says("12", 2), says("9", 1), says("12", 2)))
    async with listening(telegram, house):
        asked = await gate.until("getUpdates", 2)
    assert house.keys == ["1", "2", "2", "3"]
    assert asked[1]["offset"] == "4"


async def test_half_a_character_does_not_stop_what_comes_behind_it(gate: Gate, telegram: TelegramPlatform):
    house = House()
    spoiled = says("\U0001f600 nửa \\ud800 @@ chữ", 1).replace(b"@@", rb"\ud83d")
    gate.lay_out("getUpdates", brings(spoiled, says("13", 2)))
    async with listening(telegram, house):
        asked = await gate.until("getUpdates", 2)
    (batch,) = house.batches
    assert [message.text for message in batch if isinstance(message, IncomingMessage)] == [
        "\U0001f600 nửa \\ud800 \ufffd chữ",
        "13",
    ]
    assert asked[1]["offset"] == "3"


async def test_updates_that_do_not_concern_us_are_confirmed_too(gate: Gate, telegram: TelegramPlatform):
    house = House()
    gate.lay_out("getUpdates", brings(update(8, poll={"id": "1"})))
    async with listening(telegram, house):
        asked = await gate.until("getUpdates", 2)
    assert (house.batches, asked[1]["offset"]) == ([], "9")


async def test_nothing_is_confirmed_before_the_house_has_stored_it(gate: Gate, telegram: TelegramPlatform):
    stored = asyncio.Event()

    async def receive(batch: Sequence[IncomingMessage | Poison]) -> None:
        await stored.wait()

    gate.lay_out("getUpdates", brings(says("12", 5)))
    task = asyncio.create_task(telegram.listen(receive))
    await gate.until("getUpdates", 1)
    await asyncio.sleep(0.05)
    assert len(gate.calls_of("getUpdates")) == 1
    stored.set()
    assert (await gate.until("getUpdates", 2))[1]["offset"] == "6"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_while_the_database_is_away_the_same_updates_are_asked_for_again(gate: Gate, telegram: TelegramPlatform):
    house = House(database_is_away_for=2)
    gate.lay_out("getUpdates", *[brings(says("12", 5))] * 3)
    async with listening(telegram, house):
        asked = await gate.until("getUpdates", 4)
    assert house.keys == ["5"]
    assert [question.get("offset") for question in asked[:4]] == [None, None, None, "6"]


async def test_a_lower_number_after_a_quiet_week_is_followed(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("getUpdates", brings(says("12", 900)), brings(says("13", 7)))
    async with listening(telegram, House()):
        asked = await gate.until("getUpdates", 3)
    assert [asked[1]["offset"], asked[2]["offset"]] == ["901", "8"]


TROUBLES = {
    "401": refuses(401, "Unauthorized"),
    "404": refuses(404, "Not Found"),
    "409": refuses(409, "Conflict: terminated by other getUpdates request; make sure that only one is running"),
    "429": refuses(429, "Too Many Requests: retry after 0", retry_after=0),
    "500": refuses(500, "Internal Server Error"),
    "502 in HTML": raw(502, "<html>Bad Gateway</html>"),
    "401 in HTML": raw(401, HTML),
    "404 in HTML": raw(404, HTML),
    "200 in HTML": raw(200, HTML),
    "a redirect": raw(302, "", Location="http://127.0.0.1:9/chan"),
    "half an answer": raw(200, b'{"ok":true,"result":[{"upda', "application/json"),
    "another shape": raw(200, b'{"ok":true,"result":{}}', "application/json"),
    "no numbers": raw(200, b'{"ok":true,"result":[{}]}', "application/json"),
    "a reset": hangs_up(),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES)
async def test_polling_outlives(trouble: Answer, gate: Gate):
    house = House()
    platform = adapter(gate)
    await platform.start()
    gate.lay_out("getUpdates", trouble, trouble, brings(says("12", 5)))
    async with listening(platform, house) as task:
        await house.until("5")
        assert not task.done()
    assert house.keys[-1] == "5"
    await gate_settles(platform)
    await platform.close()


async def gate_settles(platform: TelegramPlatform) -> None:
    assert platform.trouble is None
    assert platform.last_success == NOW


async def test_trouble_is_visible_while_it_lasts(gate: Gate):
    platform = adapter(gate)
    await platform.start()
    gate.lay_out("getUpdates", *[raw(404, HTML)] * 200)
    async with listening(platform, House()):
        await gate.until("getUpdates", 3)
        assert platform.trouble is not None
        assert "trả lời thay Telegram" in platform.trouble
    await platform.close()


async def test_after_a_conflict_with_a_webhook_the_webhook_is_removed_again(gate: Gate, telegram: TelegramPlatform):
    active = (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    gate.lay_out("getUpdates", refuses(409, active))
    async with listening(telegram, House()):
        await gate.until("getUpdates", 2)
    assert len(gate.calls_of("deleteWebhook")) == 2


async def test_a_poll_that_never_answers_is_given_up(gate: Gate, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("bot.platforms.telegram.poll.ALLOWANCE", 0.05)
    platform = adapter(gate)
    await platform.start()
    gate.lay_out("getUpdates", keeps_silent(1.0))
    async with listening(platform, House()):
        await gate.until("getUpdates", 2)
    await platform.close()


async def test_starting_waits_for_telegram_however_it_fails(gate: Gate):
    gate.lay_out("getMe", refuses(401, "Unauthorized"), raw(404, HTML), hangs_up(), refuses(502, "Bad Gateway"))
    platform = adapter(gate)
    me = await platform.start()
    assert (me.account, me.username, me.display_name) == ("7000", "truc_ban_bot", "Trực Ban")
    assert len(gate.calls_of("getMe")) == 5
    await platform.close()


async def test_a_wrong_token_is_said_in_plain_vietnamese(gate: Gate):
    platform = adapter(gate)
    gate.lay_out("getMe", *[refuses(401, "Unauthorized")] * 200)
    task = asyncio.create_task(platform.start())
    await gate.until("getMe", 2)
    assert platform.trouble == "Telegram không nhận mã bot (token): xin kiểm tra lại mã do BotFather cấp."
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await platform.close()
