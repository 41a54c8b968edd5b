"""A bad day on Zalo, made by the sandbox: what the adapter makes of it, and what people have seen."""

from __future__ import annotations

import pytest

from bot.platform import DeliveryError, Reason
from storage.messages import OutgoingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.zalo.stage import ZaloStage

FAULTS = {
    "drop_before": (Reason.UNCERTAIN, False),
    "drop_after": (Reason.UNCERTAIN, True),
    "408": (Reason.UNCERTAIN, False),
    "408_after": (Reason.UNCERTAIN, True),
    "400": (Reason.UNREACHABLE, False),
    "401": (Reason.AWAY, False),
    "403": (Reason.AWAY, False),
    "429": (Reason.WAIT, False),
    "500": (Reason.AWAY, False),
    "html502": (Reason.AWAY, False),
    "html404": (Reason.AWAY, False),
}
"""What it means, and whether the message is in the room."""


@pytest.mark.parametrize("kind", FAULTS)
async def test_what_a_fault_means_and_what_people_see(stage: ZaloStage, kind: str) -> None:
    reason, is_seen = FAULTS[kind]
    await stage.fault(kind=kind, method="sendMessage")
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(OutgoingMessage(platform="zalo", chat_id=stage.private, text="Báo động"))
    assert caught.value.reason is reason
    assert ("Báo động" in [message.text for message in await stage.shown(stage.private)]) is is_seen


async def test_an_event_handed_out_twice_is_heard_once(stage: ZaloStage) -> None:
    house = House()
    await stage.fault(kind="duplicate")
    await stage.say("một", chat=stage.private)
    async with listening(stage.platform, house):
        await stage.say("hai", chat=stage.private)
        await house.hears("hai")
    assert house.texts == ["một", "hai"]


async def test_the_end_of_the_month_is_a_wait_and_the_next_month_goes_on(stage: ZaloStage) -> None:
    await stage.switch(messages=0)
    message = OutgoingMessage(platform="zalo", chat_id=stage.private, text="Nhắc")
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(message)
    assert caught.value.reason is Reason.WAIT
    await stage.switch(messages=3000)
    await stage.platform.deliver(message)


async def test_the_fifty_first_person_is_not_heard_and_nothing_breaks(stage: ZaloStage) -> None:
    await stage.switch(users=1)
    house = House()
    async with listening(stage.platform, house):
        await stage.say("một", chat=stage.private)
        await stage.do("say", by=1004, room="@bot.trucban", text="anh Minh")
        await stage.say("hai", chat=stage.private)
        await house.hears("hai")
    assert house.texts == ["một", "hai"]
