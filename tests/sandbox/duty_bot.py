"""A small bot of no library: keeps a board of counts in the unit's room, asks in private, and answers presses."""

import asyncio
from contextlib import suppress
from typing import Any

import aiohttp

from tests.sandbox.conftest import TOKEN, UNIT

KEYS = {
    "inline_keyboard": [[{"text": "Không có", "callback_data": "none"}, {"text": "Hướng dẫn", "callback_data": "help"}]]
}


class DutyBot:
    def __init__(self, http: aiohttp.ClientSession) -> None:
        self.http = http
        self.board = 0
        self.counts: dict[str, str] = {}

    async def call(self, method: str, **arguments: Any) -> Any:
        async with self.http.post(f"/bot{TOKEN}/{method}", json=arguments) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]

    async def begin(self) -> None:
        """Puts up the board; from now on it listens."""
        await self.call(
            "setMyCommands",
            commands=[
                {"command": "start", "description": "Bắt đầu"},
                {"command": "thieu", "description": "Đơn vị còn thiếu"},
            ],
        )
        self.board = (await self.call("sendMessage", chat_id=UNIT, text=self.words(), parse_mode="HTML"))["message_id"]
        self.task = asyncio.get_running_loop().create_task(self.listen())

    async def stop(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError, aiohttp.ClientError):
            await self.task

    async def listen(self) -> None:
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=20):
                offset = update["update_id"] + 1
                await self.handle(update)

    async def handle(self, update: dict[str, Any]) -> None:
        if press := update.get("callback_query"):
            await self.take_press(press)
        elif message := update.get("message") or update.get("edited_message"):
            await self.take_words(message)

    async def take_words(self, message: dict[str, Any]) -> None:
        chat, name, text = message["chat"]["id"], message["from"]["first_name"], message.get("text", "")
        if text == "/start":
            await self.call(
                "sendMessage", chat_id=chat, text=f"Chào {name}! Hôm nay có bao nhiêu lượt khách?", reply_markup=KEYS
            )
        elif text.isdigit():
            await self.take_count(name, text)
            await self.call("sendMessage", chat_id=chat, text=f"Đã ghi {text} lượt.")

    async def take_press(self, press: dict[str, Any]) -> None:
        if press["data"] == "help":
            await self.call(
                "answerCallbackQuery", callback_query_id=press["id"], text="Gõ một con số rồi gửi.", show_alert=True
            )
            return
        await self.take_count(press["from"]["first_name"], "0")
        await self.call("answerCallbackQuery", callback_query_id=press["id"], text="Đã ghi: không có khách.")

    async def take_count(self, name: str, count: str) -> None:
        if self.counts.get(name) != count:
            self.counts[name] = count
            await self.call(
                "editMessageText", chat_id=UNIT, message_id=self.board, text=self.words(), parse_mode="HTML"
            )

    def words(self) -> str:
        lines = "".join(f"\n{name}: {count}" for name, count in self.counts.items())
        return f"📋 Đã báo cáo: <b>{len(self.counts)}/2</b>{lines}"
