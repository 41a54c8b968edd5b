"""A gateway for short messages on loopback: keeps what it is given, and answers by script."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

HANGS_UP = "hangs up"


@dataclass
class HttpGateway:
    """`answers` holds what the next requests get: (status, JSON or text), or HANGS_UP; else it is content."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    answers: deque[Any] = field(default_factory=deque)
    runner: web.AppRunner | None = None

    async def take(self, request: web.Request) -> web.Response:
        is_json = request.content_type == "application/json"
        fields = await request.json() if is_json else {**request.query, **await request.post()}
        self.asked.append(fields)
        self.headers.append(dict(request.headers))
        answer = self.answers.popleft() if self.answers else (200, {"CodeResult": "100", "SMSID": "ma-1"})
        if answer == HANGS_UP:
            assert request.transport is not None
            request.transport.abort()
            await asyncio.sleep(0)
            return web.Response()
        status, body, *headers = answer
        text = body if isinstance(body, str) else json.dumps(body)
        return web.Response(status=status, text=text, headers=headers[0] if headers else None)


@asynccontextmanager
async def http_gateway() -> AsyncIterator[HttpGateway]:
    gateway = HttpGateway()
    application = web.Application()
    application.router.add_route("*", "/send", gateway.take)
    gateway.runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await gateway.runner.setup()
    await web.TCPSite(gateway.runner, "127.0.0.1", 0).start()
    gateway.url = f"http://127.0.0.1:{gateway.runner.addresses[0][1]}/send"
    yield gateway
    await gateway.runner.cleanup()
