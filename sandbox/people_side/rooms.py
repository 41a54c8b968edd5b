"""Rooms as a person sees them, and the answers of this side."""

from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.person import Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Message
from sandbox.telegram.wire import to_text

Wish = dict[str, Any]


def answer(thing: Any) -> web.Response:
    return web.Response(text=to_text(thing), content_type="application/json")


async def read_wish(request: web.Request) -> Wish:
    wish = await request.json()
    if not isinstance(wish, dict):
        raise Refusal("Nội dung gửi lên phải là một đối tượng JSON.")
    return wish


def who(cloud: Cloud, wish: Wish) -> Person:
    return cloud.world.person(cloud.world.somebody(wish["as"]))


def room_of(cloud: Cloud, person: Person, name: Any) -> Chat:
    """A group by its id, or the private talk with "@bot"; the person must be in it."""
    name = str(name)
    if name.startswith("@"):
        return cloud.world.open_private(cloud.world.bot_named(name).id, person.id)
    chat = cloud.world.chats.get(name)
    if chat is None or chat.is_private:
        raise Refusal(f"Không có phòng «{name}».", status=404)
    return chat


def own_room(cloud: Cloud, person: Person, name: Any) -> Chat:
    chat = room_of(cloud, person, name)
    if not chat.is_present(person.id):
        raise Refusal(f"{person.name} không ở trong phòng «{chat.title}».", status=403)
    if chat.migrated_to is not None:
        raise Refusal(f"Nhóm đã được nâng cấp thành {chat.migrated_to}.")
    return chat


def message_in(cloud: Cloud, chat: Chat, message_id: Any) -> Message:
    message = cloud.log_of(chat).messages.get(int(message_id))
    if message is None:
        raise Refusal(f"Trong phòng không có tin nhắn số {message_id}.", status=404)
    return message
