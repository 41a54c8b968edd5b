"""What is said, as the gate and the rooms see it."""

from __future__ import annotations

import pytest

from bot.platform import DeliveryError, Reason
from bot.platforms.zalo import ZaloPlatform
from storage.messages import BOLD_OFF, BOLD_ON, Deed, OutgoingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.zalo.gate import SENT, Gate, brings, refuses
from tests.bot.platforms.zalo.stage import ZaloStage
from tests.sandbox.test_files import PNG


def note(text: str, *, chat: str = "a1b2", deed: Deed = Deed.SAY) -> OutgoingMessage:
    return OutgoingMessage(platform="zalo", chat_id=chat, text=text, deed=deed)


async def test_bold_goes_as_styles_beside_plain_words(gate: Gate, zalo: ZaloPlatform) -> None:
    done = await zalo.deliver(note(f"😀 Hạn {BOLD_ON}16:30{BOLD_OFF}"))
    style = {"start": 7, "len": 5, "st": ["b"]}
    assert gate.calls_of("sendMessage") == [{"chat_id": "a1b2", "text": "😀 Hạn 16:30", "text_styles": [style]}]
    assert done.message_id == "7c1e90ab34d5f6021a7b"


async def test_bold_is_seen_in_the_room(stage: ZaloStage) -> None:
    await stage.platform.deliver(note(f"😀 Hạn {BOLD_ON}16:30{BOLD_OFF} nhé", chat=stage.room))
    assert (await stage.shown(stage.room))[-1].bold == ("16:30",)


async def test_styles_that_are_not_taken_are_left_out(gate: Gate, zalo: ZaloPlatform) -> None:
    gate.lay_out("sendMessage", refuses(400))
    await zalo.deliver(note(f"Hạn {BOLD_ON}16:30{BOLD_OFF}"))
    assert [list(call) for call in gate.calls_of("sendMessage")] == [
        ["chat_id", "text", "text_styles"],
        ["chat_id", "text"],
    ]


async def test_a_long_text_stops_at_the_first_part_that_fails_and_is_doubtful(gate: Gate, zalo: ZaloPlatform) -> None:
    gate.lay_out("sendMessage", refuses(429))
    with pytest.raises(DeliveryError) as caught:
        await zalo.deliver(note("chữ " * 1200))
    assert caught.value.reason is Reason.WAIT  # the first part: nothing is out
    gate.lay_out("sendMessage", brings(SENT), refuses(429))
    with pytest.raises(DeliveryError) as caught:
        await zalo.deliver(note("chữ " * 1200))
    assert caught.value.reason is Reason.UNCERTAIN
    assert len(gate.calls_of("sendMessage")) == 3


@pytest.mark.parametrize("deed", [Deed.REACT, Deed.CLOSE_PRESS])
async def test_what_zalo_cannot_show_costs_no_message(gate: Gate, zalo: ZaloPlatform, deed: Deed) -> None:
    await zalo.deliver(note("Đã ghi", deed=deed))
    assert [method for method, _ in gate.calls] == ["getMe"]


async def test_a_picture_somebody_sent_can_be_had(stage: ZaloStage) -> None:
    house = House()
    async with listening(stage.platform, house):
        await stage.upload("anh.png", PNG, chat=stage.room, caption="tại cổng", kind="photo")
        heard = await house.hears("tại cổng")
    assert heard.file is not None
    assert await stage.platform.download(heard.file.reference) == PNG
