"""Looking: rooms, messages and the stream of events of one person."""

import asyncio
from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.events import Event
from sandbox.people_side.rooms import answer, room_of
from sandbox.person import Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Message
from sandbox.telegram.wire import to_text

KEEP_ALIVE = 15.0


def looker(cloud: Cloud, request: web.Request) -> Person:
    return cloud.world.person(cloud.world.somebody(request.query["as"]))


async def list_rooms(cloud: Cloud, request: web.Request) -> web.Response:
    person = looker(cloud, request)
    rooms = [_room(cloud, chat, chat.title) for chat in cloud.world.groups() if _shown(chat, person)]
    rooms.sort(key=lambda room: room["last"]["date"] if room["last"] else 0, reverse=True)
    for bot in cloud.world.bots.values():
        private = cloud.world.private(bot.id, person.id) or Chat(
            id=person.id, type="private", bot_id=bot.id, platform=bot.platform
        )
        rooms.append(_room(cloud, private, bot.name))
    return answer(rooms)


def _shown(chat: Chat, person: Person) -> bool:
    return chat.migrated_to is None and chat.is_present(person.id)


def _room(cloud: Cloud, chat: Chat, title: str) -> dict[str, Any]:
    log = cloud.logs.get(chat.key)
    latest = log.latest(1) if log else []
    room: dict[str, Any] = {"room": cloud.room_name(chat), "title": title, "type": chat.type, "platform": chat.platform}
    if chat.is_forum:
        room["is_forum"] = True
        room["topics"] = [{"id": number, "name": name} for number, name in chat.topics.items()]
    if chat.is_private:
        room |= {"started": chat.started, "blocked": chat.blocked}
    return room | {"last": _summary(latest[0]) if latest else None}


def _summary(message: Message) -> dict[str, Any]:
    body = message.body
    text = body.get("text") or body.get("caption") or ""
    return {"text": text, "date": body["date"], "from": body["from"], "message_id": message.id, "message": body}


async def list_messages(cloud: Cloud, request: web.Request) -> web.Response:
    person = looker(cloud, request)
    chat = room_of(cloud, person, request.query["room"])
    if not chat.is_present(person.id):
        raise Refusal(f"{person.name} không ở trong phòng «{chat.title}».", status=403)
    after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 200))
    log = cloud.log_of(chat)
    if after:
        found = [log.messages[number] for number in log.changed_since(after) if number in log.messages][:limit]
    else:
        found = log.latest(limit)
    return answer([cloud.seen_by_people(chat, message) for message in found])


async def stream_events(cloud: Cloud, request: web.Request) -> web.StreamResponse:
    person = looker(cloud, request)
    after = int(request.headers.get("Last-Event-ID") or request.query.get("after") or 0)
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    line = cloud.events.listen(person.id)
    try:
        await response.prepare(request)
        await response.write(b": xin ch\xc3\xa0o\n\n")
        if after:
            for event in missed(cloud, person, after):
                await response.write(_as_bytes(event))
        await _pass_on(line, response)
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        cloud.events.leave(person.id, line)
    return response


async def _pass_on(line: asyncio.Queue[Event | None], response: web.StreamResponse) -> None:
    while True:
        try:
            async with asyncio.timeout(KEEP_ALIVE):
                event = await line.get()
        except TimeoutError:
            await response.write(b": \n\n")
            continue
        if event is None:
            return
        await response.write(_as_bytes(event))


def missed(cloud: Cloud, person: Person, after: int) -> list[Event]:
    """What changed in this person's rooms since then, in order."""
    events: list[Event] = []
    for chat in cloud.world.chats.values():
        if chat.is_present(person.id) and (log := cloud.logs.get(chat.key)):
            events.extend(_catch_up(cloud, chat, number, log.changes[number]) for number in log.changed_since(after))
    return sorted(events, key=lambda event: event.seq)


def _catch_up(cloud: Cloud, chat: Chat, number: int, seq: int) -> Event:
    message = cloud.log_of(chat).messages.get(number)
    if message is None:
        gone = {"room": cloud.room_name(chat), "message_id": number, "seq": seq}
        return Event(name="deleted", content=gone, seq=seq)
    name = "edited" if "edit_date" in message.body else "message"
    return Event(name=name, content=cloud.seen_by_people(chat, message), seq=seq)


def _as_bytes(event: Event) -> bytes:
    number = f"id: {event.seq}\n" if event.seq else ""
    return f"{number}event: {event.name}\ndata: {to_text(event.content)}\n\n".encode()


ROUTES = [
    ("GET", "/human/rooms", list_rooms),
    ("GET", "/human/messages", list_messages),
    ("GET", "/human/events", stream_events),
]
