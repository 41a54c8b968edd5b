"""Telegram's own ways, on the running messenger: topics, anonymous leaders, growing groups, formatting, bad days."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platform import Attachment, DeliveryError, Reason
from storage.messages import BOLD_OFF, BOLD_ON, Act, Button, OutgoingFile, OutgoingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.telegram.stage import (
    BOT_NAME,
    FORUM_ID,
    LAN,
    MINH,
    OLD_GROUP_ID,
    TelegramStage,
    telegram_stage,
)
from understanding.phrases.normalize import nfc


@pytest.fixture
async def stage() -> AsyncIterator[TelegramStage]:
    async with telegram_stage() as stage:
        yield stage


def note(chat: int | str, text: str, **fields: object) -> OutgoingMessage:
    return OutgoingMessage(platform="telegram", chat_id=str(chat), text=text, **fields)  # type: ignore[arg-type]


PIECES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]) | st.sampled_from("<>&;#\"'/\n bếủ😀"), max_size=40
).map(nfc)  # as everything leaves


@pytest.fixture(scope="module")
async def one_stage() -> AsyncIterator[TelegramStage]:
    """One for all examples of a property."""
    async with telegram_stage() as stage:
        yield stage


@given(first=PIECES, second=PIECES)
@settings(max_examples=40)
async def test_any_text_comes_out_as_it_went_in(one_stage: TelegramStage, first: str, second: str):
    written = await one_stage.platform.deliver(note(LAN, f"¹{first}{BOLD_ON}²{second}³{BOLD_OFF}"))
    messages = {message.message_id: message for message in await one_stage.shown(one_stage.private)}
    shown = messages[written.message_id or ""]
    assert (shown.text, shown.bold) == (f"¹{first}²{second}³", (f"²{second}³",))


async def test_a_talk_in_a_topic_stays_in_the_topic(stage: TelegramStage):
    house = House()
    await stage.say("Chào cả Sở", chat=str(FORUM_ID))
    thread = (await stage.do("topic", by=MINH, room=str(FORUM_ID), name="Báo cáo ngày"))["thread"]
    async with listening(stage.platform, house):
        await stage.do("say", room=str(FORUM_ID), text="12", thread=thread)
        heard = await house.hears("12")
    assert (heard.thread_id, heard.reply_to, heard.addressed) == (str(thread), None, False)
    answer = await stage.platform.deliver(
        note(FORUM_ID, "Đã ghi", thread_id=heard.thread_id, reply_to=heard.message_id)
    )
    async with listening(stage.platform, house):
        said = await stage.say("13", chat=str(FORUM_ID), reply_to=answer.message_id)
        correction = await house.hears("13")
    assert (correction.message_id, correction.thread_id, correction.reply_to) == (said, str(thread), answer.message_id)
    assert correction.addressed


async def test_a_topic_that_is_gone_does_not_swallow_an_alert(stage: TelegramStage):
    await stage.platform.deliver(note(FORUM_ID, "Báo động", thread_id="998"))
    assert (await stage.shown(str(FORUM_ID)))[-1].text == "Báo động"


async def test_an_anonymous_leader_is_recognised_as_nobody(stage: TelegramStage):
    house = House()
    await stage.do("promote", by=MINH, room=stage.room, member=LAN, anonymous=True)
    async with listening(stage.platform, house):
        await stage.say("/conthieu", chat=stage.room)
        heard = await house.next(Act.TEXT)
    assert (heard.anonymous, heard.user_id, heard.addressed) == (True, None, True)


async def test_a_group_that_grew_is_followed_on_both_ways(stage: TelegramStage):
    house = House()
    async with listening(stage.platform, house):
        new = (await stage.do("upgrade", by=MINH, room=str(OLD_GROUP_ID)))["room"]
        moved = await house.next(Act.MOVED)
    assert (moved.chat_id, moved.moved_to) == (str(OLD_GROUP_ID), new)
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(OLD_GROUP_ID, "Chào phòng"))
    assert (caught.value.reason, caught.value.moved_to) == (Reason.MOVED, new)
    await stage.platform.deliver(note(new, "Chào phòng"))


async def test_coming_back_into_a_room_is_told(stage: TelegramStage):
    house = House()
    await stage.leave_out()
    async with listening(stage.platform, house):
        await house.next(Act.REMOVED)
        await stage.do("add_bot", by=MINH, room=stage.room, bot=BOT_NAME)
        await house.until(str(int(house.keys[-1]) + 1))
    assert (house.messages[-1].act, house.messages[-1].user_id) == (Act.ADDED, str(MINH))


async def test_a_personal_link_brings_its_code(stage: TelegramStage):
    house = House()
    async with listening(stage.platform, house):
        await stage.do("start", by=1008, bot=BOT_NAME, payload="KT-7Q2F")
        heard = await house.next(Act.TEXT)
    assert (heard.text, heard.user_name, heard.chat_id) == ("/start KT-7Q2F", "Phúc", "1008")


@pytest.mark.parametrize("kind", ["drop_before", "drop_after", "500", "html404", "401", "409", "429"])
async def test_a_bad_day_of_polling_loses_nothing(stage: TelegramStage, kind: str):
    house = House()
    await stage.fault(kind=kind, method="getUpdates", times=2, seconds=0)
    async with listening(stage.platform, house) as task:
        await stage.say("12", chat=stage.room)
        heard = await house.next(Act.TEXT)
        assert not task.done()
    assert heard.text == "12"


async def test_an_update_brought_twice_has_one_key(stage: TelegramStage):
    house = House()
    await stage.fault(kind="duplicate")
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.room)
        await house.next(Act.TEXT)
        await stage.say("13", chat=stage.room)
        await house.hears("13")
    assert len(house.keys) == len(set(house.keys)) + 1


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("drop_before", Reason.UNCERTAIN),
        ("drop_after", Reason.UNCERTAIN),
        ("500", Reason.AWAY),
        ("html404", Reason.AWAY),
        ("401", Reason.AWAY),
        ("429", Reason.WAIT),
    ],
)
async def test_what_a_bad_moment_means_for_a_message(stage: TelegramStage, kind: str, reason: Reason):
    await stage.fault(kind=kind, method="sendMessage", seconds=3)
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage.room, "Chào phòng"))
    assert caught.value.reason is reason
    assert (caught.value.retry_after is not None) == (reason is Reason.WAIT)


async def test_a_directive_with_its_paper_is_changed_under_the_paper(stage: TelegramStage):
    paper = OutgoingFile(name="Công văn.pdf")
    buttons = ((Button("Đã nhận", "ack:1"),),)
    board = await stage.platform.deliver(
        note(stage.room, "0/7 đã nhận", file=paper, buttons=buttons), attachment=Attachment(paper.name, b"%PDF-1.7")
    )
    await stage.platform.deliver(note(stage.room, "1/7 đã nhận", file=paper, buttons=buttons), edits=board.message_id)
    shown = (await stage.shown(stage.room))[-1]
    assert (shown.text, shown.buttons, shown.file) == ("1/7 đã nhận", ("ack:1",), b"%PDF-1.7")
