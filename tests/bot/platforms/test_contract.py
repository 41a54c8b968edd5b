"""What the house expects of every platform, tried on the running messenger; what a platform cannot do is skipped."""

from __future__ import annotations

import asyncio

import pytest

from bot.platform import Attachment, DeliveryError, Menu, Reason
from storage.messages import BOLD_OFF, BOLD_ON, Act, Button, Deed, OutgoingFile, OutgoingMessage
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.stage import Shown, Stage

RECEIVED = ((Button("Đã nhận", "ack:17"), Button("Từ chối", "no:17")),)
PDF = b"%PDF-1.7 " + bytes(range(256)) * 8


def note(stage: Stage, text: str = "", *, chat: str | None = None, **fields: object) -> OutgoingMessage:
    """A message of the bot, in the room unless said otherwise."""
    chat = chat or stage.room
    return OutgoingMessage(platform=stage.platform.name, chat_id=chat, text=text, is_group=chat == stage.room, **fields)  # type: ignore[arg-type]


async def last_of_bot(stage: Stage, chat: str | None = None) -> Shown:
    return [message for message in await stage.shown(chat or stage.room) if message.by_bot][-1]


async def test_it_knows_who_it_is(stage: Stage):
    me = await stage.platform.start()
    assert me.platform == stage.platform.name
    assert me.account
    assert me.display_name.endswith("Trực Ban")  # a bot of Zalo must be called "Bot …"


async def test_a_line_in_the_room_arrives_with_its_sender(stage: Stage):
    house = House()
    async with listening(stage.platform, house):
        said = await stage.say("Phòng KT: 12 lượt", chat=stage.room)
        heard = await house.next(Act.TEXT)
    assert (heard.platform, heard.text, heard.chat_type) == (stage.platform.name, "Phòng KT: 12 lượt", "group")
    assert (heard.chat_id, heard.user_id, heard.message_id) == (stage.room, stage.lan, said)
    assert heard.bot == (await stage.platform.start()).account
    assert heard.addressed is not stage.platform.limits.hears_groups


async def test_a_private_line_is_addressed_to_the_bot(stage: Stage):
    house = House()
    async with listening(stage.platform, house):
        await stage.say("tôi sốt 38 độ", chat=stage.private)
        heard = await house.next(Act.TEXT)
    assert (heard.chat_id, heard.is_private, heard.addressed) == (stage.private, True, True)


async def test_lines_arrive_in_order_and_each_has_its_own_key(stage: Stage):
    house = House()
    for number in range(12):
        await stage.say(f"{number}", chat=stage.room)
    async with listening(stage.platform, house):
        async with asyncio.timeout(5):
            while len(house.texts) < 12:
                house.received.clear()
                await house.received.wait()
    assert house.texts == [str(number) for number in range(12)]
    assert len(set(house.keys)) == len(house.keys)


async def test_while_the_database_is_away_nothing_is_lost(stage: Stage):
    house = House(database_is_away_for=2)
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.room)
        heard = await house.next(Act.TEXT)
    assert heard.text == "12"


async def test_an_edited_line_is_a_correction(stage: Stage):
    if not stage.platform.limits.has_edits:
        pytest.skip("people cannot edit there")
    house = House()
    async with listening(stage.platform, house):
        said = await stage.say("12", chat=stage.room)
        await stage.edit(said, "13", chat=stage.room)
        heard = await house.next(Act.EDIT)
    assert (heard.message_id, heard.text) == (said, "13")


async def test_an_answer_names_what_it_answers(stage: Stage):
    if not stage.platform.limits.shows_reply_target:
        pytest.skip("replies do not tell their target there")
    house = House()
    asked = await stage.platform.deliver(note(stage, "Hôm nay bao nhiêu lượt?", asks_reply=True))
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.room, reply_to=asked.message_id)
        heard = await house.next(Act.TEXT)
    assert (heard.reply_to, heard.addressed) == (asked.message_id, True)


async def test_a_file_somebody_sent_can_be_had(stage: Stage):
    if not stage.platform.limits.has_files:
        pytest.skip("documents do not arrive there")
    house = House()
    async with listening(stage.platform, house):
        await stage.upload("Kế hoạch.pdf", PDF, chat=stage.room, caption="Gửi chị Hoa")
        heard = await house.next(Act.TEXT)
    assert heard.file is not None
    assert (heard.text, heard.file.name, heard.file.size) == ("Gửi chị Hoa", "Kế hoạch.pdf", len(PDF))
    assert await stage.platform.download(heard.file.reference) == PDF


async def test_a_file_that_is_not_there_cannot_be_had(stage: Stage):
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.download("khong-co")
    assert caught.value.reason is Reason.REFUSED


async def test_what_is_said_is_shown_exactly(stage: Stage):
    text = "Hạn 16:30: A < B & C > D “ngoặc” 😀\n\nTrân trọng."
    delivered = await stage.platform.deliver(note(stage, text))
    shown = await last_of_bot(stage)
    assert (shown.text, shown.message_id) == (text, delivered.message_id)


async def test_marks_never_show(stage: Stage):
    await stage.platform.deliver(note(stage, f"Hạn {BOLD_ON}16:30 & sớm{BOLD_OFF} nhé"))
    assert (await last_of_bot(stage)).text == "Hạn 16:30 & sớm nhé"


async def test_a_reply_hangs_on_its_message_and_goes_out_without_it_as_well(stage: Stage):
    asked = await stage.say("/canthiet", chat=stage.private)
    await stage.platform.deliver(note(stage, "Còn phòng KT", chat=stage.private, reply_to=asked))
    if stage.platform.limits.shows_reply_target:
        assert (await last_of_bot(stage, stage.private)).reply_to == asked
    await stage.platform.deliver(note(stage, "Còn phòng TM", chat=stage.private, reply_to="987654"))
    assert (await last_of_bot(stage, stage.private)).text == "Còn phòng TM"


async def test_a_press_comes_back_and_is_closed_with_a_note(stage: Stage):
    if not stage.platform.limits.has_buttons:
        pytest.skip("no buttons there")
    house = House()
    chat = stage.room if stage.platform.limits.has_group_buttons else stage.private
    asked = await stage.platform.deliver(note(stage, "Chỉ đạo 17", chat=chat, buttons=RECEIVED))
    assert asked.message_id
    async with listening(stage.platform, house):
        pressing = asyncio.create_task(stage.press(asked.message_id, "ack:17", chat=chat))
        heard = await house.next(Act.PRESS)
        thanks = note(stage, "Cảm ơn chị", chat=chat, deed=Deed.CLOSE_PRESS, press_id=heard.press_id)
        await stage.platform.deliver(thanks)
        assert await pressing == "Cảm ơn chị"
    assert (heard.pressed, heard.user_id, heard.addressed) == ("ack:17", stage.lan, True)
    assert heard.message_id in (asked.message_id, None)  # not every platform tells under which message
    await stage.platform.deliver(thanks)


async def test_a_board_is_changed_in_its_place_and_may_stay_as_it_is(stage: Stage):
    if not stage.platform.limits.has_edits:
        pytest.skip("no edits there")
    board = await stage.platform.deliver(note(stage, "1/7 đơn vị", buttons=RECEIVED))
    for _ in range(2):
        changed = await stage.platform.deliver(note(stage, "2/7 đơn vị", buttons=RECEIVED), edits=board.message_id)
        assert changed.message_id == board.message_id
    shown = [message for message in await stage.shown(stage.room) if message.by_bot]
    assert [(message.text, message.buttons) for message in shown] == [("2/7 đơn vị", ("ack:17", "no:17"))]


async def test_the_quiet_receipt_is_a_reaction(stage: Stage):
    if not stage.platform.limits.has_reactions:
        pytest.skip("no reactions there")
    said = await stage.say("12", chat=stage.room)
    await stage.platform.deliver(note(stage, deed=Deed.REACT, emoji="👍", reply_to=said))
    shown = {message.message_id: message.reactions for message in await stage.shown(stage.room)}
    assert shown[said] == ("👍",)


async def test_a_text_of_any_length_arrives_whole_with_the_buttons_at_its_end(stage: Stage):
    has_buttons = stage.platform.limits.has_buttons and stage.platform.limits.has_group_buttons
    paragraphs = [f"Điều {number}. " + "nội dung " * 60 for number in range(1, 16)]
    delivered = await stage.platform.deliver(
        note(stage, "\n\n".join(paragraphs), buttons=RECEIVED if has_buttons else ())
    )
    shown = [message for message in await stage.shown(stage.room) if message.by_bot]
    assert len(shown) > 1
    assert " ".join(message.text for message in shown).split() == " ".join(paragraphs).split()
    assert [bool(message.buttons) for message in shown] == [False] * (len(shown) - 1) + [has_buttons]
    assert shown[-1].message_id == delivered.message_id


async def test_a_file_is_sent_with_its_words_and_again_by_its_reference_where_there_is_one(stage: Stage):
    if not stage.platform.limits.has_files:
        pytest.skip("documents cannot be sent there")
    directive = note(stage, "Công văn 1722", file=OutgoingFile(name="Công văn số 1722.pdf", file_id=1))
    first = await stage.platform.deliver(directive, attachment=Attachment("Công văn số 1722.pdf", PDF))
    known = {"reference": first.file_reference} if first.file_reference else {"content": PDF}
    again = Attachment("Công văn số 1722.pdf", **known)
    await stage.platform.deliver(note(stage, "Nhắc lại", file=directive.file), attachment=again)
    shown = [message for message in await stage.shown(stage.room) if message.by_bot]
    assert [message.text for message in shown if message.text] == ["Công văn 1722", "Nhắc lại"]
    files = [message for message in shown if message.file is not None]
    assert [(message.file_name, message.file) for message in files] == [("Công văn số 1722.pdf", PDF)] * 2


async def test_a_stranger_cannot_be_written_to(stage: Stage):
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Chào anh", chat=stage.stranger))
    assert caught.value.reason is Reason.UNREACHABLE


async def test_who_shuts_the_bot_out_is_unreachable_and_the_house_is_told_where_it_can_be(stage: Stage):
    house = House()
    async with listening(stage.platform, house):
        await stage.shut_out()
        if stage.platform.limits.tells_removal:
            heard = await house.next(Act.REMOVED)
            assert (heard.chat_id, heard.is_private) == (stage.private, True)
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Chào chị", chat=stage.private))
    assert caught.value.reason is Reason.UNREACHABLE


async def test_a_room_that_put_the_bot_out_is_unreachable_and_the_house_is_told_where_it_can_be(stage: Stage):
    house = House()
    async with listening(stage.platform, house):
        await stage.leave_out()
        if stage.platform.limits.tells_removal:
            heard = await house.next(Act.REMOVED)
            assert (heard.chat_id, heard.chat_type) == (stage.room, "group")
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Chào phòng"))
    assert caught.value.reason is Reason.UNREACHABLE


async def test_when_the_answer_is_lost_nobody_knows(stage: Stage):
    await stage.lose_next_answer()
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Báo động"))
    assert caught.value.reason is Reason.UNCERTAIN
    assert [message.text for message in await stage.shown(stage.room) if message.by_bot] == ["Báo động"]


async def test_when_the_platform_is_away_nothing_was_sent(stage: Stage):
    await stage.refuse_connections()
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage, "Báo động"))
    assert caught.value.reason is Reason.AWAY


async def test_commands_can_be_announced(stage: Stage):
    menus = [Menu("private", (("huy", "Hủy việc đang làm"),)), Menu("groups", (("conthieu", "Đơn vị còn thiếu"),))]
    await stage.platform.announce_commands(menus)
