"""People, bots, chats and members in the shapes the Bot API shows them."""

from typing import Any

from sandbox.chat import Chat, Member
from sandbox.person import Bot, Person
from sandbox.world import World

ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
ADMINISTRATOR_RIGHTS = {
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": True,
    "can_restrict_members": True,
    "can_promote_members": False,
    "can_change_info": True,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
    "can_pin_messages": True,
}
PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
]


def person_shape(person: Person) -> dict[str, Any]:
    shape: dict[str, Any] = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    for name in ("last_name", "username", "language_code"):
        if value := getattr(person, name):
            shape[name] = value
    return shape


def bot_shape(bot: Bot) -> dict[str, Any]:
    return {"id": bot.id, "is_bot": True, "first_name": bot.name, "username": bot.username}


def user_shape(world: World, user_id: int) -> dict[str, Any]:
    bot = world.bots.get(user_id)
    return bot_shape(bot) if bot else person_shape(world.people[user_id])


def chat_shape(world: World, chat: Chat) -> dict[str, Any]:
    if chat.is_private:
        person = world.people[chat.id]
        shape: dict[str, Any] = {"id": chat.id, "type": "private", "first_name": person.first_name}
        for name in ("last_name", "username"):
            if value := getattr(person, name):
                shape[name] = value
        return shape
    shape = {"id": chat.id, "type": chat.type, "title": chat.title}
    if chat.is_forum:
        shape["is_forum"] = True
    return shape


def member_shape(world: World, chat: Chat, member_id: int) -> dict[str, Any]:
    member = chat.members.get(member_id) or Member(id=member_id, status="left")
    shape: dict[str, Any] = {"status": member.status, "user": user_shape(world, member_id)}
    if member.status == "creator":
        shape["is_anonymous"] = member.anonymous
    elif member.status == "administrator":
        shape |= {"can_be_edited": False, "is_anonymous": member.anonymous} | ADMINISTRATOR_RIGHTS
        if chat.is_forum:
            shape["can_manage_topics"] = True
        shape |= member.rights
    elif member.status == "kicked":
        shape["until_date"] = 0
    return shape


def full_chat_shape(world: World, chat: Chat) -> dict[str, Any]:
    gifts = ["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"]
    shape = chat_shape(world, chat) | {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, chat.is_private),
    }
    if not chat.is_private:
        shape["permissions"] = dict.fromkeys(PERMISSIONS, True) | {"can_manage_topics": not chat.is_forum}
    elif username := shape.get("username"):
        shape["active_usernames"] = [username]
    return shape
