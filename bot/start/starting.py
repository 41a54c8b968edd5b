"""Starts the house: with no platform set, the messenger for trying beside it; and what ends it."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from bot.start.light_imports import light_imports

if TYPE_CHECKING:
    from bot.settings import Settings


def start() -> None:
    """Chạy Trực Ban."""
    with light_imports():
        settings = settings_or_exit()
        if settings.has_platform:
            import bot.app  # noqa: F401 - for `finish`
    if settings.has_platform:
        finish(_run_for_real(settings), settings)
        return
    from bot.trial.running import run_trial

    # the first lines a newcomer reads say where to click
    quiet = (
        settings if "log_level" in settings.model_fields_set else settings.model_copy(update={"log_level": "warning"})
    )
    finish(run_trial(quiet), quiet)


def settings_or_exit() -> Settings:
    """What is wrong is said in a sentence each, and the process ends with 2."""
    from bot.settings import SettingsError, read_settings

    try:
        return read_settings()
    except SettingsError as error:
        for sentence in error.sentences:
            sys.stderr.write(f"{sentence}\n")
        raise SystemExit(2) from None


def finish(work: Coroutine[Any, Any, int], settings: Settings) -> None:
    """Run it; Ctrl-C and SIGTERM end it gently, and what keeps it from starting is said in a sentence."""
    from bot import logs
    from bot.start.why_not import why_not_start

    logs.set_up(settings.log_level)
    try:
        code = asyncio.run(_with_signals(work))
    except Exception as error:
        sentence = why_not_start(error, settings)
        if sentence is None:
            raise
        sys.stderr.write(f"{sentence}\n")
        raise SystemExit(2) from None
    raise SystemExit(code)


async def _with_signals(work: Coroutine[Any, Any, int]) -> int:
    from bot.parts.supervision import MAIN

    task = asyncio.create_task(work, name=MAIN)
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        task.cancel()

    for sent in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sent, stop)
    try:
        return await task
    except asyncio.CancelledError:
        return 0 if stopped else 1


async def _run_for_real(settings: Settings) -> int:
    from bot.app import open_house

    async with contextlib.AsyncExitStack() as stay:
        with light_imports():  # what the settings ask for is imported while the house opens
            await stay.enter_async_context(open_house(settings))
        await asyncio.Event().wait()
    return 0
