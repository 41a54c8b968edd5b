"""Waiting for something that another task or process is about to do."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable


async def until(holds: Callable[[], object | Awaitable[object]]) -> None:
    """Asks again and again, for five seconds at most: nothing signals what happens inside a library or another process."""
    async with asyncio.timeout(5):
        while True:
            answer = holds()
            if await answer if isawaitable(answer) else answer:
                return
            await asyncio.sleep(0.005)
