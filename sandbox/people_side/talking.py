"""Talking: say, reply, edit, press a button, react, delete."""

from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.people_side.rooms import Wish, answer, message_in, own_room, read_wish, who
from sandbox.person import Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.delivery import hand_out, hand_out_edit, hand_out_reaction
from sandbox.telegram.entities import plain_text
from sandbox.telegram.identity import posts_as_group
from sandbox.telegram.membership import set_blocked
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.reactions import set_reaction
from sandbox.telegram.sending import place_in

TEXT_LIMIT = 4096
EDITABLE_FOR = 48 * 3600


async def say(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    content = _words(wish["text"])
    if chat.platform in cloud.sides:
        content = cloud.sides[chat.platform].words_of(chat, wish, content["text"])
    message = post(cloud, chat, person, wish, content)
    return answer(cloud.seen_by_people(chat, message))


def _words(text: Any) -> Body:
    formatted = plain_text(str(text))
    if not formatted.text:
        raise Refusal("Tin nhắn trống.")
    if len(formatted.text) > TEXT_LIMIT:
        raise Refusal(f"Tin nhắn dài quá {TEXT_LIMIT} ký tự.")
    return formatted.fields()


def post(cloud: Cloud, chat: Chat, person: Person, wish: Wish, content: Body) -> Message:
    """Writing to a bot for the first time opens the talk, and writing to a blocked one unblocks it."""
    if chat.is_private and not chat.started:
        chat.started = True
        cloud.world.keep_chat(chat)
    set_blocked(cloud, chat, blocked=False)
    sender = posts_as_group(cloud.world, chat, person.id, asked=wish.get("anonymous"))
    message = cloud.write(chat, person.id, content | _place(cloud, chat, wish) | sender)
    hand_out(cloud, chat, message)
    return message


def _place(cloud: Cloud, chat: Chat, wish: Wish) -> Body:
    thread = int(wish.get("thread") or 0)
    if thread and thread not in chat.topics:
        raise Refusal(f"Nhóm không có chủ đề số {thread}.", status=404)
    answered = message_in(cloud, chat, wish["reply_to"]) if wish.get("reply_to") else None
    if answered and not thread:
        thread = answered.body.get("message_thread_id", 0)
    return place_in(cloud.log_of(chat).messages, thread, answered)


async def edit(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    message = message_in(cloud, chat, wish["message_id"])
    if chat.platform in cloud.sides:
        raise Refusal("Zalo không cho sửa tin đã gửi: thu hồi rồi gửi lại.")
    if message.sender != person.id or message.is_service:
        raise Refusal("Chỉ sửa được tin nhắn của chính mình.", status=403)
    if cloud.clock.now() - message.body["date"] > EDITABLE_FOR:
        raise Refusal("Tin nhắn đã quá 48 giờ, không sửa được nữa.")
    if (body := _edited(message.body, str(wish["text"]))) != message.body:
        message.body = body | {"edit_date": int(cloud.clock.now())}
        cloud.changed(chat, message)
        hand_out_edit(cloud, chat, message)
    return answer(cloud.seen_by_people(chat, message))


def _edited(body: Body, text: str) -> Body:
    words = _words(text)
    if "text" in body:
        return {name: value for name, value in body.items() if name != "entities"} | words
    caption = {"caption": words["text"]}
    if "entities" in words:
        caption["caption_entities"] = words["entities"]
    return {name: value for name, value in body.items() if name != "caption_entities"} | caption


async def react(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    message = message_in(cloud, chat, wish["message_id"])
    before, emoji = message.reactions.get(person.id), wish.get("emoji")
    if before != emoji:
        set_reaction(cloud, chat, message, person.id, emoji)
        hand_out_reaction(cloud, chat, message, person_id=person.id, old=_reaction(before), new=_reaction(emoji))
    return answer(cloud.seen_by_people(chat, message))


def _reaction(emoji: str | None) -> list[Body]:
    return [{"type": "emoji", "emoji": emoji}] if emoji else []


async def delete(cloud: Cloud, request: web.Request) -> web.Response:
    """People may take back their own messages; bots are never told."""
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    message = message_in(cloud, chat, wish["message_id"])
    if message.sender != person.id and not chat.is_private and not chat.leads(person.id):
        raise Refusal("Chỉ xóa được tin nhắn của chính mình.", status=403)
    cloud.remove(chat, message)
    return answer({"room": cloud.room_name(chat), "message_id": message.id, "deleted": True})


ROUTES = [
    ("POST", "/human/say", say),
    ("POST", "/human/edit", edit),
    ("POST", "/human/react", react),
    ("POST", "/human/delete", delete),
]
