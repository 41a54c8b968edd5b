"""Presses of buttons: the question, the answer, and being too late."""

import asyncio

from tests.sandbox.conftest import BOT, UNIT, Office

KEYBOARD = {
    "inline_keyboard": [[{"text": "Đã nhận", "callback_data": "ack:7"}, {"text": "Web", "url": "https://x.vn"}]]
}


async def ask(office: Office) -> int:
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Chỉ đạo 5", reply_markup=KEYBOARD)
    return int(sent["message_id"])


async def test_a_press_is_answered_while_the_person_waits(office: Office) -> None:
    message_id = await ask(office)
    pressing = asyncio.create_task(
        office.lan.do("press", room=str(UNIT), message_id=message_id, button="Đã nhận", wait=10)
    )
    (update,) = await office.bot.call("getUpdates", timeout=10)
    press = update["callback_query"]
    assert (press["data"], press["from"]["id"], press["message"]["message_id"]) == ("ack:7", 1001, message_id)
    await office.bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Cảm ơn chị", show_alert=True)
    assert await pressing == {
        "callback_query_id": press["id"],
        "answer": {"text": "Cảm ơn chị", "show_alert": True},
    }


async def test_chat_instance_is_the_same_for_a_room_and_differs_between_rooms(office: Office) -> None:
    message_id = await ask(office)
    for person in (office.lan, office.minh):
        await person.do("press", room=str(UNIT), message_id=message_id, data="ack:7")
    await office.lan.do("start", bot=BOT)
    private = await office.bot.call("sendMessage", chat_id=1001, text="?", reply_markup=KEYBOARD)
    await office.lan.do("press", room=BOT, message_id=private["message_id"], button="Đã nhận")
    presses = [update["callback_query"] for update in await office.bot.updates() if "callback_query" in update]
    first, second, third = (press["chat_instance"] for press in presses)
    assert first == second != third


async def test_too_late_or_unknown_presses_cannot_be_answered(office: Office) -> None:
    message_id = await ask(office)
    press = await office.lan.do("press", room=str(UNIT), message_id=message_id, button="Đã nhận")
    assert press["answer"] is None
    refusal = await office.other_bot.refused("answerCallbackQuery", callback_query_id=press["callback_query_id"])
    assert refusal.startswith("Bad Request: query is too old and response timeout expired or query ID is invalid")
    await office.post("/clock", advance=200)
    assert "query is too old" in await office.bot.refused(
        "answerCallbackQuery", callback_query_id=press["callback_query_id"]
    )


async def test_links_and_missing_buttons_cannot_be_pressed(office: Office) -> None:
    message_id = await ask(office)
    for button in ("Web", "Không có"):
        status, body = await office.lan.attempt("press", room=str(UNIT), message_id=message_id, button=button)
        assert status in (400, 404)
        assert button in body["error"]


async def test_an_answer_to_a_press_is_a_toast_for_the_presser_only(office: Office) -> None:
    message_id = await ask(office)
    lines = [office.sandbox.cloud.events.listen(number) for number in (1001, 1002)]
    press = await office.lan.do("press", room=str(UNIT), message_id=message_id, button="Đã nhận")
    await office.bot.call("answerCallbackQuery", callback_query_id=press["callback_query_id"], text="Xong")
    assert lines[0].get_nowait().content == {"text": "Xong", "alert": False}
    assert lines[1].empty()


async def test_a_press_may_come_without_its_message(office: Office) -> None:
    message_id = await ask(office)
    await office.lan.do("press", room=str(UNIT), message_id=message_id, button="Đã nhận", inaccessible=True)
    (update,) = await office.bot.updates()
    assert update["callback_query"]["message"]["date"] == 0
    assert "text" not in update["callback_query"]["message"]
