"""What the administrator asks from the shell: check the database, import staff, ask whether it is well."""

from __future__ import annotations

import asyncio
import sys
import urllib.error
import urllib.request
from datetime import datetime
from pathlib import Path

from bot.settings import Settings
from bot.shell.sentences import why_unfit
from storage.database import Database, DatabaseAwayError, Work
from storage.schema import UnfitDatabaseError, bring_up_to_date

AWAY = "Không mở được cơ sở dữ liệu. Xin kiểm tra TRUCBAN_DATABASE_URL và máy chủ."


def check_database(settings: Settings, now: datetime) -> int:
    """Says what is broken; 0 when nothing is."""
    from storage.invariants import broken_invariants

    broken = _run_once(settings, lambda tx, _now: broken_invariants(tx), now)
    for sentence in broken:
        sys.stdout.write(f"✗ {sentence}\n")
    if not broken:
        sys.stdout.write("✓ Cơ sở dữ liệu toàn vẹn: không mất, không trùng, mọi trạng thái hợp lệ.\n")
    return 1 if broken else 0


def import_staff_file(settings: Settings, file: Path, now: datetime) -> int:
    """Imports the whole file, or nothing of it with a sentence for each bad row."""
    from handlers.setting_up.local_file import ImportOutcome, import_file

    async def run() -> ImportOutcome:
        database = _open(settings)
        try:
            return await import_file(database, file, now)
        finally:
            database.close()

    try:
        outcome = asyncio.run(run())
    except DatabaseAwayError:
        sys.stderr.write(f"{AWAY}\n")
        return 2
    except UnfitDatabaseError as error:
        sys.stderr.write(f"{why_unfit(error)}\n")
        return 2
    sys.stdout.write(f"{outcome.text}\n")
    return 0 if outcome.is_taken else 1


def ask_health(settings: Settings) -> int:
    """0 if the process of these settings answers that it is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.web.port}/readyz", timeout=5) as answer:
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, TimeoutError):
        return 1


def _open(settings: Settings) -> Database:
    database = Database(settings.sqlalchemy_url)
    bring_up_to_date(database.engine)
    return database


def _run_once(settings: Settings, work: Work[list[str]], now: datetime) -> list[str]:
    async def run() -> list[str]:
        try:
            database = _open(settings)
        except DatabaseAwayError:
            return [AWAY]
        except UnfitDatabaseError as error:
            return [why_unfit(error)]
        try:
            return await database.read(work, now)
        except DatabaseAwayError:
            return [AWAY]
        finally:
            database.close()

    return asyncio.run(run())
