"""The contract's stage on an Official Account: the sandbox calls the adapter's webhook, and answers its calls."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.platform import Receive
from bot.platforms.zalo_oa import ZaloOaPlatform
from bot.platforms.zalo_oa.incoming import PRESS_MARK
from bot.platforms.zalo_oa.timing import Timing
from bot.platforms.zalo_oa.tokens import Pair
from sandbox import server
from sandbox.zalo_oa.ids import group_id, message_id, user_id
from tests.bot.platforms.sandbox_stage import LAN, MINH, PHUC, ZaloSandboxStage, people_of
from tests.bot.platforms.stage import Shown

TOKEN = "9900:OA-the-sandbox-knows-it-by"
BOT_ID = 9900
BOT_NAME = "@oa.trucban"
APP_ID, APP_SECRET, KEY, REFRESH = "1000000000000000001", "secret-of-the-app", "key-of-the-webhook", "refresh-first"
ROOM_ID = -6001

ACCOUNT = {"app_id": APP_ID, "app_secret": APP_SECRET, "webhook_key": KEY, "refresh": REFRESH, "repeats": [0.02] * 5}
WORLD: dict[str, Any] = {
    "bots": [{"platform": "zalo_oa", "token": TOKEN, "name": "Trực Ban", "username": BOT_NAME, "account": ACCOUNT}],
    "people": people_of(BOT_NAME),
    "chats": [
        {"platform": "zalo_oa", "id": ROOM_ID, "title": "Phòng Kinh tế", "members": [LAN, BOT_NAME], "creator": MINH},
    ],
}


def right_now() -> datetime:
    return datetime.now(UTC)


class MemoryTokens:
    """A store as several processes would see it."""

    def __init__(self) -> None:
        self.pair: Pair | None = None
        self.pairs: list[Pair] = []
        self.holder: str | None = None
        self.begun_with = ""

    async def read(self) -> Pair | None:
        return self.pair

    async def claim(self, holder: str, *, until: datetime) -> Pair | None:
        if self.holder not in (None, holder):
            return None
        self.holder = holder
        return self.pair

    async def keep(self, pair: Pair, *, holder: str) -> None:
        self.pair, self.holder = pair, None
        self.pairs.append(pair)

    async def let_go(self, holder: str) -> None:
        self.holder = None

    async def begin_with(self, refresh: str) -> None:
        if refresh != self.begun_with:
            self.begun_with = refresh
            self.pair = Pair(access="", refresh=refresh, expires_at=datetime(2000, 1, 1, tzinfo=UTC))


class CalledPlatform(ZaloOaPlatform):
    """While it listens, its routes are mounted on a port, and the account's console knows the address."""

    sandbox_url = ""

    async def listen(self, receive: Receive) -> None:
        application = web.Application()
        application.add_routes(self.routes(receive))
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        await self.tell_console(f"http://127.0.0.1:{runner.addresses[0][1]}/zalo-oa")
        try:
            await super().listen(receive)
        finally:
            await runner.cleanup()

    async def tell_console(self, url: str) -> None:
        async with aiohttp.ClientSession() as http:
            wish = {"bot": BOT_NAME, "webhook_url": url}
            async with http.post(f"{self.sandbox_url}/zalo/account", json=wish) as answer:
                assert answer.status == 200


class ZaloOaStage(ZaloSandboxStage):
    token, bot_name, room_number = TOKEN, BOT_NAME, ROOM_ID

    def __init__(self, sandbox: server.Sandbox, http: aiohttp.ClientSession, store: MemoryTokens, **settings: Any):
        super().__init__(sandbox, http)
        self.store = store
        self.platform = self.another(**settings)
        self.lan = self.private = user_id(BOT_ID, LAN)
        self.room = group_id(ROOM_ID)
        self.stranger = user_id(BOT_ID, PHUC)

    def another(self, **settings: Any) -> CalledPlatform:
        """The platform as one more process would make it."""
        usual: dict[str, Any] = {
            "app_id": APP_ID,
            "app_secret": APP_SECRET,
            "store": self.store,
            "now": right_now,
            "first_refresh_token": REFRESH,
            "webhook_url": "http://127.0.0.1/zalo-oa",
            "webhook_key": KEY,
            "base_url": f"{self.sandbox.url}/zalo-oa/api",
            "oauth_url": f"{self.sandbox.url}/zalo-oa/oauth",
            "timing": Timing(read_timeout=2, pauses=(0.01,), pause_between_parts=0.0),
        }
        platform = CalledPlatform(**(usual | settings))
        platform.sandbox_url = self.sandbox.url
        return platform

    async def press(self, pressed: str, data: str, *, chat: str) -> str | None:
        """There are no notes over buttons: what the account says next is what she reads."""
        before = len(await self.messages(chat))
        number = await self.number_of(pressed, chat)
        await self.do("press", room=self._room(chat), message_id=number, data=PRESS_MARK + data)
        async with asyncio.timeout(5):
            while len(shown := await self.shown(chat)) == before:  # noqa: ASYNC110 - nothing tells when
                await asyncio.sleep(0.01)
        return shown[-1].text

    async def shown(self, chat: str) -> list[Shown]:
        return [await self._as_shown(message, chat) for message in await self.messages(chat)]

    async def lose_next_answer(self) -> None:
        await self.fault(kind="drop_after", method="v3.0/oa/group/message")

    async def account(self, **wish: Any) -> dict[str, Any]:
        done: dict[str, Any] = await self.post("/zalo/account", bot=BOT_NAME, **wish)
        return done

    async def _as_shown(self, message: dict[str, Any], chat: str) -> Shown:
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        answered = message.get("reply_to_message")
        file = message.get("document") or (message.get("photo") or [None])[-1]
        key = f"{BOT_ID}:{LAN}" if chat == self.private else str(ROOM_ID)
        return Shown(
            message_id=message["wire_id"],
            text=message.get("text") or message.get("caption", ""),
            by_bot=message["from"]["is_bot"],
            buttons=tuple(button["callback_data"].removeprefix(PRESS_MARK) for row in rows for button in row),
            reply_to=message_id(key, answered["message_id"]) if answered else None,
            file=await self.bytes_of(file["file_id"]) if file else None,
            file_name=(file or {}).get("file_name", ""),
        )


@asynccontextmanager
async def zalo_oa_stage(**account: Any) -> AsyncIterator[ZaloOaStage]:
    world = WORLD | {"bots": [WORLD["bots"][0] | {"account": ACCOUNT | account}]}
    sandbox = await server.start(world=world)
    async with aiohttp.ClientSession() as http:
        stage = ZaloOaStage(sandbox, http, MemoryTokens())
        await stage.platform.start()
        yield stage
        await stage.platform.close()
    async with asyncio.timeout(5):
        await sandbox.stop()
