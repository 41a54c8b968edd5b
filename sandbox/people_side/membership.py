"""Who is where: start a bot, join, leave, add, kick, promote, block, upgrade, new groups and topics."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.chat import Chat
from sandbox.people_side.rooms import Wish, answer, own_room, read_wish, room_of, who
from sandbox.people_side.talking import post
from sandbox.people_side.worldly import chat_view
from sandbox.person import Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.entities import plain_text
from sandbox.telegram.membership import new_group, set_blocked, set_member
from sandbox.telegram.membership import upgrade as upgrade_group
from sandbox.telegram.topics import open_topic as new_topic

Act = Callable[[Cloud, web.Request], Awaitable[web.Response]]
ABSENT = "Người này không ở trong phòng."


async def start(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = room_of(cloud, person, "@" + str(wish["bot"]).removeprefix("@"))
    text = f"/start {wish['payload']}" if wish.get("payload") else "/start"
    if chat.platform in cloud.sides:  # there is no Start: who opens the bot's link writes the code
        text = str(wish.get("payload") or "Xin chào")
    message = post(cloud, chat, person, {}, plain_text(text).fields())
    return answer(cloud.seen_by_people(chat, message))


def _set(cloud: Cloud, chat: Chat, member: int, status: str, *, by: int, anonymous: bool = False) -> web.Response:
    set_member(cloud, chat, member, status, by=by, anonymous=anonymous)
    return answer(chat_view(cloud, chat))


def _group(cloud: Cloud, person: Person, wish: Wish) -> Chat:
    chat = room_of(cloud, person, wish["room"])
    if chat.is_private:
        raise Refusal("Việc này chỉ làm được trong nhóm.")
    return chat


async def join(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = _group(cloud, person, wish)
    if chat.is_present(person.id):
        raise Refusal(f"{person.name} đã ở trong phòng «{chat.title}».")
    if chat.status_of(person.id) == "kicked" and not wish.get("added_by"):
        raise Refusal(f"{person.name} đã bị mời khỏi phòng «{chat.title}», phải có người thêm lại.")
    by = cloud.world.somebody(wish["added_by"]) if wish.get("added_by") else person.id
    return _set(cloud, chat, person.id, "member", by=by)


async def leave(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = _group(cloud, person, wish)
    own_room(cloud, person, wish["room"])
    return _set(cloud, chat, person.id, "left", by=person.id)


async def add_bot(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    own_room(cloud, person, wish["room"])
    chat = _group(cloud, person, wish)
    bot = cloud.world.bot_named(str(wish["bot"]))
    if chat.is_present(bot.id):
        raise Refusal(f"@{bot.username} đã ở trong phòng «{chat.title}».")
    view = _set(cloud, chat, bot.id, "member", by=person.id)
    if payload := wish.get("payload"):  # as by a link with ?startgroup=
        post(cloud, chat, person, {}, plain_text(f"/start@{bot.username} {payload}").fields())
    return view


def _of_member(status: str) -> Act:
    async def act(cloud: Cloud, request: web.Request) -> web.Response:
        wish = await read_wish(request)
        person = who(cloud, wish)
        own_room(cloud, person, wish["room"])
        chat = _group(cloud, person, wish)
        member = cloud.world.somebody(wish["member"])
        if not chat.is_present(member):
            raise Refusal(ABSENT)
        return _set(cloud, chat, member, status, by=person.id, anonymous=bool(wish.get("anonymous")))

    return act


def _block(*, blocked: bool) -> Act:
    async def act(cloud: Cloud, request: web.Request) -> web.Response:
        wish = await read_wish(request)
        person = who(cloud, wish)
        chat = room_of(cloud, person, "@" + str(wish["bot"]).removeprefix("@"))
        set_blocked(cloud, chat, blocked=blocked)
        return answer({"room": cloud.room_name(chat), "blocked": blocked})

    return act


async def upgrade(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    if chat.type != "group" or chat.platform != "telegram":
        raise Refusal("Chỉ nhóm thường mới nâng cấp được.")
    return answer({"room": str(upgrade_group(cloud, chat, by=person.id).id)})


async def open_topic(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    if not chat.is_forum:
        raise Refusal("Nhóm này không chia chủ đề.")
    return answer({"thread": new_topic(cloud, chat, str(wish["name"]), by=person.id)})


async def found_group(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    type_ = str(wish.get("type", "group"))
    if type_ not in ("group", "supergroup"):
        raise Refusal("Kiểu nhóm là group hoặc supergroup.")
    members = [cloud.world.somebody(member) for member in wish.get("members", [])]
    forum = bool(wish.get("forum")) and type_ == "supergroup"
    platform = str(wish.get("platform", "telegram"))
    if platform not in {"telegram", *cloud.sides} or (platform != "telegram" and type_ != "group"):
        raise Refusal("Nền tảng không có, hoặc không có kiểu nhóm này.")
    chat = new_group(cloud, type_=type_, title=str(wish["title"]), is_forum=forum, platform=platform)
    set_member(cloud, chat, person.id, "creator", by=person.id, quiet=True)
    cloud.write(chat, person.id, {f"{type_}_chat_created": True})
    for member in members:
        if member != person.id:
            set_member(cloud, chat, member, "member", by=person.id)
    return answer(chat_view(cloud, chat))


ROUTES: list[tuple[str, str, Act]] = [
    ("POST", "/human/start", start),
    ("POST", "/human/join", join),
    ("POST", "/human/leave", leave),
    ("POST", "/human/add_bot", add_bot),
    ("POST", "/human/kick", _of_member("kicked")),
    ("POST", "/human/promote", _of_member("administrator")),
    ("POST", "/human/demote", _of_member("member")),
    ("POST", "/human/block", _block(blocked=True)),
    ("POST", "/human/unblock", _block(blocked=False)),
    ("POST", "/human/upgrade", upgrade),
    ("POST", "/human/topic", open_topic),
    ("POST", "/human/group", found_group),
]
