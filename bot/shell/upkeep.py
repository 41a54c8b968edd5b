"""What the administrator asks from the shell: check the database, import staff, ask whether it is well."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from collections.abc import Awaitable, Callable
from datetime import datetime
from http.client import HTTPException
from pathlib import Path
from typing import TypeVar

from bot.settings import Settings
from bot.start.why_not import CANNOT_OPEN, complain_of_database
from storage.database import Database
from storage.schema import bring_up_to_date

T = TypeVar("T")


def check_database(settings: Settings, now: datetime) -> int:
    """Says what is broken: 0 when nothing is, 1 when something is, 2 when there is no database to look at."""
    from storage.invariants import broken_invariants

    async def look(database: Database) -> list[str]:
        return await database.read(lambda tx, _now: broken_invariants(tx), now)

    try:
        broken = _with_database(settings, look)
    except CANNOT_OPEN as error:
        return complain_of_database(error)
    for sentence in broken:
        sys.stdout.write(f"✗ {sentence}\n")
    if not broken:
        sys.stdout.write("✓ Cơ sở dữ liệu toàn vẹn: không mất, không trùng, mọi trạng thái hợp lệ.\n")
    return 1 if broken else 0


def import_staff_file(settings: Settings, file: Path, now: datetime) -> int:
    """Imports the whole file, or nothing of it with a sentence for each bad row (1); 2 when there is no database."""
    from handlers.setting_up.local_file import import_file

    try:
        outcome = _with_database(settings, lambda database: import_file(database, file, now))
    except CANNOT_OPEN as error:
        return complain_of_database(error)
    sys.stdout.write(f"{outcome.text}\n")
    return 0 if outcome.is_taken else 1


def ask_health(settings: Settings) -> int:
    """0 if the process of these settings answers that it is ready. What it answered is said."""
    address = f"http://127.0.0.1:{settings.web.port}/readyz"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            sys.stdout.write(f"✓ {answer.read().decode()}\n")
            return 0
    except urllib.error.HTTPError as error:
        sys.stdout.write(f"✗ {error.read().decode(errors='replace')}\n")
    except (OSError, HTTPException):
        sys.stdout.write(
            f"✗ Không có Trực Ban nào trả lời ở {address}. Đang chạy chưa? TRUCBAN_WEB__PORT có đúng không?\n"
        )
    return 1


def _with_database(settings: Settings, do: Callable[[Database], Awaitable[T]]) -> T:
    """Opened with its tables of this version, and closed again."""

    async def run() -> T:
        database = Database(settings.sqlalchemy_url)
        try:
            bring_up_to_date(database.engine)
            return await do(database)
        finally:
            database.close()

    return asyncio.run(run())
