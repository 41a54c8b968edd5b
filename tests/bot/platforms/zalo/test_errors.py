"""Every answer that is no success has a meaning for the house, and none of them tells a secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import structlog

from bot.platform import DeliveryError, Reason
from bot.platforms.zalo import ZaloPlatform
from bot.platforms.zalo.errors import MEANINGS, RefusedError, ZaloError, sentence_for
from storage.messages import OutgoingMessage
from tests.bot.platforms.telegram.gate import HTML, hangs_up, keeps_silent, raw
from tests.bot.platforms.zalo.gate import Answer, Gate, adapter, refuses
from tests.bot.platforms.zalo.stage import TOKEN

WORDS = "Chị Lan sốt 38 độ"
ALERT = OutgoingMessage(platform="zalo", chat_id="a1b2", text=WORDS)

JSON = "application/json"
ANSWERS: dict[str, tuple[Callable[[], Answer], Reason]] = {
    "bad request": (lambda: refuses(400), Reason.UNREACHABLE),
    "token reset": (lambda: refuses(401), Reason.AWAY),
    "mislabelled": (lambda: refuses(403), Reason.AWAY),
    "not found": (lambda: refuses(404), Reason.UNREACHABLE),
    "timed out": (lambda: refuses(408), Reason.UNCERTAIN),
    "some other refusal": (lambda: refuses(418), Reason.UNREACHABLE),
    "test limit": (lambda: refuses(426, ok=False, errorCode=426), Reason.REFUSED),
    "quota": (lambda: refuses(429), Reason.WAIT),
    "inside": (lambda: refuses(500), Reason.AWAY),
    "behind the gate": (lambda: refuses(504), Reason.UNCERTAIN),
    "no with a yes of HTTP": (lambda: refuses(429, status=200), Reason.WAIT),
    "outage page": (lambda: raw(502, HTML), Reason.AWAY),
    "gate gave up": (lambda: raw(504, HTML), Reason.UNCERTAIN),
    "blocked": (lambda: raw(403, HTML), Reason.AWAY),
    "sign-in page": (lambda: raw(200, HTML), Reason.UNCERTAIN),
    "half an answer": (lambda: raw(200, '{"ok":tr', JSON), Reason.UNCERTAIN),
    "no message id": (lambda: raw(200, '{"ok":true}', JSON), Reason.UNCERTAIN),
    "line cut": (hangs_up, Reason.UNCERTAIN),
    "silence": (lambda: keeps_silent(1.0), Reason.UNCERTAIN),
}


async def refusal_of(platform: ZaloPlatform) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await platform.deliver(ALERT)
    return caught.value


@pytest.mark.parametrize("name", ANSWERS)
async def test_what_an_answer_means_for_a_message(gate: Gate, zalo: ZaloPlatform, name: str) -> None:
    answer, reason = ANSWERS[name]
    gate.lay_out("sendMessage", answer())
    error = await refusal_of(zalo)
    assert error.reason is reason
    assert (error.retry_after is not None) == (reason is Reason.WAIT)


@pytest.mark.parametrize("name", ANSWERS)
async def test_neither_the_token_nor_the_words_reach_an_error_or_a_log(gate: Gate, name: str) -> None:
    with structlog.testing.capture_logs() as logs:
        platform = adapter(gate)
        await platform.start()
        gate.lay_out("sendMessage", ANSWERS[name][0]())
        error = await refusal_of(platform)
        await platform.close()
    told = repr((logs, error, error.__cause__, error.__dict__))
    assert TOKEN.split(":")[1] not in told
    assert "Lan" not in told
    assert gate.url not in told


async def test_nothing_was_sent_where_nobody_listens(gate: Gate) -> None:
    platform = adapter(gate)
    await platform.start()
    platform._client._root = "http://127.0.0.1:9/bot1:x"
    assert (await refusal_of(platform)).reason is Reason.AWAY
    await platform.close()


async def test_nothing_is_sent_after_the_end(gate: Gate) -> None:
    platform = adapter(gate)
    await platform.start()
    await platform.close()
    assert (await refusal_of(adapter(gate))).reason is Reason.AWAY


@pytest.mark.parametrize("code", [400, 404])
async def test_where_the_bot_itself_is_refused_it_is_not_the_chat(gate: Gate, zalo: ZaloPlatform, code: int) -> None:
    gate.lay_out("sendMessage", refuses(code))
    gate.lay_out("getMe", refuses(401))
    assert (await refusal_of(zalo)).reason is Reason.AWAY


def test_the_table_holds_every_documented_code() -> None:
    assert {400, 401, 403, 404, 408, 426, 429} <= MEANINGS.keys()


@pytest.mark.parametrize("code", [400, 401, 404, 429, 500])
def test_the_operator_gets_a_sentence_for_each(code: int) -> None:
    assert "Zalo" in sentence_for(RefusedError(code))


@pytest.mark.parametrize("kind", [ZaloError, *ZaloError.__subclasses__(), ValueError])
def test_and_for_every_class(kind: type[Exception]) -> None:
    error = kind(400) if kind is RefusedError else kind("…")  # type: ignore[arg-type]
    assert sentence_for(error).endswith(".")


async def test_at_the_start_it_waits_for_zalo_and_says_why(gate: Gate) -> None:
    gate.lay_out("getMe", refuses(401), raw(502, HTML), raw(200, '{"ok":true,"result":7}', JSON))
    platform = adapter(gate)
    with structlog.testing.capture_logs() as logs:
        me = await platform.start()
    assert (me.account, me.username, me.display_name) == ("8800", "bot.trucban", "bot.trucban")
    assert platform.trouble is None
    troubled = [entry["meaning"] for entry in logs if entry["event"] == "line_troubled"]
    assert "token" in troubled[0]
    assert len(troubled) == 2
    await platform.close()


async def test_the_start_is_reported(gate: Gate) -> None:
    platform = adapter(gate, bot_name="Bot Trực Ban")
    with structlog.testing.capture_logs() as logs:
        me = await platform.start()
    [report] = [entry for entry in logs if entry["event"] == "zalo_started"]
    assert (report["account_type"], report["can_join_groups"], report["way"]) == ("BASIC", False, "poll")
    assert any(entry["event"] == "zalo_cannot_join_groups" for entry in logs)
    assert me.display_name == "Bot Trực Ban"
    assert me.way_in == "tìm “Bot Trực Ban” trên Zalo"
    assert "“Bot Trực Ban”" in me.way_into_rooms
    await platform.close()


async def test_the_bots_own_link_is_told_where_the_office_gave_it(gate: Gate) -> None:
    platform = adapter(gate, bot_link="https://zalo.example/b/trucban")
    assert (await platform.start()).way_in == "mở https://zalo.example/b/trucban trên Zalo"
    await platform.close()
