"""What a bot may know of its chats and their members, and leaving them."""

from sandbox.chat import PRESENT
from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.membership import set_member
from sandbox.telegram.messages import Body
from sandbox.telegram.sending import tell_service
from sandbox.telegram.shapes import full_chat_shape, member_shape, user_shape
from sandbox.telegram.targets import find_chat, need_right, open_chat


def get_chat(call: Call) -> Body:
    """The old id of an upgraded group can still be looked at; only the rest is refused."""
    chat = find_chat(call)
    if chat.migrated_to is None:
        chat = open_chat(call)
    shape = full_chat_shape(call.world, chat)
    pinned = call.cloud.log_of(chat).messages.get(chat.pinned[-1]) if chat.pinned else None
    return shape | {"pinned_message": pinned.body} if pinned else shape


def get_member(call: Call) -> Body:
    user_id = call.arguments.integer("user_id")
    chat = open_chat(call)
    if user_id not in call.world.people and user_id not in call.world.bots:
        raise bad_request("invalid user_id specified" if user_id <= 0 else "PARTICIPANT_ID_INVALID")
    if chat.is_private:
        if user_id not in (chat.id, chat.bot_id):
            raise bad_request("PARTICIPANT_ID_INVALID")
        return {"status": "member", "user": user_shape(call.world, user_id)}
    return member_shape(call.world, chat, user_id)


def get_administrators(call: Call) -> list[Body]:
    chat = open_chat(call)
    if chat.is_private:
        raise bad_request("there are no administrators in the private chat")
    with_bots = call.arguments.flag("return_bots")
    return [
        member_shape(call.world, chat, number)
        for number in chat.members
        if chat.leads(number) and (with_bots or number == call.bot.id or number not in call.world.bots)
    ]


def count_members(call: Call) -> int:
    chat = open_chat(call)
    if chat.is_private:
        return 2
    return sum(member.status in PRESENT for member in chat.members.values())


def leave(call: Call) -> bool:
    chat = open_chat(call)
    if chat.is_private:
        raise bad_request("chat member status can't be changed in private chats")
    set_member(call.cloud, chat, call.bot.id, "left", by=call.bot.id)
    return True


def set_title(call: Call) -> bool:
    title = call.arguments.text("title").strip()
    if not 1 <= len(title) <= 128:
        raise bad_request("title must be non-empty" if not title else "title is too long")
    chat = open_chat(call)
    if chat.is_private:
        raise bad_request("can't change private chat title")
    need_right(call, chat, "can_change_info", "not enough rights to change chat title")
    chat.title = title
    call.world.keep_chat(chat)
    tell_service(call, chat, {"new_chat_title": title})
    call.cloud.events.tell_everyone("rooms", {})
    return True


def ban(call: Call) -> bool:
    return _set(call, "kicked")


def unban(call: Call) -> bool:
    chat = open_chat(call)
    if call.arguments.flag("only_if_banned") and chat.status_of(call.arguments.integer("user_id")) != "kicked":
        return True
    return _set(call, "left")


def _set(call: Call, status: str) -> bool:
    chat, user_id = open_chat(call), call.arguments.integer("user_id")
    need_right(call, chat, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    if user_id not in call.world.people and user_id not in call.world.bots:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.status_of(user_id) == "creator":
        raise bad_request("can't remove chat owner")
    set_member(call.cloud, chat, user_id, status, by=call.bot.id)
    return True


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_member,
    "getChatAdministrators": get_administrators,
    "getChatMemberCount": count_members,
    "leaveChat": leave,
    "setChatTitle": set_title,
    "banChatMember": ban,
    "unbanChatMember": unban,
}
