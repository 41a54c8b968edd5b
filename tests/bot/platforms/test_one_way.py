"""What the house expects of a platform that only sends: the part of the contract without people who write."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from bot.platform import DeliveryError, Menu, Platform, Reason
from storage.messages import BOLD_OFF, BOLD_ON, Deed, OutgoingMessage
from tests.bot.platforms.email.stage import email_stage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.sms.stage import sms_stage
from tests.bot.platforms.stage import Shown

STAGES = {"email": email_stage, "sms": sms_stage}


class OneWayStage(Protocol):
    """`reader` is an address where chị Lan reads, `stranger` one that is none."""

    platform: Platform
    reader: str
    stranger: str

    async def shown(self) -> list[Shown]: ...

    async def lose_next_answer(self) -> None: ...

    async def refuse_connections(self) -> None: ...


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[OneWayStage]:
    async with STAGES[request.param]() as stage:
        yield stage


def note(stage: OneWayStage, text: str = "", *, to: str | None = None, **fields: object) -> OutgoingMessage:
    address = to or stage.reader
    return OutgoingMessage(platform=stage.platform.name, chat_id=address, text=text, **fields)  # type: ignore[arg-type]


async def test_it_knows_who_it_is(stage: OneWayStage):
    me = await stage.platform.start()
    assert (me.platform, me.display_name) == (stage.platform.name, "Trực Ban")
    assert me.account


async def test_what_is_said_is_shown_exactly(stage: OneWayStage):
    text = "Hạn 16:30: A < B & C > D, xin mở trò chuyện.\nTrân trọng."
    delivered = await stage.platform.deliver(note(stage, text))
    [shown] = await stage.shown()
    assert (shown.text, shown.message_id) == (text, delivered.message_id)


async def test_marks_never_show(stage: OneWayStage):
    await stage.platform.deliver(note(stage, f"Hạn {BOLD_ON}16:30 & sớm{BOLD_OFF} nhé"))
    assert (await stage.shown())[0].text == "Hạn 16:30 & sớm nhé"


async def test_nobody_is_heard_and_no_address_is_called(stage: OneWayStage):
    house = House()
    async with listening(stage.platform, house) as task:
        await asyncio.sleep(0.02)
        assert not task.done()
    assert house.batches == []
    assert list(stage.platform.routes(house.receive)) == []


async def test_there_is_no_file_to_fetch(stage: OneWayStage):
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.download("khong-co")
    assert caught.value.reason is Reason.REFUSED


@pytest.mark.parametrize("deed", [Deed.REACT, Deed.CLOSE_PRESS])
async def test_what_only_a_chat_can_do_is_refused(stage: OneWayStage, deed: Deed):
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, deed=deed, emoji="👍"))
    assert caught.value.reason is Reason.REFUSED
    assert await stage.shown() == []


async def test_what_is_no_address_cannot_be_written_to(stage: OneWayStage):
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Chào anh", to=stage.stranger))
    assert caught.value.reason is Reason.UNREACHABLE
    assert stage.stranger not in str(caught.value)


async def test_when_the_answer_is_lost_nobody_knows(stage: OneWayStage):
    await stage.lose_next_answer()
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Báo động"))
    assert caught.value.reason is Reason.UNCERTAIN
    assert [shown.text for shown in await stage.shown()] == ["Báo động"]


async def test_when_the_platform_is_away_nothing_was_sent_and_the_operator_sees_it(stage: OneWayStage):
    await stage.refuse_connections()
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Báo động"))
    assert caught.value.reason is Reason.AWAY
    assert stage.platform.trouble is not None
    assert stage.platform.trouble.endswith(".")


async def test_commands_may_be_announced(stage: OneWayStage):
    await stage.platform.announce_commands([Menu("private", (("huy", "Hủy việc đang làm"),))])
