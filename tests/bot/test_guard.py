"""The guard: what a process sees by itself, a database that is away, and the pulse that /healthz reads."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bot.clock import Clock
from bot.parts.guard import Guard
from bot.parts.pulse import Pulse
from bot.parts.surroundings import Surroundings
from handlers.troubles import TroubleLimits
from storage import writing
from storage.database import Database
from storage.records.troubles import open_troubles
from tests.bot.scripted import ScriptedPlatform
from tests.cast import settle_in

ALL_THE_DISK = 1 << 40  # megabytes: no disk has so many free


def guard_of(
    database: Database, platform: ScriptedPlatform, folder: Path, *, clock: Clock | None = None, disk_free_mb: int = 0
) -> Guard:
    clock = clock or Clock()
    seen = Surroundings(clock=clock, platforms=[platform], folder=folder, disk_free_mb=disk_free_mb)
    limits, pulse, least = TroubleLimits(), Pulse(), timedelta(0)
    return Guard(database, clock, seen, limits=limits, leads=True, pulse=pulse, least=least, away_for=0.0)


async def test_a_disk_nearly_full_is_seen_even_where_the_folder_is_yet_to_be_made(
    database: Database, platform: ScriptedPlatform, tmp_path: Path, now: datetime
) -> None:
    guard = guard_of(database, platform, tmp_path / "not" / "yet", disk_free_mb=ALL_THE_DISK)
    assert "MB trống" in guard.surroundings.troubles()["disk"]
    await guard.look()
    assert [each.name for each in await database.read(lambda tx, _: open_troubles(tx), now)] == ["disk"]


def test_a_folder_that_takes_no_backup_is_seen_before_the_night(platform: ScriptedPlatform, tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    for folder, names in ((tmp_path / "not" / "yet", []), (tmp_path / "a-file" / "inside", ["backup"])):
        seen = Surroundings(clock=Clock(), platforms=[platform], folder=tmp_path, disk_free_mb=0, backup_folder=folder)
        assert list(seen.troubles()) == names


@pytest.mark.parametrize(("minutes", "way"), [(60, "chậm"), (-60, "nhanh")])
async def test_a_wrong_clock_is_seen_by_what_platforms_tell(
    database: Database, platform: ScriptedPlatform, tmp_path: Path, minutes: int, way: str
) -> None:
    """One odd answer is no witness, and a clock that was moved by hand begins anew."""
    clock = Clock()
    guard = guard_of(database, platform, tmp_path, clock=clock)
    told = format_datetime(clock.now() + timedelta(minutes=minutes), usegmt=True)
    for said in (told, None, "nonsense", told):
        clock.compare(said)
    assert guard.surroundings.troubles() == {}
    clock.compare(told)
    assert f"chạy {way} khoảng 60 phút" in guard.surroundings.troubles()["clock"]
    clock.move_to(3600.0 * minutes)
    assert guard.surroundings.troubles() == {}


async def test_while_all_is_well_nothing_is_written(
    database: Database, platform: ScriptedPlatform, tmp_path: Path, now: datetime
) -> None:
    await guard_of(database, platform, tmp_path).look()
    assert await database.read(lambda tx, _: open_troubles(tx), now) == []


async def test_without_a_database_the_administrator_is_written_to_straight(
    platform: ScriptedPlatform, tmp_path: Path, empty_sqlite: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, and again when it answers."""
    monkeypatch.setattr(writing, "CALM", 0.0)  # the first success is believed
    file = Path(shutil.copy(empty_sqlite, tmp_path / "house.sqlite3"))
    database = Database(f"sqlite:///{file}")
    cast = await database.run(settle_in, now)
    guard = guard_of(database, platform, tmp_path, disk_free_mb=ALL_THE_DISK)
    await guard.look()
    await database.run(_wait_for_nobody, now)
    await database.read(_wait_for_nobody, now)
    intruder = sqlite3.connect(file, isolation_level=None)
    intruder.execute("BEGIN EXCLUSIVE")
    await guard.look()
    await guard.look()
    assert [(said.chat_id, "Cơ sở dữ liệu không trả lời" in said.text) for said in platform.shown] == [
        (cast.hoa.account, True)
    ]
    intruder.execute("ROLLBACK")
    intruder.close()
    await guard.look()
    assert "đã trả lời lại" in platform.shown[-1].text
    database.close()


def _wait_for_nobody(tx: Connection, _now: datetime) -> None:
    """The writer has a connection of its own, who only looks another."""
    tx.exec_driver_sql("PRAGMA busy_timeout=1")


async def test_a_part_that_stands_still_hangs_and_one_that_has_ended_does_not() -> None:
    pulse = Pulse()
    pulse.beat("clockwork")
    assert pulse.hanging() == []
    await asyncio.sleep(0.01)
    assert pulse.hanging(after=0.001) == ["clockwork"]
    pulse.stop("clockwork")
    assert pulse.hanging(after=0.0) == []
