"""A world file: people, bots with their tokens, and chats, merged into what is there already."""

import re
from typing import Any

from sandbox.chat import LEADING, Chat
from sandbox.person import Bot, Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.membership import new_group, set_member
from sandbox.telegram.tokens import SHAPE

PERSON_FIELDS = ("first_name", "last_name", "username", "language_code", "title", "deactivated")
FIRST_PERSON = 5_000_000_001


def merge(cloud: Cloud, file: dict[str, Any]) -> None:
    """Bots first: people may have started them and chats may hold them."""
    if unknown := file.keys() - {"people", "bots", "chats", "any_token"}:
        raise Refusal(f"Tệp thế giới có mục lạ: {', '.join(sorted(unknown))}.")
    cloud.world.any_token |= bool(file.get("any_token"))
    for shape in _list(file, "bots"):
        _merge_bot(cloud, shape)
    for shape in _list(file, "people"):
        _merge_person(cloud, shape)
    for shape in _list(file, "chats"):
        _merge_chat(cloud, shape)
    cloud.events.tell_everyone("rooms", {})


def _list(file: dict[str, Any], name: str) -> list[dict[str, Any]]:
    shapes = file.get(name, [])
    if not isinstance(shapes, list) or not all(isinstance(shape, dict) for shape in shapes):
        raise Refusal(f"Mục «{name}» phải là một danh sách các đối tượng.")
    return shapes


def _need(shape: dict[str, Any], name: str, where: str) -> str:
    if not shape.get(name):
        raise Refusal(f"Một mục trong «{where}» thiếu «{name}».")
    return str(shape[name])


def _merge_bot(cloud: Cloud, shape: dict[str, Any]) -> None:
    token, platform = _need(shape, "token", "bots"), _platform(cloud, shape)
    match = SHAPE.fullmatch(token)
    if match is None:
        raise Refusal("Token của bot phải có dạng chữ-số:chuỗi, ví dụ 123456:ABC.")
    username = str(shape.get("username") or _usual_name(platform, match.group(1))).removeprefix("@")
    known = cloud.world.tokens.get(token) or cloud.world.bots.get(int(match.group(1)))
    if known and known.token != token:
        raise Refusal(f"Bot số {known.id} đã có token khác.")
    bot = Bot(
        id=int(match.group(1)),
        token=token,
        name=str(shape.get("name") or username),
        username=username,
        can_read_all_group_messages=bool(shape.get("can_read_all_group_messages")),
        profile=known.profile if known else {},
        platform=platform,
    )
    cloud.world.keep_bot(bot)
    if platform in cloud.sides:
        cloud.sides[platform].change(bot, shape.get("account", {}))


def _platform(cloud: Cloud, shape: dict[str, Any]) -> str:
    name = str(shape.get("platform", "telegram"))
    if name not in {"telegram", *cloud.sides}:
        raise Refusal(f"Không có nền tảng «{name}»; có: {', '.join(['telegram', *cloud.sides])}.")
    return name


def _usual_name(platform: str, number: str) -> str:
    return f"sandbox_{number}_bot" if platform == "telegram" else f"bot.{number}"


def _merge_person(cloud: Cloud, shape: dict[str, Any]) -> None:
    _need(shape, "first_name", "people")
    world = cloud.world
    if shape.get("id"):
        number = int(shape["id"])
        if number <= 0 or number in world.bots:
            raise Refusal(f"Số {number} không dùng được cho một người.")
    else:
        number = max([FIRST_PERSON - 1, *world.people]) + 1
        wanted = str(shape.get("username") or "").lower()
        number = next((each.id for each in world.people.values() if wanted == (each.username or " ").lower()), number)
    world.keep_person(Person(id=number, **{name: shape[name] for name in PERSON_FIELDS if name in shape}))
    for bot in shape.get("started", []):
        chat = world.open_private(world.bot_named(str(bot)).id, number)
        chat.started = True
        world.keep_chat(chat)


def _merge_chat(cloud: Cloud, shape: dict[str, Any]) -> None:
    title, type_ = _need(shape, "title", "chats"), str(shape.get("type", "group"))
    if type_ not in ("group", "supergroup") or (type_ != "group" and _platform(cloud, shape) != "telegram"):
        raise Refusal(f"Nhóm «{title}»: kiểu là group hoặc supergroup.")
    chat = _find_or_found(cloud, shape, title, type_)
    leaders = {_member(cloud, who): _is_anonymous(who) for who in shape.get("administrators", [])}
    wanted = [_member(cloud, who) for who in shape.get("members", [])]
    statuses = dict.fromkeys(wanted, "member") | dict.fromkeys(leaders, "administrator")
    if shape.get("creator"):
        statuses[_member(cloud, shape["creator"])] = "creator"
    people_first = sorted(statuses, key=lambda number: number in cloud.world.bots)
    for number in people_first:
        if chat.status_of(number) != statuses[number]:
            by = _host(cloud, chat, number)
            anonymous = leaders.get(number, False)
            set_member(cloud, chat, number, statuses[number], by=by, anonymous=anonymous, quiet=True)


def _find_or_found(cloud: Cloud, shape: dict[str, Any], title: str, type_: str) -> Chat:
    groups = cloud.world.groups()
    if shape.get("id"):
        number = int(shape["id"])
        looks_super = bool(re.match(r"-100\d{9,}", str(number))) and _platform(cloud, shape) == "telegram"
        if number >= 0 or (type_ == "supergroup") != looks_super:
            raise Refusal(f"Nhóm «{title}»: id của supergroup bắt đầu bằng -100, của nhóm thường là số âm khác.")
        chat = cloud.world.group(number)
    else:
        number = None
        same = (each for each in groups if each.title == title and each.platform == _platform(cloud, shape))
        chat = next((each for each in same if each.migrated_to is None), None)
    if chat is not None and chat.migrated_to is not None:
        chat = cloud.world.group(chat.migrated_to)
    forum = bool(shape.get("forum")) and type_ == "supergroup"
    if chat is None:
        platform = _platform(cloud, shape)
        return new_group(cloud, type_=type_, title=title, chat_id=number, is_forum=forum, platform=platform)
    chat.title = title
    cloud.world.keep_chat(chat)
    return chat


def _member(cloud: Cloud, who: Any) -> int:
    return cloud.world.somebody(who["id"] if isinstance(who, dict) else who)


def _is_anonymous(who: Any) -> bool:
    return isinstance(who, dict) and bool(who.get("anonymous"))


def _host(cloud: Cloud, chat: Chat, newcomer: int) -> int:
    """Who let somebody in, since a world file does not say: an administrator, else anybody who is there."""
    people = [member for member in chat.members.values() if member.id in cloud.world.people]
    leaders = [member.id for member in people if member.status in LEADING]
    hosts = leaders or [member.id for member in people]
    return hosts[0] if hosts else newcomer
