"""What survives: a gentle stop, and a kill -9 a moment after."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from sandbox.refusal import Refusal
from sandbox.server import start
from tests.sandbox.conftest import BOT, TOKEN, UNIT, WORLD, Office, open_office


@asynccontextmanager
async def running(state: Path) -> AsyncIterator[Office]:
    sandbox = await start(world=WORLD, state_file=state)
    async with aiohttp.ClientSession(sandbox.url) as http:
        yield await open_office(sandbox, http)
    await sandbox.stop()


async def test_everything_goes_on_where_it_stopped(tmp_path: Path) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    async with running(tmp_path / "state") as office:
        await office.lan.do("start", bot=BOT)
        await office.bot.updates()
        sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Mấy lượt?", reply_markup=keyboard)
        press = await office.lan.do("press", room=str(UNIT), message_id=sent["message_id"], button="Có")
        await office.lan.do("react", room=str(UNIT), message_id=sent["message_id"], emoji="👍")
        await office.bot.call("setMyCommands", commands=[{"command": "giup", "description": "Trợ giúp"}])
        file = await office.bot.send_files("sendDocument", {"document": ("a.txt", b"so lieu")}, chat_id=UNIT)
        await office.minh.do("kick", room=str(UNIT), member=1003)
        await office.post("/clock", advance=60)
        before = await office.lan.messages(UNIT)
        offset = (await office.get("/clock"))["offset"]
    async with running(tmp_path / "state") as office:
        assert await office.lan.messages(UNIT) == before
        assert (await office.get("/clock"))["offset"] == offset
        assert [list(update)[1] for update in await office.bot.call("getUpdates")] == ["callback_query", "message"]
        await office.bot.call("answerCallbackQuery", callback_query_id=press["callback_query_id"])
        assert (await office.bot.call("getMyCommands"))[0]["command"] == "giup"
        again = await office.bot.call("sendMessage", chat_id=UNIT, text="Tiếp")
        assert again["message_id"] == before[-1]["message_id"] + 1
        assert (await office.lan.messages(UNIT, after=before[-1]["seq"]))[-1]["text"] == "Tiếp"
        path = (await office.bot.call("getFile", file_id=file.result["document"]["file_id"]))["file_path"]
        async with office.http.get(f"/file/bot{TOKEN}/{path}") as response:
            assert await response.read() == b"so lieu"


async def test_update_numbers_go_on_so_that_nothing_looks_like_a_repeat(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as office:
        await office.lan.do("start", bot=BOT)
        last = (await office.bot.updates())[-1]["update_id"]
    async with running(tmp_path / "state") as office:
        await office.lan.do("say", room=BOT, text="Chào")
        assert [update["update_id"] for update in await office.bot.updates()] == [last + 1]


async def test_a_webhook_goes_on_posting_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path / "state") as office:
        await office.bot.call("setWebhook", url="http://127.0.0.1:9/hook", secret_token="x1")
    async with running(tmp_path / "state") as office:
        assert (await office.bot.call("getWebhookInfo"))["url"] == "http://127.0.0.1:9/hook"


async def test_a_killed_messenger_forgets_nothing_older_than_a_moment(tmp_path: Path) -> None:
    world = tmp_path / "world.json"
    world.write_text(json.dumps(WORLD), encoding="utf-8")
    command = (sys.executable, "-m", "sandbox", "--port", "0", "--world", str(world), "--state", str(tmp_path / "s"))
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split(": ")[1].strip().rstrip("/")
    async with (
        aiohttp.ClientSession(url) as http,
        http.post("/human/start", json={"as": 1001, "bot": BOT, "payload": "p1"}) as response,
    ):
        assert response.status == 200
    await asyncio.sleep(0.6)
    os.kill(process.pid, signal.SIGKILL)
    await process.communicate()
    async with running(tmp_path / "s") as office:
        assert (await office.lan.messages(BOT))[-1]["text"] == "/start p1"
        assert (await office.bot.updates())[-1]["message"]["text"] == "/start p1"


async def test_one_file_is_for_one_messenger(tmp_path: Path) -> None:
    async with running(tmp_path / "state"):
        with pytest.raises(Refusal, match="đang được nơi khác dùng"):
            await start(state_file=tmp_path / "state")
    (tmp_path / "letter").write_text("Kính gửi các đơn vị, " * 100, encoding="utf-8")
    with pytest.raises(Refusal, match="không phải tệp của phòng thử"):
        await start(state_file=tmp_path / "letter")
