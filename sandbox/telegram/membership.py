"""Comings and goings: who joins, leaves, is promoted or blocked, with the messages and updates this causes."""

from itertools import count

from sandbox.chat import PRESENT, Chat, Member
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.delivery import hand_out, put
from sandbox.telegram.messages import Body
from sandbox.telegram.shapes import chat_shape, member_shape, user_shape
from sandbox.telegram.wire import to_text


def set_member(
    cloud: Cloud, chat: Chat, member_id: int, status: str, *, by: int, anonymous: bool = False, quiet: bool = False
) -> None:
    """Gives a member of a group another status; `quiet` leaves out the message in the room."""
    _must_fit(cloud, chat, member_id, status)
    before = member_shape(cloud.world, chat, member_id)
    was_present = chat.is_present(member_id)
    cloud.world.set_status(chat, member_id, status, anonymous=anonymous)
    after = member_shape(cloud.world, chat, member_id)
    if before != after:
        _tell_bots(cloud, chat, member_id, by=by, before=before, after=after)
    if not quiet and was_present != (status in PRESENT):
        _say_so(cloud, chat, member_id, by=by, came=not was_present)
    cloud.events.tell_everyone("rooms", {})


def _must_fit(cloud: Cloud, chat: Chat, member_id: int, status: str) -> None:
    """A bot enters groups of its own platform, where that lets it in."""
    bot = cloud.world.bots.get(member_id)
    if bot is None or status not in PRESENT or chat.is_present(member_id):
        return
    if bot.platform != chat.platform:
        raise Refusal(f"@{bot.username} là bot của nền tảng khác, không vào được phòng «{chat.title}».")
    if chat.platform in cloud.sides:
        cloud.sides[chat.platform].admit(bot, chat)


def _tell_bots(cloud: Cloud, chat: Chat, member_id: int, *, by: int, before: Body, after: Body) -> None:
    body = to_text(
        {
            "chat": chat_shape(cloud.world, chat),
            "from": user_shape(cloud.world, by),
            "date": int(cloud.clock.now()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
    )
    if bot := cloud.world.bots.get(member_id):
        put(cloud, bot, "my_chat_member", body, lane=f"y{chat.key}")
    for bot_id in chat.bots:
        if chat.leads(bot_id) and bot_id != member_id:
            put(cloud, cloud.world.bots[bot_id], "chat_member", body, lane=f"u{member_id}")


def _say_so(cloud: Cloud, chat: Chat, member_id: int, *, by: int, came: bool) -> None:
    shape = user_shape(cloud.world, member_id)
    content: Body = {"new_chat_members": [shape]} if came else {"left_chat_member": shape}
    hand_out(cloud, chat, cloud.write(chat, by, content))


def set_blocked(cloud: Cloud, chat: Chat, *, blocked: bool) -> None:
    """A person blocks or unblocks the bot of a private talk."""
    if chat.bot_id is None or chat.blocked == blocked:
        return
    chat.blocked = blocked
    cloud.world.keep_chat(chat)
    bot = cloud.world.bots[chat.bot_id]
    states: list[Body] = [
        {"status": "member", "user": user_shape(cloud.world, bot.id)},
        {"status": "kicked", "user": user_shape(cloud.world, bot.id), "until_date": 0},
    ]
    before, after = states if blocked else reversed(states)
    person = user_shape(cloud.world, chat.id)
    body = {"chat": chat_shape(cloud.world, chat), "from": person, "date": int(cloud.clock.now())}
    body |= {"old_chat_member": before, "new_chat_member": after}
    put(cloud, bot, "my_chat_member", to_text(body), lane=f"y{chat.key}")


def upgrade(cloud: Cloud, chat: Chat, *, by: int) -> Chat:
    """A basic group becomes a supergroup: a new id, the same people; the old id only points to the new one."""
    new = new_group(cloud, type_="supergroup", title=chat.title)
    for member in chat.members.values():
        new.members[member.id] = Member(id=member.id, status=member.status, anonymous=member.anonymous)
    new.bots = set(chat.bots)
    chat.migrated_to = new.id
    cloud.world.keep_chat(new)
    cloud.world.keep_chat(chat)
    hand_out(cloud, chat, cloud.write(chat, by, {"migrate_to_chat_id": new.id}))
    hand_out(cloud, new, cloud.write(new, by, {"migrate_from_chat_id": chat.id}))
    cloud.events.tell_everyone("rooms", {})
    return new


def new_group(
    cloud: Cloud,
    *,
    type_: str,
    title: str,
    chat_id: int | None = None,
    is_forum: bool = False,
    platform: str = "telegram",
) -> Chat:
    if chat_id is None:
        first = 1_002_000_000_001 if type_ == "supergroup" else 4_000_000_001
        chat_id = next(-number for number in count(first) if str(-number) not in cloud.world.chats)
    chat = Chat(id=chat_id, type=type_, title=title, is_forum=is_forum, platform=platform)
    cloud.world.keep_chat(chat)
    return chat
