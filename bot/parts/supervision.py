"""Parts under supervision: each is a named task; when one dies the process stops loudly, and at the end all leave gently."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from typing import Any

import structlog

MAIN = "main"
"""The name of the task that waits for the end of the house; it is cancelled when a part dies."""

Part = tuple[str, Callable[[], Coroutine[Any, Any, None]]]
"""A name for the log, and what runs until it is cancelled."""

log = structlog.get_logger()


@contextlib.asynccontextmanager
async def running(parts: Sequence[Part]) -> AsyncIterator[None]:
    """All of them run inside the `async with`; at its end they are cancelled, last in, first out, and waited for."""
    tasks = [asyncio.create_task(run(), name=name) for name, run in parts]
    watcher = asyncio.create_task(_stop_loudly(tasks), name="watcher")
    try:
        yield
    finally:
        watcher.cancel()
        for task in reversed(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _stop_loudly(tasks: list[asyncio.Task[None]]) -> None:
    """When one part dies the process ends with an error: a supervisor starts it anew, and nothing committed is lost."""
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in done:
        error = None if task.cancelled() else task.exception()
        log.critical("part_died", part=task.get_name(), error=type(error).__name__ if error else "ended")
    main = next((task for task in asyncio.all_tasks() if task.get_name() == MAIN), None)
    if main is not None:
        main.cancel("part died")
