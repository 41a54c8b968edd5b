"""What reaches a bot of Zalo, and in which words."""

from __future__ import annotations

import re
from typing import Any

import aiohttp
import pytest

from sandbox.server import start
from tests.sandbox.clients import PersonClient
from tests.sandbox.test_command_line import do
from tests.sandbox.test_files import PNG
from tests.sandbox.zalo.conftest import BOT, OTHER_BOT, ROOM, TELEGRAM_ROOM, TOKEN, WORLD, ZaloBot, ZaloOffice

HEX = re.compile(r"[0-9a-f]{20}")


async def test_a_private_line_is_always_heard(office: ZaloOffice) -> None:
    await office.lan.do("say", room=BOT, text="Có mặt")
    event = await office.bot.hears()
    message = event["message"]
    assert event["event_name"] == "message.text.received"
    assert message["from"] == {"id": message["chat"]["id"], "display_name": "Lan Nguyễn", "is_bot": False}
    assert message["chat"]["chat_type"] == "PRIVATE"
    assert (message["text"], message["message_type"]) == ("Có mặt", "CHAT_MESSAGE")
    assert HEX.fullmatch(message["message_id"])
    assert HEX.fullmatch(message["from"]["id"])
    assert message["date"] > 10**12
    assert await office.bot.hears_nothing()


async def test_in_a_group_only_a_mention_from_the_picker_or_a_reply_to_the_bot(office: ZaloOffice) -> None:
    await office.lan.do("say", room=str(ROOM), text="chuyện riêng")
    await office.lan.do("say", room=str(ROOM), text="@Bot Trực Ban gõ tay")
    assert await office.bot.hears_nothing()
    await office.lan.do("say", room=str(ROOM), text="12 lượt", mention=BOT)
    heard = (await office.bot.hears())["message"]
    assert heard["text"] == "@Bot Trực Ban 12 lượt"
    assert heard["chat"]["id"].startswith("zgr-")
    assert set(heard["chat"]) == {"id", "chat_type"}
    await office.bot.call("sendMessage", chat_id=heard["chat"]["id"], text="Đã ghi")
    asked = (await office.lan.messages(ROOM))[-1]["message_id"]
    await office.minh.do("say", room=str(ROOM), text="13", reply_to=asked)
    reply = (await office.bot.hears())["message"]
    assert (reply["text"], reply["from"]["display_name"]) == ("13", "Minh")
    assert "reply" not in str(reply.keys())
    assert await office.other_bot.hears_nothing()


async def test_two_bots_know_the_same_person_under_two_names(office: ZaloOffice) -> None:
    await office.lan.do("say", room=str(ROOM), text="một", mention=BOT)
    await office.lan.do("say", room=str(ROOM), text="hai", mention=OTHER_BOT)
    first, second = (await office.bot.hears())["message"], (await office.other_bot.hears())["message"]
    assert first["from"]["id"] != second["from"]["id"]
    assert first["chat"]["id"] == second["chat"]["id"]


@pytest.mark.parametrize(
    ("wish", "name"), [({"sticker": 90210}, "sticker"), ({"unsupported": "contact"}, "unsupported")]
)
async def test_stickers_and_what_no_bot_can_read(office: ZaloOffice, wish: dict[str, Any], name: str) -> None:
    await office.lan.do("send", room=BOT, **wish)
    event = await office.bot.hears()
    assert event["event_name"] == f"message.{name}.received"
    assert "text" not in event["message"]


async def test_a_line_that_is_only_a_link_arrives_without_its_content(office: ZaloOffice) -> None:
    await office.lan.do("say", room=BOT, text="https://soyte.example.gov.vn/bai")
    assert "text" not in (await office.bot.hears())["message"]
    await office.switch(links="text")
    await office.lan.do("say", room=BOT, text="https://soyte.example.gov.vn/bai")
    assert (await office.bot.hears())["message"]["text"].startswith("https")


@pytest.mark.parametrize("field", ["photo_url", "photo"])
async def test_a_picture_has_a_public_address(office: ZaloOffice, field: str) -> None:
    await office.switch(photo_field=field)
    await _upload(office, BOT, "photo", caption="tại cổng")
    message = (await office.bot.hears())["message"]
    assert message["caption"] == "tại cổng"
    async with office.http.get(message[field]) as answer:
        assert await answer.read() == PNG


async def test_a_picture_in_a_group_must_carry_the_mention_in_its_caption(office: ZaloOffice) -> None:
    await _upload(office, str(ROOM), "photo", caption="tại cổng")
    assert await office.bot.hears_nothing()
    await _upload(office, str(ROOM), "photo", caption="tại cổng", mention="true")
    assert (await office.bot.hears())["message"]["caption"] == "@Bot Trực Ban tại cổng"


@pytest.mark.parametrize(("kind", "name"), [("voice", "voice"), ("document", "unsupported"), ("video", "unsupported")])
async def test_voice_has_its_event_and_files_have_none(office: ZaloOffice, kind: str, name: str) -> None:
    await _upload(office, BOT, kind)
    assert (await office.bot.hears())["event_name"] == f"message.{name}.received"


async def _upload(office: ZaloOffice, room: str, kind: str, **fields: str) -> None:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in ({"as": "1001", "room": room, "kind": kind} | fields).items():
        form.add_field(name, value)
    form.add_field("file", PNG, filename="anh.png", content_type="image/png")
    async with office.http.post("/human/upload", data=form) as answer:
        assert answer.status == 200, await answer.text()


async def test_a_bot_is_told_of_nothing_else(office: ZaloOffice) -> None:
    said = await office.lan.do("say", room=str(ROOM), text="x")
    await office.lan.do("react", room=str(ROOM), message_id=said["message_id"], emoji="👍")
    status, answer = await office.lan.attempt("edit", room=str(ROOM), message_id=said["message_id"], text="y")
    assert status == 400
    assert "Zalo" in answer["error"]
    await office.lan.do("delete", room=str(ROOM), message_id=said["message_id"])
    await office.minh.do("kick", room=str(ROOM), member=BOT)
    await office.minh.do("add_bot", room=str(ROOM), bot=BOT)
    await office.lan.do("block", bot=BOT)
    assert await office.bot.hears_nothing()


async def test_telegram_stays_apart(office: ZaloOffice) -> None:
    await office.lan.do("say", room=str(TELEGRAM_ROOM), text="chào Telegram")
    assert await office.bot.hears_nothing()
    for act, wish in (("add_bot", {"bot": BOT}), ("send", {"unsupported": "link"})):
        assert (await office.lan.attempt(act, room=str(TELEGRAM_ROOM), **wish))[0] == 400
    async with office.http.post("/bot8800:AAZ-duty-officer_of_the_tests/getMe") as answer:
        assert answer.status == 401
    async with office.http.post("/zalo/bot7000:AAE-telegram/getMe") as answer:
        assert answer.status == 401


async def test_who_starts_a_bot_by_its_link_writes_the_code(office: ZaloOffice) -> None:
    await office.lan.do("start", bot=BOT, payload="LAN-2345")
    assert (await office.bot.hears())["message"]["text"] == "LAN-2345"


async def test_events_live_through_a_restart(tmp_path: Any) -> None:
    for number in range(2):
        sandbox = await start(world=WORLD, state_file=tmp_path / "messenger.db")
        async with aiohttp.ClientSession(sandbox.url) as http:
            if number == 0:
                await PersonClient(http, 1001).do("say", room=BOT, text="trước khi tắt")
            else:
                assert (await ZaloBot(http, TOKEN).hears())["message"]["text"] == "trước khi tắt"
                async with http.get("/zalo/account", params={"bot": BOT}) as answer:
                    assert (await answer.json())["used"]["received"] == 1
        await sandbox.stop()


async def test_the_same_from_the_shell(office: ZaloOffice) -> None:
    here = ("--as", "1001", f"--room={ROOM}")
    said = await do(office, "say", *here, "--mention", "12 lượt")
    assert said["text"] == "@Bot Trực Ban 12 lượt"
    assert (await office.bot.hears())["message"]["text"] == "@Bot Trực Ban 12 lượt"
    await do(office, "send", *here, "--mention", "--sticker", "90210")
    assert (await office.bot.hears())["event_name"] == "message.sticker.received"
