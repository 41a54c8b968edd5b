"""The chat, the member and the message a call is about, or the refusal the real server gives."""

from sandbox.chat import PRESENT, Chat
from sandbox.telegram.call import Call
from sandbox.telegram.errors import ApiError, bad_request, forbidden
from sandbox.telegram.messages import Message

UPGRADED = "group chat was upgraded to a supergroup chat"


def find_chat(call: Call, name: str = "chat_id") -> Chat:
    """A chat this bot knows of, whether or not it may still write there."""
    wanted = call.arguments.text(name).strip()
    if not wanted:
        raise bad_request(f"{name} is empty")
    try:
        chat_id = int(wanted)
    except ValueError:
        raise bad_request("chat not found") from None
    chat = _private(call, chat_id) if chat_id > 0 else call.world.group(chat_id)
    if chat is None or (chat.bot_id is None and call.bot.id not in chat.members):
        raise bad_request("chat not found")
    return chat


def _private(call: Call, person_id: int) -> Chat | None:
    chat = call.world.private(call.bot.id, person_id)
    if chat is not None and chat.started:
        return chat
    if person_id == call.bot.id or person_id in call.world.bots:
        raise forbidden("the bot can't send messages to the bot")
    if person_id in call.world.people and _has_seen(call, person_id):
        raise forbidden("bot can't initiate conversation with a user")
    return None


def _has_seen(call: Call, person_id: int) -> bool:
    return any(person_id in chat.members and call.bot.id in chat.members for chat in call.world.groups())


def open_chat(call: Call, name: str = "chat_id") -> Chat:
    """A chat this bot may act in now."""
    chat = find_chat(call, name)
    if chat.is_private:
        if call.world.people[chat.id].deactivated:
            raise forbidden("user is deactivated")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat
    if chat.migrated_to is not None:
        raise bad_request(UPGRADED, migrate_to_chat_id=chat.migrated_to)
    status = chat.status_of(call.bot.id)
    if status not in PRESENT:
        raise _outside(status, chat)
    return chat


def _outside(status: str, chat: Chat) -> ApiError:
    if status == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    return forbidden(f"bot is not a member of the {chat.type} chat")


def find_message(call: Call, chat: Chat, missing: str, name: str = "message_id") -> Message:
    message_id = call.arguments.integer(name)
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = call.cloud.log_of(chat).messages.get(message_id)
    if message is None:
        raise bad_request(missing)
    return message


def need_right(call: Call, chat: Chat, right: str, words: str) -> None:
    """In groups some things are for administrators with that right."""
    if chat.is_private:
        return
    member = chat.members[call.bot.id]
    if not chat.leads(member.id) or member.rights.get(right) is False:
        raise bad_request(words)
