"""The whole world at a glance, and files of people, bots and chats merged into it."""

from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.people_side.rooms import answer, read_wish
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.world_file import merge


def world_view(cloud: Cloud) -> dict[str, Any]:
    world = cloud.world
    return {
        "people": [_without_nothing(person.as_json()) for person in world.people.values()],
        "bots": [
            {
                "id": bot.id,
                "name": bot.name,
                "username": bot.username,
                "can_read_all_group_messages": bot.can_read_all_group_messages,
                "commands": commands_for_people(bot.profile),
            }
            | ({"platform": bot.platform} if bot.platform in cloud.sides else {})
            for bot in world.bots.values()
        ],
        "chats": [chat_view(cloud, chat) for chat in world.groups() if chat.migrated_to is None],
        "clock": cloud.clock.as_json(),
    }


def commands_for_people(profile: dict[str, Any]) -> list[Any]:
    """The menu a Vietnamese user sees in a private talk: the narrowest list that is set."""
    lists: dict[str, list[Any]] = profile.get("commands", {})
    for key in ("all_private_chats/vi", "all_private_chats/", "default/vi", "default/"):
        if key in lists:
            return lists[key]
    return []


def chat_view(cloud: Cloud, chat: Chat) -> dict[str, Any]:
    return {
        "id": chat.id,
        "room": cloud.room_name(chat),
        "type": chat.type,
        "title": chat.title,
        "platform": chat.platform,
        "is_forum": chat.is_forum,
        "topics": [{"id": number, "name": name} for number, name in chat.topics.items()],
        "members": [
            {"id": member.id, "status": member.status} | ({"anonymous": True} if member.anonymous else {})
            for member in chat.members.values()
        ],
    }


def _without_nothing(shape: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in shape.items() if value not in (None, False)}


async def show_world(cloud: Cloud, _: web.Request) -> web.Response:
    return answer(world_view(cloud))


async def merge_world(cloud: Cloud, request: web.Request) -> web.Response:
    merge(cloud, await read_wish(request))
    return answer(world_view(cloud))


ROUTES = [("GET", "/human/world", show_world), ("POST", "/human/world", merge_world)]
