"""Sending, editing, deleting: what a bot writes and what the people see."""

import pytest

from tests.sandbox.conftest import BOT, STAFF_ROOM, UNIT, Office

BUTTONS = {
    "inline_keyboard": [[{"text": "Đã nhận", "callback_data": "ack:1"}, {"text": "Trang", "url": "https://x.vn"}]]
}


async def test_the_bot_introduces_itself(office: Office) -> None:
    me = await office.bot.call("getMe")
    assert me["username"] == "truc_ban_bot"
    assert me["can_read_all_group_messages"] is False


async def test_a_message_of_the_bot_reaches_the_room(office: Office) -> None:
    sent = await office.bot.call(
        "sendMessage", chat_id=UNIT, text="<b>Chào</b> 😀 <i>cả phòng</i>", parse_mode="HTML", reply_markup=BUTTONS
    )
    assert sent["text"] == "Chào 😀 cả phòng"
    assert sent["entities"] == [
        {"type": "bold", "offset": 0, "length": 4},
        {"type": "italic", "offset": 8, "length": 8},
    ]
    (seen,) = await office.lan.messages(UNIT)
    assert seen["room"] == str(UNIT)
    assert seen["reply_markup"] == BUTTONS


async def test_only_inline_keyboards_are_echoed_but_people_see_the_others(office: Office) -> None:
    ask = {"force_reply": True, "input_field_placeholder": "Số lượt"}
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Mấy lượt ạ?", reply_markup=ask)
    assert "reply_markup" not in sent
    assert (await office.lan.messages(UNIT))[-1]["reply_markup"] == ask


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"text": "xin chào"}, "Bad Request: chat_id is empty"),
        ({"chat_id": UNIT}, "Bad Request: message text is empty"),
        ({"chat_id": UNIT, "text": "   "}, "Bad Request: message text is empty"),
        ({"chat_id": UNIT, "text": "a" * 4097}, "Bad Request: message is too long"),
        ({"chat_id": -42, "text": "a"}, "Bad Request: chat not found"),
        ({"chat_id": "@khong_co", "text": "a"}, "Bad Request: chat not found"),
        ({"chat_id": 999, "text": "a"}, "Bad Request: chat not found"),
        ({"chat_id": 1001, "text": "a"}, "Forbidden: bot can't initiate conversation with a user"),
        ({"chat_id": UNIT, "text": "a", "reply_to_message_id": 77}, "Bad Request: message to be replied not found"),
        ({"chat_id": UNIT, "text": "a", "message_thread_id": 77}, "Bad Request: message thread not found"),
        ({"chat_id": UNIT, "text": "a", "parse_mode": "XML"}, "Bad Request: unsupported parse_mode"),
        (
            {
                "chat_id": UNIT,
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "x", "callback_data": "ổ" * 22}]]},
            },
            "Bad Request: BUTTON_DATA_INVALID",
        ),
    ],
)
async def test_the_server_refuses_in_its_own_words(office: Office, arguments: dict[str, object], refusal: str) -> None:
    assert await office.bot.refused("sendMessage", **arguments) == refusal


async def test_a_text_of_4096_letters_with_marks_is_not_too_long(office: Office) -> None:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="ế" * 4096)
    assert len(sent["text"]) == 4096


async def test_an_edit_without_keyboard_removes_it(office: Office) -> None:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="0/7 đơn vị", reply_markup=BUTTONS)
    where = {"chat_id": UNIT, "message_id": sent["message_id"]}
    edited = await office.bot.call("editMessageText", text="1/7 đơn vị", **where)
    assert edited["edit_date"] >= edited["date"]
    assert "reply_markup" not in edited
    assert "message is not modified" in await office.bot.refused("editMessageText", text="1/7 đơn vị", **where)
    with_buttons = await office.bot.call("editMessageReplyMarkup", reply_markup=BUTTONS, **where)
    assert with_buttons["reply_markup"] == BUTTONS


async def test_a_bot_edits_only_its_own_messages(office: Office) -> None:
    said = await office.lan.do("say", room=str(UNIT), text="12 lượt")
    where = {"chat_id": UNIT, "message_id": said["message_id"]}
    assert await office.bot.refused("editMessageText", text="13", **where) == "Bad Request: message can't be edited"
    where["message_id"] = 999
    assert await office.bot.refused("editMessageText", text="1", **where) == "Bad Request: message to edit not found"


async def test_deleted_messages_are_gone_for_people(office: Office) -> None:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Nhầm phòng")
    await office.bot.call("deleteMessage", chat_id=UNIT, message_id=sent["message_id"])
    assert await office.lan.messages(UNIT) == []
    refusal = await office.bot.refused("deleteMessage", chat_id=UNIT, message_id=sent["message_id"])
    assert refusal == "Bad Request: message to delete not found"


async def test_own_messages_can_be_deleted_for_two_days(office: Office) -> None:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Cũ")
    await office.post("/clock", advance=49 * 3600)
    refusal = await office.bot.refused("deleteMessage", chat_id=UNIT, message_id=sent["message_id"])
    assert refusal == "Bad Request: message can't be deleted for everyone"


async def test_a_reply_carries_the_answered_message_but_not_its_own_reply(office: Office) -> None:
    first = await office.lan.do("say", room=str(UNIT), text="Báo cáo ạ")
    second = await office.bot.call("sendMessage", chat_id=UNIT, text="Vâng", reply_to_message_id=first["message_id"])
    third = await office.bot.call(
        "sendMessage", chat_id=UNIT, text="Nữa", reply_parameters={"message_id": second["message_id"]}
    )
    assert third["reply_to_message"]["text"] == "Vâng"
    assert "reply_to_message" not in third["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await office.bot.call(
        "sendMessage", chat_id=UNIT, text="Thôi", reply_parameters=lenient
    )


async def test_forwards_tell_their_origin_and_copies_do_not(office: Office) -> None:
    said = await office.lan.do("say", room=str(UNIT), text="Họp lúc 8 giờ")
    source = {"chat_id": STAFF_ROOM, "from_chat_id": UNIT, "message_id": said["message_id"]}
    forwarded = await office.bot.call("forwardMessage", **source)
    assert forwarded["forward_origin"]["sender_user"]["id"] == 1001
    copied = await office.bot.call("copyMessage", **source)
    shown = (await office.minh.messages(STAFF_ROOM))[-1]
    assert shown["message_id"] == copied["message_id"]
    assert "forward_origin" not in shown


async def test_pins_need_the_right_and_are_told(office: Office) -> None:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Bảng")
    where = {"chat_id": UNIT, "message_id": sent["message_id"]}
    assert "not enough rights to manage pinned messages" in await office.bot.refused("pinChatMessage", **where)
    await office.minh.do("promote", room=str(UNIT), member=BOT)
    await office.bot.updates()
    await office.bot.call("pinChatMessage", **where)
    (update,) = await office.bot.updates()
    assert update["message"]["pinned_message"]["text"] == "Bảng"
    assert (await office.bot.call("getChat", chat_id=UNIT))["pinned_message"]["text"] == "Bảng"
    await office.bot.call("unpinChatMessage", chat_id=UNIT)


async def test_a_bot_sees_nobody_elses_bot_and_not_itself(office: Office) -> None:
    await office.minh.do("add_bot", room=str(UNIT), bot="@bot_khac_bot")
    await office.other_bot.updates()
    await office.bot.updates()
    await office.bot.call("sendMessage", chat_id=UNIT, text="Xin chào")
    assert await office.bot.updates() == []
    assert await office.other_bot.updates() == []


async def test_a_bot_reacts_once_with_an_allowed_sign(office: Office) -> None:
    said = await office.lan.do("say", room=str(UNIT), text="12 lượt")
    where = {"chat_id": UNIT, "message_id": said["message_id"]}
    await office.bot.call("setMessageReaction", reaction=[{"type": "emoji", "emoji": "👍"}], **where)
    assert (await office.lan.messages(UNIT))[0]["reactions"] == [{"emoji": "👍", "from": 7770001}]
    odd = [{"type": "emoji", "emoji": "🚀"}]
    assert await office.bot.refused("setMessageReaction", reaction=odd, **where) == "Bad Request: REACTION_INVALID"
    await office.bot.call("setMessageReaction", **where)
    assert "reactions" not in (await office.lan.messages(UNIT))[0]
