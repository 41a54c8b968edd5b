"""A gate that answers like the Bot API, or like whatever stands between: for what no faithful messenger would say."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.timing import Timing
from tests.bot.platforms.telegram.updates import BOT, ROOM

TOKEN = "7000:AAE-secret-of-the-bot"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SENT = {"message_id": 100, "date": 1795395600, "chat": ROOM, "from": BOT, "text": "…"}
MYSELF = BOT | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}
HTML = "<html><body>Trang này đã bị chặn</body></html>"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Call:
    method: str
    fields: dict[str, str]
    files: dict[str, tuple[str, bytes]]


@dataclass
class Gate:
    """Answers each method with what was laid out for it, else as a contented Bot API would."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    laid_out: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def lay_out(self, method: str, *answers: Answer) -> None:
        self.laid_out[method].extend(answers)

    def calls_of(self, method: str) -> list[dict[str, str]]:
        return [call.fields for call in self.calls if call.method == method]

    async def until(self, method: str, count: int) -> list[dict[str, str]]:
        """Wait until that many calls of the method have come in."""
        async with asyncio.timeout(5):
            while len(self.calls_of(method)) < count:
                self.called.clear()
                await self.called.wait()
        return self.calls_of(method)

    async def take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info.get("method", "file")
        self.calls.append(await read_call(request, method))
        self.called.set()
        if self.laid_out[method]:
            return await self.laid_out[method].popleft()(request)
        if method == "getUpdates":
            await asyncio.sleep(0.02)
        return ok(CONTENT.get(method, SENT))


CONTENT: dict[str, Any] = {
    "getMe": MYSELF,
    "getUpdates": [],
    "deleteWebhook": True,
    "setWebhook": True,
    "setMyCommands": True,
    "setMessageReaction": True,
    "answerCallbackQuery": True,
}


def ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def says(result: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return ok(result)

    return answer


def brings(*updates: bytes) -> Answer:
    """An answer to getUpdates, byte for byte."""
    return raw(200, b'{"ok":true,"result":[' + b",".join(updates) + b"]}", "application/json")


def raw(status: int, body: bytes | str, content_type: str = "text/html", **headers: str) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        content = body.encode() if isinstance(body, str) else body
        return web.Response(status=status, body=content, content_type=content_type, headers=headers)

    return answer


def refuses(code: int, description: str, **parameters: int) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return raw(code, json.dumps(body | ({"parameters": parameters} if parameters else {})), "application/json")


def hangs_up() -> Answer:
    """The request was read, and the line is cut without a word."""

    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    return answer


def keeps_silent(seconds: float) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return ok(SENT)

    return answer


async def read_call(request: web.Request, method: str) -> Call:
    fields = dict(request.query)
    files = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read())
        else:
            fields[name] = str(value)
    return Call(method, fields, files)


async def open_gate(gate: Gate) -> web.AppRunner:
    application = web.Application(client_max_size=30_000_000)
    application.router.add_route("*", f"/bot{TOKEN}/{{method}}", gate.take)
    application.router.add_route("*", f"/file/bot{TOKEN}/{{path:.*}}", gate.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gate.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    return runner


QUICK = Timing(poll_timeout=0, pauses=(0.01,), look_every=0.02)


def adapter(gate: Gate, **settings: Any) -> TelegramPlatform:
    usual: dict[str, Any] = {"token": TOKEN, "base_url": gate.url, "now": lambda: NOW, "timing": QUICK}
    return TelegramPlatform(**(usual | settings))
