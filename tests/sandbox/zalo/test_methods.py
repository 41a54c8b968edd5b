"""What a bot of Zalo can call, and how Zalo says no."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import pytest

from sandbox.server import start
from tests.sandbox.zalo.conftest import BOT, OTHER_ROOM, ROOM, TOKEN, ZaloOffice


async def test_a_token_tells_who_the_bot_is(office: ZaloOffice) -> None:
    me = await office.bot.call("getMe")
    assert me == {
        "id": "8800",
        "account_name": "bot.trucban",
        "account_type": "BASIC",
        "can_join_groups": True,
        "display_name": "Bot Trực Ban",
    }


@pytest.mark.parametrize(
    "method", ["getChat", "sendDocument", "editMessageText", "deleteMessage", "getme", "getChatMemberCount"]
)
async def test_what_zalo_has_not_is_not_found(office: ZaloOffice, method: str) -> None:
    assert await office.bot.refused(method) == 404


@pytest.mark.parametrize("token", ["8800:wrong", "nonsense"])
async def test_a_wrong_token_is_refused(office: ZaloOffice, token: str) -> None:
    async with office.http.post(f"/zalo/bot{token}/getMe", json={}) as answer:
        assert (answer.status, (await answer.json())["error_code"]) == (401, 401)


async def test_arguments_come_as_json_form_and_query(office: ZaloOffice) -> None:
    chat = await office.private_id()
    url = f"/zalo/bot{TOKEN}/sendMessage"
    asks = [
        office.http.post(url, data={"chat_id": chat, "text": "form"}),
        office.http.get(url, params={"chat_id": chat, "text": "query"}),
        office.http.post(url, json={"chat_id": chat, "text": "json"}),
    ]
    for ask in asks:
        async with ask as answer:
            assert set((await answer.json())["result"]) == {"message_id", "date"}
    assert [message["text"] for message in await office.lan.messages(BOT)][-3:] == ["form", "query", "json"]


@pytest.mark.parametrize(
    ("arguments", "fits"),
    [
        ({"text": "ạ" * 2000}, True),
        ({"text": "ạ" * 2001}, False),
        ({"text": "😀" * 1001}, False),
        ({"text": "  "}, False),
        ({}, False),
        ({"text": "x", "text_styles": [{"start": 0, "len": 1, "st": ["b", "c_db342e"]}]}, True),
        ({"text": "x", "text_styles": [{"start": 0, "len": 2, "st": ["b"]}]}, False),
        ({"text": "x", "text_styles": [{"start": 0, "len": 1, "st": ["blink"]}]}, False),
        ({"text": "x", "text_styles": "b"}, False),
        ({"text": "x", "parse_mode": "MarkdownV2"}, False),
    ],
)
async def test_texts_and_styles_are_measured(office: ZaloOffice, arguments: dict[str, Any], fits: bool) -> None:
    status, _ = await office.bot.ask("sendMessage", chat_id=await office.private_id(), **arguments)
    assert status == (200 if fits else 400)


async def test_markdown_wins_over_styles(office: ZaloOffice) -> None:
    styles = [{"start": 0, "len": 3, "st": ["i"]}]
    wish = {"text": "Hạn **16:30** *nhé*", "parse_mode": "markdown", "text_styles": styles}
    await office.bot.call("sendMessage", chat_id=await office.private_id(), **wish)
    shown = (await office.lan.messages(BOT))[-1]
    assert shown["text"] == "Hạn 16:30 nhé"
    assert [entity["type"] for entity in shown["entities"]] == ["bold", "italic"]


async def test_whom_a_bot_has_not_seen_it_cannot_write_to(office: ZaloOffice) -> None:
    chat = await office.private_id()
    assert await office.other_bot.refused("sendMessage", chat_id=chat, text="x") == 400
    assert await office.bot.refused("sendMessage", chat_id="1001", text="x") == 400
    await office.lan.do("block", bot=BOT)
    assert await office.bot.refused("sendMessage", chat_id=chat, text="x") == 400


async def test_stickers_voice_and_typing(office: ZaloOffice) -> None:
    chat = await office.private_id()
    await office.bot.call("sendSticker", chat_id=chat, sticker="90210")
    await office.bot.call("sendVoice", chat_id=chat, voice_url="https://voice.example/a.aac")
    assert await office.bot.refused("sendVoice", chat_id=chat, voice_url="https://voice.example/a.mp3") == 400
    status, answer = await office.bot.ask("sendChatAction", chat_id=chat, action="typing")
    assert (status, answer) == (200, {"ok": True})
    await office.lan.do("say", room=str(ROOM), text="x", mention=BOT)
    group = (await office.bot.hears())["message"]["chat"]["id"]
    before = len(await office.lan.messages(ROOM))
    await office.bot.call("sendVoice", chat_id=group, voice_url="https://voice.example/a.aac")
    assert len(await office.lan.messages(ROOM)) == before  # yes is said, and nothing arrives


async def test_a_picture_is_fetched_from_its_public_address(office: ZaloOffice) -> None:
    chat = await office.private_id()
    assert await office.bot.refused("sendPhoto", chat_id=chat, photo="file:///etc/passwd") == 400
    assert await office.bot.refused("sendPhoto", chat_id=chat, photo="http://127.0.0.1:9/x.png") == 400
    assert await office.bot.refused("sendPhoto", chat_id=chat, photo=f"{office.sandbox.url}/page/nothing.png") == 400


async def test_the_month_ends_before_its_time(office: ZaloOffice) -> None:
    chat = await office.private_id()
    await office.switch(messages=3)
    for _ in range(2):
        await office.bot.call("sendMessage", chat_id=chat, text="x")
    assert await office.bot.refused("sendMessage", chat_id=chat, text="x") == 429
    used = (await office.switch(counts_received=False))["used"]
    assert (used["sent"], used["received"]) == (2, 1)
    await office.bot.call("sendMessage", chat_id=chat, text="x")
    await office.http.post("/clock", json={"advance": 32 * 86_400})
    await office.bot.call("sendMessage", chat_id=chat, text="một tháng mới")


async def test_the_fifty_first_is_silently_not_served(office: ZaloOffice) -> None:
    await office.switch(users=1)
    await office.lan.do("say", room=BOT, text="một")
    await office.minh.do("say", room=BOT, text="hai")
    await office.lan.do("say", room=BOT, text="ba")
    assert [(await office.bot.hears())["message"]["text"] for _ in range(2)] == ["một", "ba"]
    assert await office.bot.hears_nothing()


async def test_groups_have_their_limit_and_some_bots_may_enter_none(office: ZaloOffice) -> None:
    await office.switch(groups=1)
    assert (await office.minh.attempt("add_bot", room=str(OTHER_ROOM), bot=BOT))[0] == 403
    await office.switch(groups=3, can_join_groups=False)
    assert (await office.minh.attempt("add_bot", room=str(OTHER_ROOM), bot=BOT))[0] == 403
    await office.switch(can_join_groups=True)
    await office.minh.do("add_bot", room=str(OTHER_ROOM), bot=BOT)


async def test_once_again_and_all_together(office: ZaloOffice) -> None:
    await office.lan.do("say", room=BOT, text="một")
    await office.lan.do("say", room=BOT, text="hai")
    await office.switch(updates="list")
    assert [event["message"]["text"] for event in await office.bot.call("getUpdates", timeout=0)] == ["một", "hai"]
    await office.switch(updates="replay")
    await office.lan.do("say", room=BOT, text="ba")
    assert [(await office.bot.hears())["message"]["text"] for _ in range(3)] == ["ba", "ba", "ba"]


@pytest.mark.parametrize(
    ("idle", "answer"),
    [
        ("200", {"ok": False, "description": "Request timeout", "error_code": 408}),
        ("empty", {"ok": True, "result": {}}),
    ],
)
async def test_an_idle_poll_has_other_ways_to_say_so(office: ZaloOffice, idle: str, answer: dict[str, Any]) -> None:
    await office.switch(idle=idle)
    assert await office.bot.ask("getUpdates", timeout=0) == (200, answer)


async def test_what_happens_while_nobody_polls_may_be_lost(office: ZaloOffice) -> None:
    await office.switch(unpolled="drop")
    await office.lan.do("say", room=BOT, text="không ai nghe")
    polling = asyncio.create_task(office.bot.hears())
    await asyncio.sleep(0.05)
    await office.lan.do("say", room=BOT, text="có người nghe")
    assert (await polling)["message"]["text"] == "có người nghe"


async def test_two_pollers_split_the_stream(office: ZaloOffice) -> None:
    polls = [asyncio.create_task(office.bot.hears()) for _ in range(2)]
    await asyncio.sleep(0.05)
    for text in ("một", "hai"):
        await office.lan.do("say", room=BOT, text=text)
    assert {(await poll)["message"]["text"] for poll in polls} == {"một", "hai"}


async def test_extras_nobody_asked_for(office: ZaloOffice) -> None:
    await office.switch(extras=True)
    _, answer = await office.bot.ask("getMe")
    assert answer["error_code"] == 0


@pytest.mark.parametrize(
    ("kind", "status"),
    [("400", 400), ("401", 401), ("403", 403), ("408", 408), ("429", 429), ("500", 500), ("html502", 502)],
)
async def test_a_fault_strikes_the_call_it_was_made_for(office: ZaloOffice, kind: str, status: int) -> None:
    chat = await office.private_id()
    await office.post("/faults", kind=kind, method="sendMessage")
    async with office.http.post(f"/zalo/bot{TOKEN}/sendMessage", json={"chat_id": chat, "text": "mất"}) as answer:
        assert answer.status == status
    assert "mất" not in [message.get("text") for message in await office.lan.messages(BOT)]


async def test_a_time_out_after_the_message_was_shown(office: ZaloOffice) -> None:
    chat = await office.private_id()
    await office.post("/faults", kind="408_after", method="sendMessage")
    assert await office.bot.refused("sendMessage", chat_id=chat, text="còn") == 408
    assert (await office.lan.messages(BOT))[-1]["text"] == "còn"


async def test_wrong_switches_are_refused_in_a_sentence(office: ZaloOffice) -> None:
    for wish in ({"updates": "maybe"}, {"users": "many"}, {"unknown": 1}, {"extras": 1}):
        status, answer = await office.post("/zalo/account", bot=BOT, **wish)
        assert status == 400
        assert "Nấc" in answer["error"] or "nấc" in answer["error"]


async def test_in_an_empty_world_any_token_gets_a_bot_of_its_own() -> None:
    sandbox = await start()
    async with aiohttp.ClientSession(sandbox.url) as http:
        for path in ("/zalo/bot5:any", "/zalo/bot6:other"):
            async with http.get(f"{path}/getMe") as answer:
                assert (await answer.json())["ok"] is True
        async with http.get("/zalo/bot5:another/getMe") as answer:
            assert answer.status == 401
        async with http.get("/bot7:telegram/getMe") as answer:
            assert (await answer.json())["result"]["id"] == 7
    await sandbox.stop()
