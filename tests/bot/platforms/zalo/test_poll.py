"""The long poll: whatever Zalo does with its events, each is taken in once, and none that we got is let go."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
import structlog

from bot.platform import Poison
from bot.platforms.zalo import ZaloPlatform
from storage.messages import OutgoingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.telegram.gate import hangs_up, raw
from tests.bot.platforms.zalo.gate import Gate, adapter, brings, refuses
from tests.bot.platforms.zalo.stage import BOT_NAME, TOKEN, ZaloStage
from tests.bot.platforms.zalo.test_incoming import event


def update(text: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(event(text=text, message_id=f"id-{text}"))
    return told


@pytest.mark.parametrize("way", ["consume", "replay", "list"])
async def test_whichever_way_events_are_handed_out_each_line_is_heard_once(stage: ZaloStage, way: str) -> None:
    await stage.switch(updates=way)
    house = House()
    await stage.say("một", chat=stage.private)
    async with listening(stage.platform, house):
        await house.hears("một")
        await stage.say("hai", chat=stage.private)
        await stage.say("ba", chat=stage.room)
        await house.hears("ba")
        await asyncio.sleep(0.2)  # in which a replayed event comes back again and again
    assert house.texts == ["một", "hai", "ba"]


async def test_the_same_event_again_and_again_does_not_make_us_hammer(stage: ZaloStage) -> None:
    await stage.switch(updates="replay")
    house = House()
    async with listening(stage.platform, house):
        await stage.say("một", chat=stage.private)
        await house.hears("một")
        before = len(await stage.calls("getUpdates"))
        await asyncio.sleep(0.2)
        asked = len(await stage.calls("getUpdates")) - before
    assert 2 <= asked <= 12  # with a rest of 0.02 s each; the office's is a second


async def test_after_a_restart_a_replayed_event_reaches_the_inbox_under_its_old_key(stage: ZaloStage) -> None:
    """There it dies: the key is what stands in the inbox, not in this process."""
    await stage.switch(updates="replay")
    keys = []
    await stage.say("một", chat=stage.private)
    for _ in range(2):
        house = House()
        async with listening(stage.platform, house):
            await house.hears("một")
        keys += house.keys
    assert len(keys) == 2
    assert keys[0] == keys[1]


@pytest.mark.parametrize("idle", ["408", "200", "empty"])
async def test_an_idle_poll_is_no_trouble(stage: ZaloStage, idle: str) -> None:
    await stage.switch(idle=idle)
    house = House()
    async with listening(stage.platform, house):
        await asyncio.sleep(1.2)
        assert stage.platform.trouble is None
        await stage.say("12", chat=stage.private)
        await house.hears("12")
    assert len(await stage.calls("getUpdates")) < 10


async def test_while_the_database_is_away_the_event_that_only_we_have_waits_in_our_hands(gate: Gate) -> None:
    platform = adapter(gate)
    house = House(database_is_away_for=3)
    gate.lay_out("getUpdates", brings(update("12")))
    async with listening(platform, house):
        await house.hears("12")
        assert len(gate.calls_of("getUpdates")) == 1
        await gate.until("getUpdates", 3)
        assert platform.trouble is None
    await platform.close()


async def test_no_answer_of_any_kind_ends_it(gate: Gate, zalo: ZaloPlatform) -> None:
    house = House()
    troubles = [refuses(401), refuses(403), refuses(429), refuses(500), hangs_up(), raw(502, "<html>"), raw(200, "[")]
    for number, trouble in enumerate(troubles):
        gate.lay_out("getUpdates", trouble, brings(update(str(number))))
    async with listening(zalo, house) as task:
        await house.hears(str(len(troubles) - 1))
        assert not task.done()
    assert house.texts == [str(number) for number in range(len(troubles))]
    assert zalo.trouble is None


async def test_an_event_that_cannot_be_read_is_parked_and_the_next_is_heard(gate: Gate, zalo: ZaloPlatform) -> None:
    house = House()
    gate.lay_out(
        "getUpdates", brings([update("1"), {"event_name": "message.text.received", "message": 7}, update("2")])
    )
    async with listening(zalo, house):
        await house.hears("2")
    assert [type(each).__name__ for each in house.batches[0]] == ["IncomingMessage", "Poison", "IncomingMessage"]


async def test_an_answer_broken_by_its_event_is_parked_once(gate: Gate, zalo: ZaloPlatform) -> None:
    """A replaying Zalo would bring it for ever."""
    broken = raw(
        200,
        b'{"ok":true,"result":{"event_name":"message.text.received","message":{"text":"\xff"}}}',
        "application/json",
    )
    gate.lay_out("getUpdates", broken, broken, broken, brings(update("2")))
    house = House()
    async with listening(zalo, house):
        await house.hears("2")
    assert sum(isinstance(each, Poison) for batch in house.batches for each in batch) == 1
    assert zalo.trouble is None


async def test_a_webhook_left_from_another_way_of_running_is_taken_away(stage: ZaloStage) -> None:
    async with stage.http.post(
        f"{stage.sandbox.url}/zalo/bot{TOKEN}/setWebhook",
        json={"url": "http://127.0.0.1:9/x", "secret_token": "12345678"},
    ) as answer:
        assert (await answer.json())["result"]["verification"]["ok"] is False
    house = House()
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.private)
        await house.hears("12")
    assert len(await stage.calls("deleteWebhook")) == 1


async def test_where_there_is_none_nothing_is_deleted(stage: ZaloStage) -> None:
    house = House()
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.private)
        await house.hears("12")
    assert await stage.calls("deleteWebhook") == []


async def test_a_webhook_set_while_polling_is_taken_away_again(gate: Gate, zalo: ZaloPlatform) -> None:
    house = House()
    gate.lay_out("getUpdates", refuses(400), brings(update("12")))
    gate.lay_out("getWebhookInfo", refuses(404), brings({"url": "https://x.example/y", "updated_at": 5}))
    gate.lay_out("deleteWebhook", refuses(400))
    async with listening(zalo, house):
        await house.hears("12")
    assert len(gate.calls_of("deleteWebhook")) == 1


async def test_what_is_not_meant_for_the_bot_never_comes(stage: ZaloStage) -> None:
    house = House()
    async with listening(stage.platform, house):
        await stage.say("chuyện riêng của phòng", chat=stage.room, mention=False)
        await stage.say("@Bot Trực Ban gõ bằng tay", chat=stage.room, mention=False)
        await stage.say("12", chat=stage.room)
        await house.hears("12")
        asked = await stage.platform.deliver(_note(stage, "Bao nhiêu lượt?"))
        await stage.say("13", chat=stage.room, reply_to=asked.message_id, mention=False)
        await house.hears("13")
    assert house.texts == ["12", "13"]


def _note(stage: ZaloStage, text: str) -> Any:
    return OutgoingMessage(platform="zalo", chat_id=stage.room, text=text, is_group=True)


async def test_the_token_reaches_no_log_while_polling_goes_wrong(gate: Gate) -> None:
    with structlog.testing.capture_logs() as logs:
        platform = adapter(gate)
        house = House()
        gate.lay_out("getUpdates", hangs_up(), raw(502, "<html>"), refuses(401), brings(update("1")))
        async with listening(platform, house):
            await house.hears("1")
        await platform.close()
    assert logs
    assert TOKEN.split(":")[1] not in repr(logs)


async def test_the_poll_goes_on_where_the_messenger_was_restarted(stage: ZaloStage) -> None:
    await stage.fault(kind="html502", method="getUpdates", times=2)
    house = House()
    async with listening(stage.platform, house):
        await stage.do("send", room=BOT_NAME, sticker="90210")
        await stage.say("12", chat=stage.private)
        await house.hears("12")
    assert house.texts == ["12"]


async def test_what_is_in_our_hands_when_we_are_told_to_stop_is_still_taken_in(gate: Gate, zalo: ZaloPlatform) -> None:
    house = House(database_is_away_for=3)
    gate.lay_out("getUpdates", brings(update("12")))
    listening_to_it = asyncio.create_task(zalo.listen(house.receive))
    await house.was_away.wait()
    listening_to_it.cancel()
    await asyncio.gather(listening_to_it, return_exceptions=True)
    assert house.texts == ["12"]
