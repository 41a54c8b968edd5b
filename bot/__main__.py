"""`python -m bot`: runs it. With no token set it starts the messenger for trying beside itself, with an office in it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import typer

from bot.light_imports import light_imports
from bot.settings import Settings, SettingsError, read_settings

main = typer.Typer(add_completion=False, invoke_without_command=True, pretty_exceptions_enable=False)


@main.callback()
def run(context: typer.Context) -> None:
    """Chạy Trực Ban."""
    if context.invoked_subcommand is not None:
        return
    settings = _settings()
    if settings.has_platform:
        with light_imports():
            import bot.app  # noqa: F401 - for `_finish`
        _finish(_run_for_real(settings), settings)
        return
    from bot.trial.running import run_trial

    # the first lines a newcomer reads say where to click
    quiet = (
        settings if "log_level" in settings.model_fields_set else settings.model_copy(update={"log_level": "warning"})
    )
    _finish(run_trial(quiet), quiet)


@main.command()
def day() -> None:
    """Diễn một ngày làm việc trên hệ thống thử, in lại từng phòng trò chuyện."""
    settings = _settings()
    from bot.trial.day import play_day

    _finish(play_day(settings), settings)


@main.command()
def check() -> None:
    """Kiểm tra cơ sở dữ liệu: mọi bất biến còn nguyên hay không."""
    from bot.clock import Clock
    from bot.upkeep import check_database

    raise SystemExit(check_database(_settings(), Clock().now()))


@main.command(name="import")
def import_staff(file: Path) -> None:
    """Nhập danh sách cán bộ, đơn vị từ tệp XLSX hoặc CSV."""
    from bot.clock import Clock
    from bot.upkeep import import_staff_file

    raise SystemExit(import_staff_file(_settings(), file, Clock().now()))


@main.command()
def consent() -> None:
    """Lấy quyền của Zalo Official Account (quản trị OA đồng ý một lần)."""
    from bot.consenting import ask_consent

    raise SystemExit(ask_consent(_settings()))


@main.command()
def backup(file: Path) -> None:
    """Sao lưu toàn bộ cơ sở dữ liệu vào một tệp mới, kể cả khi Trực Ban đang chạy."""
    from bot.backups import write_backup
    from bot.clock import Clock

    raise SystemExit(write_backup(_settings(), file, Clock().now()))


@main.command()
def restore(file: Path) -> None:
    """Phục hồi bản sao lưu vào một cơ sở dữ liệu trống."""
    from bot.backups import bring_back

    raise SystemExit(bring_back(_settings(), file))


@main.command()
def health() -> None:
    """Hỏi tiến trình đang chạy xem nó còn khỏe không (dùng cho Docker)."""
    from bot.upkeep import ask_health

    raise SystemExit(ask_health(_settings()))


def _settings() -> Settings:
    try:
        return read_settings()
    except SettingsError as error:
        for sentence in error.sentences:
            sys.stderr.write(f"{sentence}\n")
        raise SystemExit(2) from None


def _finish(work: Coroutine[Any, Any, int], settings: Settings) -> None:
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


if __name__ == "__main__":
    main()
