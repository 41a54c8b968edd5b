"""The way to Telegram is honest about what may have been sent, and tells nobody the token."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.platform import DeliveryError, Reason
from bot.platforms.telegram import TelegramPlatform
from storage.messages import OutgoingMessage
from tests.bot.platforms.telegram.gate import (
    HTML,
    QUICK,
    TOKEN,
    Answer,
    Gate,
    adapter,
    hangs_up,
    keeps_silent,
    raw,
    refuses,
    says,
)
from tests.bot.platforms.telegram.updates import ROOM_ID

NOTE = OutgoingMessage(platform="telegram", chat_id=str(ROOM_ID), text="chị Lan dương tính")


async def failure_of(platform: TelegramPlatform) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await platform.deliver(NOTE)
    return caught.value


OUTCOMES = {
    "cut after sending": (hangs_up(), Reason.UNCERTAIN),
    "silence": (keeps_silent(1.0), Reason.UNCERTAIN),
    "200 in HTML": (raw(200, HTML), Reason.UNCERTAIN),
    "200 without a result": (raw(200, '{"ok":true}', "application/json"), Reason.UNCERTAIN),
    "200 that is not ok": (raw(200, '{"ok":false}', "application/json"), Reason.UNCERTAIN),
    "200 of another shape": (says({"strange": 1}), Reason.UNCERTAIN),
    "a gate that waited": (raw(504, "<html>"), Reason.UNCERTAIN),
    "403 in HTML": (raw(403, HTML), Reason.AWAY),
    "404 in HTML": (raw(404, HTML), Reason.AWAY),
    "a redirect": (raw(302, "", Location="http://127.0.0.1:9/"), Reason.AWAY),
    "500": (refuses(500, "Internal Server Error"), Reason.AWAY),
    "502 in HTML": (raw(502, "<html>"), Reason.AWAY),
    "401": (refuses(401, "Unauthorized"), Reason.AWAY),
    "too large for a relay": (raw(413, "<html>"), Reason.REFUSED),
    "403": (refuses(403, "Forbidden: bot was blocked by the user"), Reason.UNREACHABLE),
    "429": (refuses(429, "Too Many Requests: retry after 35", retry_after=35), Reason.WAIT),
    "429 of a relay": (raw(429, "<html>", **{"Retry-After": "12"}), Reason.WAIT),
    "429 without a number": (raw(429, "<html>"), Reason.WAIT),
    "moved": (refuses(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009), Reason.MOVED),
}


@pytest.mark.parametrize(("answer", "reason"), OUTCOMES.values(), ids=OUTCOMES)
async def test_what_an_answer_means_for_a_message(gate: Gate, answer: Answer, reason: Reason):
    platform = adapter(gate, timing=replace(QUICK, read_timeout=0.1))
    await platform.start()
    gate.lay_out("sendMessage", answer)
    failure = await failure_of(platform)
    assert failure.reason is reason
    assert len(gate.calls_of("sendMessage")) == 1
    await platform.close()


async def test_the_seconds_of_flood_control_arrive(gate: Gate, telegram: TelegramPlatform):
    for name, seconds in (("429", 35), ("429 of a relay", 12), ("429 without a number", 30)):
        gate.lay_out("sendMessage", OUTCOMES[name][0])
        assert (await failure_of(telegram)).retry_after == seconds


async def test_where_nobody_listens_nothing_was_sent(gate: Gate):
    platform = adapter(gate)
    await platform.start()
    platform._bot._base_url = f"http://127.0.0.1:9/bot{TOKEN}"
    assert (await failure_of(platform)).reason is Reason.AWAY
    await platform.close()


async def test_a_proxy_that_is_away_means_nothing_was_sent(gate: Gate):
    platform = adapter(gate, proxy="http://van-phong:mat-khau@127.0.0.1:9")
    await platform._transport.initialize()
    failure = await failure_of(platform)
    assert failure.reason is Reason.AWAY
    assert "mat-khau" not in str(failure)
    await platform.close()


async def test_everything_goes_through_the_proxy(gate: Gate):
    platform = adapter(gate, base_url="http://api.telegram.test", proxy=gate.url)
    await platform.start()
    assert [call.method for call in gate.calls] == ["getMe"]
    await platform.close()


async def test_after_closing_nothing_was_sent(gate: Gate):
    platform = adapter(gate)
    assert (await failure_of(platform)).reason is Reason.AWAY


@pytest.mark.parametrize("name", OUTCOMES)
async def test_neither_the_token_nor_the_words_reach_an_error_or_a_log(
    name: str, gate: Gate, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    with capture_logs() as logged:
        platform = adapter(gate, timing=replace(QUICK, read_timeout=0.1))
        gate.lay_out("getMe", OUTCOMES[name][0])
        starting = asyncio.create_task(platform.start())
        await gate.until("getMe", 1)
        await asyncio.sleep(0.12 if name == "silence" else 0.02)
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        gate.lay_out("sendMessage", OUTCOMES[name][0])
        failure = await failure_of(platform)
        await platform.close()
    seen = [repr(failure), str(failure), repr(failure.__cause__), repr(logged)]
    seen += [record.getMessage() for record in caplog.records if record.name.startswith("telegram")]
    assert not [text for text in seen if TOKEN in text or "dương tính" in text or "AAE" in text]


async def test_the_server_s_own_time_is_told(gate: Gate) -> None:
    told: list[str | None] = []
    platform = adapter(gate, compare=told.append)
    await platform.start()
    await platform.close()
    assert told[0] is not None
    assert told[0].endswith("GMT")
