"""What a person sees: rooms, messages since, the stream of events, the clock, the world and the page."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import aiohttp
import pytest

from sandbox.clock import VIETNAM, read_moment
from tests.sandbox.conftest import BOT, STAFF_ROOM, UNIT, Office


class Stream:
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self) -> tuple[str, dict[str, Any]]:
        name = ""
        async with asyncio.timeout(5):
            while True:
                line = (await self._response.content.readline()).decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                if line.startswith("data: "):
                    return name, json.loads(line.removeprefix("data: "))


@asynccontextmanager
async def stream(office: Office, person: int, after: int = 0) -> AsyncIterator[Stream]:
    query = {"as": person, "after": after}
    async with office.http.get("/human/events", params=query) as response:
        assert response.content_type == "text/event-stream"
        await response.content.readline()
        yield Stream(response)


async def test_rooms_hold_the_latest_word_and_bots_not_started_yet(office: Office) -> None:
    await office.minh.do("say", room=str(UNIT), text="Họp lúc 8 giờ")
    rooms = {room["room"]: room for room in await office.lan.look("rooms")}
    assert rooms[str(UNIT)]["last"]["text"] == "Họp lúc 8 giờ"
    assert rooms[BOT]["last"] is None
    assert (rooms[BOT]["type"], rooms[BOT]["title"]) == ("private", "Trực Ban")
    assert str(STAFF_ROOM) not in [room["room"] for room in await office.hoa.look("rooms")]


async def test_messages_since_are_those_that_changed(office: Office) -> None:
    first = await office.lan.do("say", room=str(UNIT), text="Một")
    second = await office.lan.do("say", room=str(UNIT), text="Hai")
    await office.lan.do("edit", room=str(UNIT), message_id=first["message_id"], text="Mốt")
    changed = await office.lan.messages(UNIT, after=second["seq"])
    assert [message["text"] for message in changed] == ["Mốt"]
    assert [message["text"] for message in await office.lan.messages(UNIT)] == ["Mốt", "Hai"]
    assert [message["text"] for message in await office.lan.messages(UNIT, limit=1)] == ["Hai"]


async def test_strangers_see_nothing(office: Office) -> None:
    async with office.http.get("/human/messages", params={"as": 1003, "room": STAFF_ROOM}) as response:
        assert response.status == 403


async def test_events_come_at_once(office: Office) -> None:
    async with stream(office, 1001) as events:
        sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Chào")
        assert (await events.next())[1]["text"] == "Chào"
        where = {"chat_id": UNIT, "message_id": sent["message_id"]}
        await office.bot.call("editMessageText", text="Chào ạ", **where)
        await office.minh.do("react", room=str(UNIT), message_id=sent["message_id"], emoji="👍")
        await office.bot.call("deleteMessage", **where)
        await office.post("/clock", advance=5)
        await office.minh.do("add_bot", room=str(UNIT), bot="@bot_khac_bot")
        names = [await events.next() for _ in range(6)]
        assert [name for name, _ in names] == ["edited", "reaction", "deleted", "clock", "message", "rooms"]
        assert names[2][1]["message_id"] == sent["message_id"]


async def test_a_stream_that_broke_catches_up(office: Office) -> None:
    first = await office.lan.do("say", room=str(UNIT), text="Một")
    second = await office.lan.do("say", room=str(UNIT), text="Hai")
    await office.lan.do("delete", room=str(UNIT), message_id=second["message_id"])
    await office.lan.do("edit", room=str(UNIT), message_id=first["message_id"], text="Mốt")
    async with stream(office, 1001, after=first["seq"]) as events:
        assert (await events.next())[0] == "deleted"
        name, message = await events.next()
        assert (name, message["text"]) == ("edited", "Mốt")


async def test_the_clock_only_goes_forward_and_wakes_who_waits(office: Office) -> None:
    before = await office.get("/clock")
    waiting = asyncio.create_task(office.get("/clock", after=before["version"], timeout=20))
    await asyncio.sleep(0.02)
    assert not waiting.done()
    moved = await office.post("/clock", to="tomorrow 07:30")
    assert (await waiting)["version"] == moved["version"]
    assert datetime.fromisoformat(moved["now"]).strftime("%H:%M") == "07:30"
    for wish in ({"advance": -1}, {"to": "2020-01-01T00:00+07:00"}, {"to": "bao giờ"}, {}):
        async with office.http.post("/clock", json=wish) as response:
            assert response.status == 400
            assert (await response.json())["error"]


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("16:30", "2026-11-23T16:30+07:00"),
        ("07:30", "2026-11-24T07:30+07:00"),
        ("tomorrow 07:30", "2026-11-24T07:30+07:00"),
        ("ngày mai 16:00", "2026-11-24T16:00+07:00"),
        ("2026-12-01T08:00", "2026-12-01T08:00+07:00"),
    ],
)
def test_moments_are_understood_in_words(words: str, moment: str) -> None:
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
    assert read_moment(words, monday) == datetime.fromisoformat(moment)


async def test_the_world_at_a_glance(office: Office) -> None:
    world = await office.get("/human/world")
    assert [person["first_name"] for person in world["people"]] == ["Lan", "Minh", "Hoa", "Nga"]
    assert world["people"][0]["title"] == "chuyên viên"
    (unit,) = [chat for chat in world["chats"] if chat["id"] == UNIT]
    assert {"id": 1002, "status": "administrator"} in unit["members"]


async def test_a_world_file_is_merged_and_can_be_merged_again(office: Office) -> None:
    more = {
        "people": [{"first_name": "Tuấn", "username": "anh_tuan", "started": [BOT]}],
        "chats": [{"title": "Tổ giám sát", "type": "group", "members": ["@anh_tuan", 1001, BOT]}],
    }
    first = await office.post("/human/world", **more)
    second = await office.post("/human/world", **more)
    assert (first["people"], first["chats"]) == (second["people"], second["chats"])
    tuan = first["people"][-1]["id"]
    await office.bot.call("sendMessage", chat_id=tuan, text="Chào anh Tuấn")
    joined = [update for update in await office.bot.updates() if "my_chat_member" in update]
    assert [update["my_chat_member"]["chat"]["title"] for update in joined] == ["Tổ giám sát"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nguoi": []},
        {"people": [{}]},
        {"people": {}},
        {"bots": [{"token": "khong-dung"}]},
        {"bots": [{"token": "7770001:another"}]},
        {"chats": [{"title": "A", "type": "channel"}]},
        {"chats": [{"title": "A", "type": "group", "id": -1001234567000}]},
        {"chats": [{"title": "A", "members": ["@khong_co"]}]},
    ],
    ids=str,
)
async def test_a_wrong_world_is_refused(office: Office, wrong: dict[str, Any]) -> None:
    async with office.http.post("/human/world", json=wrong) as response:
        assert 400 <= response.status < 500
        assert (await response.json())["error"]


async def test_the_page_is_served_and_nothing_beside_it(office: Office) -> None:
    async with office.http.get("/") as response:
        assert response.content_type == "text/html"
    for path in ("/page/../server.py", "/page/%2e%2e/server.py", "/page/none.js"):
        async with office.http.get(path) as response:
            assert response.status == 404


async def test_command_menus_by_scope_and_language(office: Office) -> None:
    vietnamese = {"scope": {"type": "all_private_chats"}, "language_code": "vi"}
    commands = [{"command": "baocao", "description": "Báo cáo hôm nay"}]
    await office.bot.call("setMyCommands", commands=commands, **vietnamese)
    assert await office.bot.call("getMyCommands", **vietnamese) == commands
    assert await office.bot.call("getMyCommands") == []
    assert (await office.get("/human/world"))["bots"][0]["commands"] == commands
    await office.bot.call("deleteMyCommands", **vietnamese)
    odd = [{"command": "Điểm danh", "description": "x"}]
    assert await office.bot.refused("setMyCommands", commands=odd) == "Bad Request: BOT_COMMAND_INVALID"
    await office.bot.call("setMyDescription", description="Bot trực ban", language_code="vi")
    assert (await office.bot.call("getMyDescription", language_code="vi"))["description"] == "Bot trực ban"
    assert (await office.bot.call("getMyName"))["name"] == "Trực Ban"
    await office.bot.call("setChatMenuButton", menu_button={"type": "commands"})
    assert await office.bot.call("getChatMenuButton") == {"type": "commands"}
