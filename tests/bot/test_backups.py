"""Backups at the shell and by night: a round trip through the real commands, and what the office hears when it fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import msgspec
from sqlalchemy import Connection, select

from bot.clock import Clock
from bot.parts.nightly_backup import NightlyBackup
from handlers.backups import last_backup_at, want_backup, wanted_backup
from storage.backups.backup import examine
from storage.database import Database
from storage.outbox import parcels
from tests.bot.scripted import until
from tests.cast import Cast
from tests.preloaded import Ended, run


def bot(folder: Path, database_url: str, *arguments: str) -> Ended:
    return run(folder, *arguments, DATABASE_URL=database_url)


async def test_a_round_trip_by_the_commands(database_url: str, database: Database, cast: Cast, tmp_path: Path) -> None:
    assert cast.units
    file, other = str(tmp_path / "sao-luu.zip"), f"sqlite:///{tmp_path / 'other.sqlite3'}"
    do = partial(asyncio.to_thread, bot, tmp_path)
    made = await do(database_url, "backup", file)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("✓ Đã sao lưu ")
    again = await do(database_url, "backup", file)
    assert (again.returncode, "không bao giờ bị ghi đè" in again.stderr) == (1, True)
    brought = await do(other, "restore", file)
    assert (brought.returncode, brought.stderr) == (0, "")
    assert "python -m bot check" in brought.stdout
    checked = await do(other, "check")
    assert (checked.returncode, checked.stdout[:1]) == (0, "✓")
    refused = await do(other, "restore", file)
    assert (refused.returncode, "không phục hồi đè lên được" in refused.stderr) == (1, True)
    assert "Traceback" not in made.stderr + again.stderr + refused.stderr


def test_what_is_no_backup_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("không phải")
    (tmp_path / "c.zip").mkdir()
    refusals = (("a.zip", "không phải bản sao lưu"), ("b.zip", "Không thấy tệp"), ("c.zip", "Không đọc được tệp"))
    for name, words in refusals:
        done = bot(tmp_path, f"sqlite:///{tmp_path / 'new.sqlite3'}", "restore", name)
        assert (done.returncode, words in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, empty_sqlite: Path) -> None:
    done = bot(tmp_path, f"sqlite:///{empty_sqlite}", "backup", "no/such/folder/a.zip")
    assert (done.returncode, done.stderr.startswith("Không ghi được no/such/folder/a.zip")) == (1, True)


def test_no_database_no_backup(tmp_path: Path) -> None:
    done = bot(tmp_path, f"postgresql://nobody@/none?host={tmp_path}", "backup", "a.zip")
    assert (done.returncode, done.stderr.startswith("Không mở được cơ sở dữ liệu")) == (2, True)


@asynccontextmanager
async def nightly(database: Database, folder: Path, *, keep: int = 2) -> AsyncIterator[Clock]:
    clock = Clock()
    task = asyncio.create_task(NightlyBackup(database, clock, folder, keep=keep).run())
    try:
        yield clock
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def is_seen_to(database: Database) -> bool:
    with database.engine.connect().execution_options(read_only=True) as tx:
        return wanted_backup(tx, datetime.now(UTC)) is None


async def test_the_night_s_backup_is_whole_and_the_oldest_go(
    database: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    assert cast.units
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [folder / f"trucban-2026-01-0{day}-0130.zip" for day in (1, 2, 3)]
    foreign = [folder / "cua-toi.zip", folder / "trucban-2026-01-01-0130.zip.77.part"]
    for file in [*old, *foreign]:
        file.touch()
    await database.run(want_backup, now)
    async with nightly(database, folder):
        await until(partial(is_seen_to, database))
    [made] = set(folder.glob("trucban-*")) - set(old)
    assert any(table.rows for table in examine(made).tables)
    assert sorted(folder.iterdir()) == sorted([foreign[0], old[2], made])
    assert await database.read(lambda tx, _: last_backup_at(tx), now) is not None


async def test_the_office_hears_when_it_cannot_be_written(
    database: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    (tmp_path / "a-file").touch()
    folder = tmp_path / "a-file" / "backups"
    async with nightly(database, folder):
        for night in (now, now + timedelta(days=1)):
            await database.run(want_backup, night)
            await until(partial(is_seen_to, database))
    said = await database.read(_said_to_office, now)
    assert len(said) == 2
    assert all(text.startswith("⚠️ Đêm nay chưa sao lưu được") and str(folder) in text for _, text in said)
    assert {chat for chat, _ in said} == {cast.rooms["office"]}
    assert await database.read(lambda tx, _: last_backup_at(tx), now) is None


def _said_to_office(tx: Connection, _now: datetime) -> list[tuple[str, str]]:
    rows = tx.execute(select(parcels.c.chat_id, parcels.c.payload).where(parcels.c.key.like("backup/%")))
    return [(chat, msgspec.json.decode(payload)["text"]) for chat, payload in rows]
