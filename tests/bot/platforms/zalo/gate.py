"""A gate that answers like Zalo, or like whatever stands between: for what no faithful messenger would say."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.platforms.zalo import ZaloPlatform
from bot.platforms.zalo.timing import Timing
from tests.bot.platforms.telegram.gate import Answer
from tests.bot.platforms.zalo.stage import NOW, TOKEN

MYSELF = {"id": "8800", "account_name": "bot.trucban", "account_type": "BASIC", "can_join_groups": False}
SENT = {"message_id": "7c1e90ab34d5f6021a7b", "date": 1790000000123}


def ok(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def refuses(code: int, *, status: int | None = None, **more: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(more or {"ok": False, "description": "…", "error_code": code}, status=status or code)

    return answer


def brings(result: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return ok(result)

    return answer


@dataclass
class Gate:
    """Answers each method with what was laid out for it, else as a contented Zalo would."""

    url: str = ""
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    called: asyncio.Event = field(default_factory=asyncio.Event)
    laid_out: dict[str, deque[Answer]] = field(default_factory=lambda: defaultdict(deque))

    def lay_out(self, method: str, *answers: Answer) -> None:
        self.laid_out[method].extend(answers)

    def calls_of(self, method: str) -> list[dict[str, Any]]:
        return [payload for name, payload in self.calls if name == method]

    async def until(self, method: str, count: int) -> list[dict[str, Any]]:
        async with asyncio.timeout(5):
            while len(self.calls_of(method)) < count:
                self.called.clear()
                await self.called.wait()
        return self.calls_of(method)

    async def take(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        self.calls.append((method, json.loads(await request.read())))
        self.called.set()
        if self.laid_out[method]:
            return await self.laid_out[method].popleft()(request)
        if method == "getUpdates":
            await asyncio.sleep(0.02)
            return await refuses(408)(request)
        if method == "getWebhookInfo":
            return await refuses(404)(request)
        return ok({"getMe": MYSELF, "setWebhook": {"url": "…"}, "deleteWebhook": {"url": ""}}.get(method, SENT))


@asynccontextmanager
async def open_gate() -> AsyncIterator[Gate]:
    gate = Gate()
    application = web.Application()
    application.router.add_post(f"/bot{TOKEN}/{{method}}", gate.take)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    gate.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield gate
    await runner.cleanup()


QUICK = Timing(poll_timeout=0, read_timeout=0.3, pauses=(0.01,), rest=0.02, pause_between_parts=0.0, look_every=0.02)


def adapter(gate: Gate, **settings: Any) -> ZaloPlatform:
    usual: dict[str, Any] = {"token": TOKEN, "base_url": gate.url, "now": lambda: NOW, "timing": QUICK}
    return ZaloPlatform(**(usual | settings))
