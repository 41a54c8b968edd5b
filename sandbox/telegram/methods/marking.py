"""Reactions and pins: small marks on messages that stand already."""

from sandbox.chat import Chat
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.reactions import ALLOWED, set_reaction
from sandbox.telegram.sending import tell_service, without_reply
from sandbox.telegram.targets import find_message, need_right, open_chat

NO_RIGHT = "not enough rights to manage pinned messages in the chat"


def react(call: Call) -> bool:
    wished = call.arguments.objects("reaction", "ReactionType")
    if len(wished) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = str(wished[0].get("emoji", "")) if wished else None
    if emoji is not None and emoji not in ALLOWED:
        raise bad_request("REACTION_INVALID")
    chat = open_chat(call)
    message = find_message(call, chat, "message to react not found")
    if message.is_service:
        raise bad_request("REACTION_INVALID")
    if message.reactions.get(call.bot.id) != emoji:
        set_reaction(call.cloud, chat, message, call.bot.id, emoji)
    return True


def pin(call: Call) -> bool:
    chat = open_chat(call)
    message = find_message(call, chat, "message to pin not found")
    need_right(call, chat, "can_pin_messages", NO_RIGHT)
    if message.id in chat.pinned:
        return True
    _pins(call, chat, [*chat.pinned, message.id])
    tell_service(call, chat, {"pinned_message": without_reply(message.body)})
    return True


def unpin(call: Call) -> bool:
    """Without a message it is the latest pin that goes."""
    chat = open_chat(call)
    need_right(call, chat, "can_pin_messages", NO_RIGHT)
    number = call.arguments.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    _pins(call, chat, [each for each in chat.pinned if each != number])
    return True


def unpin_all(call: Call) -> bool:
    chat = open_chat(call)
    need_right(call, chat, "can_pin_messages", NO_RIGHT)
    _pins(call, chat, [])
    return True


def _pins(call: Call, chat: Chat, numbers: list[int]) -> None:
    chat.pinned = numbers
    call.world.keep_chat(chat)


METHODS = {
    "setMessageReaction": react,
    "pinChatMessage": pin,
    "unpinChatMessage": unpin,
    "unpinAllChatMessages": unpin_all,
}
