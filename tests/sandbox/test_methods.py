"""The list checks its own completeness: every method we answer is asked here once, and its answer is as published."""

import base64
from typing import Any

import pytest

from sandbox.telegram.methods import gather
from tests.sandbox.conftest import BOT, FORUM, UNIT, Office

PLACE = {"chat_id": FORUM}
POSITION = {"latitude": 21.03, "longitude": 105.85}
PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
FILE = ("so-lieu.bin", b"1" * 100)

# A forum led by the bot; {message} is a message of the bot there, {topic} an open topic, {file} a known document.
CALLS: dict[str, dict[str, Any]] = {
    "getMe": {},
    "getUpdates": {},
    "setWebhook": {"url": "http://127.0.0.1:9/hook"},
    "deleteWebhook": {},
    "getWebhookInfo": {},
    "logOut": {},
    "close": {},
    "sendMessage": PLACE | {"text": "Chào", "link_preview_options": {"is_disabled": True, "odd": 1}},
    "sendChatAction": PLACE | {"action": "typing"},
    "sendLocation": PLACE | POSITION,
    "sendVenue": PLACE | POSITION | {"title": "Sở", "address": "1 Tràng Tiền"},
    "sendContact": PLACE | {"phone_number": "0901", "first_name": "Lan"},
    "forwardMessage": PLACE | {"from_chat_id": FORUM, "message_id": "{message}"},
    "copyMessage": PLACE | {"from_chat_id": FORUM, "message_id": "{message}"},
    "editMessageText": PLACE | {"message_id": "{message}", "text": "Mới"},
    "editMessageCaption": PLACE | {"message_id": "{captioned}", "caption": "Mới"},
    "editMessageReplyMarkup": PLACE
    | {"message_id": "{message}", "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a", "x": 1}]]}},
    "deleteMessage": PLACE | {"message_id": "{message}"},
    "deleteMessages": PLACE | {"message_ids": ["{message}"]},
    "answerCallbackQuery": {"callback_query_id": "{press}"},
    "setMessageReaction": PLACE | {"message_id": "{message}", "reaction": [{"type": "emoji", "emoji": "👍"}]},
    "pinChatMessage": PLACE | {"message_id": "{message}"},
    "unpinAllChatMessages": PLACE,
    "sendPhoto": PLACE | {"upload": "photo"},
    "sendDocument": PLACE | {"upload": "document", "caption": "Bảng"},
    "sendVideo": PLACE | {"upload": "video"},
    "sendVideoNote": PLACE | {"upload": "video_note"},
    "sendAudio": PLACE | {"upload": "audio"},
    "sendVoice": PLACE | {"upload": "voice"},
    "sendAnimation": PLACE | {"upload": "animation"},
    "sendMediaGroup": PLACE | {"media": [{"type": "document", "media": "{file}", "caption": "a"}] * 2},
    "getFile": {"file_id": "{file}"},
    "getChat": PLACE,
    "getChatMember": PLACE | {"user_id": 1004},
    "getChatAdministrators": PLACE | {"return_bots": True},
    "getChatMemberCount": PLACE,
    "setChatTitle": PLACE | {"title": "Ban mới"},
    "banChatMember": PLACE | {"user_id": 1001},
    "unbanChatMember": PLACE | {"user_id": 1001},
    "leaveChat": {"chat_id": UNIT},
    "createForumTopic": PLACE | {"name": "Khác"},
    "editForumTopic": PLACE | {"message_thread_id": "{topic}", "name": "Tên khác"},
    "closeForumTopic": PLACE | {"message_thread_id": "{topic}"},
    "setMyCommands": {"commands": [{"command": "giup", "description": "Trợ giúp"}]},
    "getMyCommands": {},
    "deleteMyCommands": {},
    "setMyName": {"name": "Trực Ban"},
    "getMyName": {},
    "setMyDescription": {"description": "Trực"},
    "getMyDescription": {},
    "setMyShortDescription": {"short_description": "Trực"},
    "getMyShortDescription": {},
    "setChatMenuButton": {"menu_button": {"type": "commands"}},
    "getChatMenuButton": {},
}
AFTER_ANOTHER = {"unpinChatMessage": "pinChatMessage", "reopenForumTopic": "closeForumTopic"}


def test_no_method_is_forgotten() -> None:
    assert set(gather()) == CALLS.keys() | AFTER_ANOTHER.keys()


async def known_things(office: Office) -> dict[str, Any]:
    keyboard = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    topic = await office.bot.call("createForumTopic", chat_id=FORUM, name="Dịch bệnh")
    message = await office.bot.call("sendMessage", chat_id=FORUM, text="Cũ", reply_markup=keyboard)
    pressed = await office.nga.do("press", room=str(FORUM), message_id=message["message_id"], button="Có")
    captioned = (await office.bot.send_files("sendDocument", {"document": FILE}, chat_id=FORUM)).result
    return {
        "{topic}": topic["message_thread_id"],
        "{message}": message["message_id"],
        "{press}": pressed["callback_query_id"],
        "{captioned}": captioned["message_id"],
        "{file}": captioned["document"]["file_id"],
    }


def fill_in(value: Any, known: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: fill_in(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [fill_in(inner, known) for inner in value]
    return known.get(value, value) if isinstance(value, str) else value


async def ask(office: Office, method: str, known: dict[str, Any]) -> None:
    arguments = fill_in(CALLS[AFTER_ANOTHER.get(method, method)], known)
    if kind := arguments.pop("upload", None):
        file = ("anh.png", base64.b64decode(PHOTO)) if kind == "photo" else FILE
        answer = await office.bot.send_files(method, {kind: file}, **arguments)
        assert answer.ok, answer.description
    else:
        await office.bot.call(method, **arguments)


@pytest.mark.parametrize("method", sorted(gather()))
async def test_the_answer_is_as_published(office: Office, method: str) -> None:
    known = await known_things(office)
    if method in AFTER_ANOTHER:
        await ask(office, AFTER_ANOTHER[method], known)
    await ask(office, method, known)


async def test_a_link_into_a_group_brings_its_word(office: Office) -> None:
    await office.minh.do("add_bot", room=str(UNIT), bot="@bot_khac_bot", payload="u7")
    *_, update = await office.other_bot.updates()
    assert update["message"]["text"] == "/start@bot_khac_bot u7"
    assert BOT not in update["message"]["text"]
