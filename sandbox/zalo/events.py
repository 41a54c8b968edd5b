"""What happened in a room as Zalo's wire tells it, and which bots hear of it."""

import re
from typing import Any

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.messages import Log, Message
from sandbox.world import World
from sandbox.zalo.account import Switches
from sandbox.zalo.ids import group_id, message_id, user_id

ONLY_A_LINK = re.compile(r"\s*(https?://|www\.)\S+\s*\Z", re.IGNORECASE)
STICKER_PICTURE = "https://zalo-api.zadn.vn/api/emoticon/oasticker?eid="


def bots_that_hear(world: World, chat: Chat, log: Log, message: Message) -> list[Bot]:
    """In private the bot; in a group whom the message names from the picker, or whose message it answers."""
    if message.is_service or message.sender in world.bots:
        return []
    if chat.bot_id is not None:
        return [] if chat.blocked else [world.bots[chat.bot_id]]
    answered = message.body.get("reply_to_message")
    original = log.messages.get(answered["message_id"]) if answered else None
    meant = {*message.body.get("mentions", ()), *([original.sender] if original else ())}
    return [world.bots[bot_id] for bot_id in sorted(chat.bots) if bot_id in meant]


def event_of(world: World, bot: Bot, chat: Chat, message: Message, *, switches: Switches, files_at: str) -> Any:
    """The update object. A reply's target, mentions as such and the group's title are never in it."""
    name, content = _content_of(message.body, switches, files_at)
    if switches.extras:
        content |= {"ttl": 0, "client_hint": None}
    person = world.people[message.sender]
    body = {
        "message_id": message_id(chat.key, message.id),
        "date": int(message.body["date"]) * 1000 + message.seq % 1000,
        "from": {"id": user_id(bot.id, person.id), "display_name": person.name, "is_bot": False},
        "chat": chat_of(bot.id, chat),
    }
    return {"event_name": f"message.{name}.received", "message": body | content}


def chat_of(bot_id: int, chat: Chat) -> dict[str, str]:
    if chat.is_private:
        return {"id": user_id(bot_id, chat.id), "chat_type": "PRIVATE"}
    return {"id": group_id(chat.id), "chat_type": "GROUP"}


def _content_of(body: dict[str, Any], switches: Switches, files_at: str) -> tuple[str, dict[str, Any]]:
    if "text" in body:
        if switches.links == "unsupported" and ONLY_A_LINK.match(body["text"]):
            return "unsupported", {}
        return "text", {"message_type": "CHAT_MESSAGE", "text": body["text"]}
    if "photo" in body:
        address = f"{files_at}/{body['photo'][-1]['file_id']}"
        caption = {"caption": body["caption"]} if body.get("caption") else {}
        return "image", {"message_type": "CHAT_PHOTO", switches.photo_field: address} | caption
    if "sticker" in body:
        number = body["sticker"]["emoji"]
        return "sticker", {"message_type": "CHAT_STICKER", "sticker": number, "url": STICKER_PICTURE + number}
    if "voice" in body:
        return "voice", {"message_type": "CHAT_VOICE", "voice_url": f"{files_at}/{body['voice']['file_id']}.aac"}
    return "unsupported", {}
