"""A balancer before two processes: it takes them in turn, goes on to the other where one is dead, and sometimes calls both."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from aiohttp import web

from bot.platforms.telegram.webhook import SECRET_HEADER

PATH = "/telegram"


@asynccontextmanager
async def open_balancer(ports: Sequence[int], *, every: int) -> AsyncIterator[str]:
    """Its address for the messenger; each call of that number is repeated to the next process although it was taken."""
    calls = 0

    async def pass_on(request: web.Request) -> web.Response:
        nonlocal calls
        calls += 1
        body, turn = await request.read(), calls % len(ports)
        shown = {SECRET_HEADER: request.headers.get(SECRET_HEADER, "")}
        status = 502
        for port in (*ports[turn:], *ports[:turn]):
            try:
                async with http.post(f"http://127.0.0.1:{port}{PATH}", data=body, headers=shown) as answer:
                    status = answer.status
            except aiohttp.ClientError:
                continue
            if calls % every:
                break
        return web.Response(status=status)

    application = web.Application()
    application.router.add_post(PATH, pass_on)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as http:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    await runner.cleanup()
