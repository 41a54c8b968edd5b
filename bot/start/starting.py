"""Starts the house: with no platform set, the messenger for trying beside it; and what ends it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
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
    """Run it; Ctrl-C and SIGTERM end it gently."""
    from bot import logs
    from bot.app import CannotStartError
    from storage.database import DatabaseAwayError
    from storage.leadership import DatabaseTakenError

    logs.set_up(settings.log_level)
    try:
        raise SystemExit(asyncio.run(_with_signals(work)))
    except CannotStartError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from None
    except OSError as error:
        if error.filename is None and error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        sys.stderr.write(_port_taken(settings) if error.filename is None else _cannot_write(error.filename))
        raise SystemExit(2) from None
    except DatabaseTakenError:
        sys.stderr.write("Cơ sở dữ liệu này đang được một Trực Ban khác dùng. Xin tắt bản đang chạy trước.\n")
        raise SystemExit(2) from None
    except DatabaseAwayError:
        sys.stderr.write("Không mở được cơ sở dữ liệu. Xin kiểm tra TRUCBAN_DATABASE_URL và máy chủ.\n")
        raise SystemExit(2) from None


def _port_taken(settings: Settings) -> str:
    ports = f"TRUCBAN_WEB__PORT (đang là {settings.web.port})"
    if not settings.has_platform:
        ports += f" hoặc TRUCBAN_TRIAL_PORT (đang là {settings.trial_port})"
    return f"Cổng đang có chương trình khác dùng. Xin tắt chương trình đó, hoặc đặt {ports} sang số khác.\n"


def _cannot_write(place: str | bytes) -> str:
    return (
        f"Không ghi được vào {place!s}. Xin kiểm tra quyền và chỗ trống, hoặc đặt TRUCBAN_DATA_FOLDER sang nơi khác.\n"
    )


async def _with_signals(work: Coroutine[Any, Any, int]) -> int:
    from bot.app import MAIN

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
