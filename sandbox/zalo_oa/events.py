"""What happens, as the account's events tell it: nearly everything is text, also numbers."""

import json
from typing import Any

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.messages import Body, Message
from sandbox.zalo_oa.account import Account
from sandbox.zalo_oa.ids import group_id, message_id, oa_id, user_id


def event_of(account: Account, chat: Chat, message: Message, *, at: float, files_at: str) -> Body:
    """A message of a person: private, or in a group of this account."""
    bot = account.bot
    kind, content = _content_of(message.body, files_at)
    answered = message.body.get("reply_to_message")
    quote = {"quote_msg_id": message_id(chat.key, answered["message_id"])} if answered else {}
    prefix = "user_send" if chat.is_private else "user_send_group"
    target = oa_id(bot.id) if chat.is_private else group_id(chat.id)
    return _head(account, f"{prefix}_{kind}", at) | {
        "sender": {"id": user_id(bot.id, message.sender)},
        "recipient": {"id": target},
        "oa_id": oa_id(bot.id),
        "message": {"msg_id": message_id(chat.key, message.id)} | content | quote,
    }


def press_of(account: Account, person_id: int, payload: str, number: str, *, at: float) -> Body:
    """A hidden answer comes back as a text like any other."""
    return _head(account, "user_send_text", at) | {
        "sender": {"id": user_id(account.bot.id, person_id)},
        "recipient": {"id": oa_id(account.bot.id)},
        "message": {"msg_id": f"press-{number}", "text": payload},
    }


def change_of(account: Account, bot: Bot, change: Body, *, at: float) -> Body:
    """Following, leaving, and the life of a group."""
    chat, is_in = change["chat"], change["new_chat_member"]["status"] in ("member", "administrator", "creator")
    if chat["type"] == "private":
        name = "follow" if is_in else "unfollow"
        return _head(account, name, at) | {"oa_id": oa_id(bot.id), "follower": {"id": user_id(bot.id, chat["id"])}}
    name = "create_group" if is_in else "delete_group"
    return _head(account, name, at) | {"oa_id": oa_id(bot.id), "group_id": group_id(chat["id"]), "users": []}


def echo_of(account: Account, chat: Chat, sent: Message, *, at: float) -> Body:
    """Zalo tells an app also what it said itself."""
    name = "oa_send_text" if chat.is_private else "oa_send_group_text"
    return _head(account, name, at) | {
        "sender": {"id": oa_id(account.bot.id)},
        "recipient": {"id": user_id(account.bot.id, chat.id) if chat.is_private else group_id(chat.id)},
        "message": {"msg_id": message_id(chat.key, sent.id), "text": sent.body.get("text", "")},
    }


def as_bytes(event: Body) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode()


def _head(account: Account, name: str, at: float) -> dict[str, Any]:
    return {"app_id": account.state.app_id, "event_name": name, "timestamp": str(int(at * 1000))}


def _content_of(body: Body, files_at: str) -> tuple[str, Body]:
    if "text" in body:
        return "text", {"text": body["text"]}
    words = {"text": body["caption"]} if body.get("caption") else {}
    if "photo" in body:
        address = f"{files_at}/{body['photo'][-1]['file_id']}"
        payload = {"url": address, "thumbnail": address}
        return "image", words | {"attachments": [{"type": "image", "payload": payload}]}
    if "document" in body:
        file = body["document"]
        payload = {"url": f"{files_at}/{file['file_id']}", "name": file["file_name"], "size": str(file["file_size"])}
        return "file", words | {"attachments": [{"type": "file", "payload": payload}]}
    for kind, event in (("video", "video"), ("voice", "audio")):
        if kind in body:
            address = f"{files_at}/{body[kind]['file_id']}"
            return event, words | {"attachments": [{"type": event, "payload": {"url": address}}]}
    if "sticker" in body:
        return "sticker", {"attachments": [{"type": "sticker", "payload": {"id": body["sticker"]["emoji"]}}]}
    kind = {"contact": "business_card", "link": "link"}.get(body.get("zalo_unsupported", ""), "location")
    return kind, {"attachments": [{"type": kind, "payload": {}}]}
