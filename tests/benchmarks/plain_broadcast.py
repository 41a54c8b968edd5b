"""How others send to many: python-telegram-bot's own pacing, its calls gathered and tried again, and aiogram's documented loop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from telegram import Bot
from telegram.error import RetryAfter, TelegramError
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from tests.crash.office import DIRECTIVE, TOKEN

CONNECTIONS = 64
TRIES = 5
PAUSE = 0.05  # seconds between two messages, as aiogram's guide on broadcasting has it

Send = Callable[[int, str], Awaitable[None]]


async def gathered(api: str, rooms: Sequence[int], alerts: Sequence[tuple[float, int]]) -> None:
    """All at once; whoever is refused sleeps as long as he is told, five times at most. `alerts`: (seconds from now, chat)."""
    async with Bot(TOKEN, base_url=f"{api}/bot", request=_request()) as bot:

        async def send(chat: int, text: str) -> None:
            for _ in range(TRIES):
                try:
                    await bot.send_message(chat, text)
                except RetryAfter as error:
                    wait = error.retry_after
                    await asyncio.sleep(wait if isinstance(wait, int | float) else wait.total_seconds())
                except TelegramError:
                    return
                else:
                    return

        await asyncio.gather(*(send(room, DIRECTIVE) for room in rooms), *(_alert(send, *each) for each in alerts))


async def paced(api: str, rooms: Sequence[int], alerts: Sequence[tuple[float, int]]) -> None:
    """All at once through python-telegram-bot's `AIORateLimiter`: thirty a second, and who is refused is tried again as it says."""
    limiter = AIORateLimiter(max_retries=TRIES)
    async with ExtBot(TOKEN, base_url=f"{api}/bot", request=_request(), rate_limiter=limiter) as bot:

        async def send(chat: int, text: str) -> None:
            with contextlib.suppress(TelegramError):
                await bot.send_message(chat, text)

        await asyncio.gather(*(send(room, DIRECTIVE) for room in rooms), *(_alert(send, *each) for each in alerts))


async def one_by_one(api: str, rooms: Sequence[int], alerts: Sequence[tuple[float, int]]) -> None:
    """A loop with a pause; an alert is one more call beside it."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    bot = AiogramBot(TOKEN, session=session)

    async def send(chat: int, text: str) -> None:
        try:
            await bot.send_message(chat, text)
        except TelegramRetryAfter as error:
            await asyncio.sleep(error.retry_after)
            await send(chat, text)

    async def loop() -> None:
        for room in rooms:
            await send(room, DIRECTIVE)
            await asyncio.sleep(PAUSE)

    try:
        await asyncio.gather(loop(), *(_alert(send, *each) for each in alerts))
    finally:
        await session.close()


def _request() -> HTTPXRequest:
    return HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=600.0, read_timeout=60.0)


async def _alert(send: Send, after: float, chat: int) -> None:
    await asyncio.sleep(after)
    await send(chat, f"Có ca sốt {time.time():.3f}")
