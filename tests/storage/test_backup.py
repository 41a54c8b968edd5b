"""Backup and restore: what went in comes out, on either database and from one to the other; what is broken is refused."""

from __future__ import annotations

import asyncio
import os
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection, func, select

from handlers.files.lists import keep_for_sending
from storage import inbox
from storage.backups.backup import MANIFEST, BackupError, back_up, examine
from storage.backups.restore import NotEmptyError, TooNewError, restore
from storage.database import Database
from storage.engine import make_engine
from storage.invariants import broken_invariants
from storage.record import add, metadata
from storage.records.check_ins import check_ins
from storage.records.units import units
from storage.schema import HEAD, bring_up_to_date, bring_up_to_revision
from tests.cast import Cast
from tests.conftest import create_database
from tests.handlers.office_day import report
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A second database, where nothing is yet, not even tables."""
    database = Database(_new_url(request.param, request, tmp_path))
    yield database
    database.close()


@pytest.fixture
def twin(database: Database, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """The same for one of the same kind."""
    made = Database(_new_url("sqlite" if database.is_sqlite else "postgres", request, tmp_path))
    yield made
    made.close()


def _new_url(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'other.sqlite3'}"
    server: Server = request.getfixturevalue("postgres")
    create_database(server, name := f"other_{uuid.uuid4().hex[:12]}")
    return server.url(name)


def everything(tx: Connection, _now: datetime | None = None) -> dict[str, list[Any]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in tx.execute(select(table).order_by(*table.primary_key))]
        for table in metadata.sorted_tables
    }


def live_a_little(tx: Connection, now: datetime, *, cast: Cast) -> None:
    report(tx, cast, "KT", 10, now)
    report(tx, cast, "KT", 12, now)  # a correction: it names the first
    keep_for_sending(tx, bytes(range(256)), name="Mã vào nhóm.csv", media_type="text/csv", now=now)
    inbox.park(tx, platform="telegram", bot="1", key="7", raw=b"\x00\xff", error="ValueError", now=now)
    # named by a row that came before it: no order of ids would do
    born = {"code": "TTHC", "name": "Trung tâm", "short_name": "TT", "kind": "division", "valid_from": now.date()}
    late = add(tx, units, **born, parent_id=cast.units["SO"])
    tx.execute(units.update().where(units.c.id == cast.units["KCN1"]).values(parent_id=late))


async def test_what_went_in_comes_out_on_either_database(
    database: Database, other: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    await database.run(partial(live_a_little, cast=cast), now)
    file = tmp_path / "backup.zip"
    back_up(database.engine, file, now)
    restore(other.engine, file)
    assert await other.read(everything, now) == await database.read(everything, now)
    assert await other.read(broken_invariants, now) == []


async def test_the_restored_database_counts_on(
    database: Database, twin: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    await database.run(partial(live_a_little, cast=cast), now)
    back_up(database.engine, file := tmp_path / "backup.zip", now)
    restore(twin.engine, file)
    kept = await twin.run(lambda tx, now: report(tx, cast, "TM", 3, now), now)
    [highest] = await database.read(lambda tx, _: tx.execute(select(func.max(check_ins.c.id))).scalars().all(), now)
    assert kept.id == highest + 1


async def test_a_backup_taken_while_people_report_is_one_moment(
    database: Database, twin: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    """Each correction is two changes in one transaction: the file has both or neither."""
    busy = True

    async def go_on_correcting() -> int:
        count = 0
        while busy:
            await database.run(partial(_say, cast=cast, visitors=count), now + timedelta(seconds=count))
            count += 1
        return count

    talking = asyncio.create_task(go_on_correcting())
    files = [tmp_path / f"{number}.zip" for number in range(2)]
    for file in files:
        await asyncio.to_thread(back_up, database.engine, file, now)
    busy = False
    assert await talking > 3
    rows = [next(t.rows for t in examine(file).tables if t.name == "check_ins") for file in files]
    assert rows == sorted(rows)
    restore(twin.engine, files[-1])
    assert await twin.read(broken_invariants, now) == []


def _say(tx: Connection, now: datetime, *, cast: Cast, visitors: int) -> None:
    report(tx, cast, "KT", visitors, now)


async def test_a_database_with_something_in_it_is_refused_and_left_as_it_is(
    database: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    back_up(database.engine, file := tmp_path / "backup.zip", now)
    before = await database.read(everything, now)
    with pytest.raises(NotEmptyError):
        restore(database.engine, file)
    assert cast.units
    assert await database.read(everything, now) == before


def _edit(file: Path, change: Callable[[str, bytes], bytes]) -> None:
    with zipfile.ZipFile(file) as box:
        members = {name: change(name, box.read(name)) for name in box.namelist()}
    with zipfile.ZipFile(file, "w") as box:
        for name, content in members.items():
            box.writestr(name, content)


def _lose_a_row(file: Path) -> None:
    _edit(file, lambda name, content: content.split(b"\n", 1)[1] if name == "rows/people.jsonl" else content)


def _name_nobody(file: Path) -> None:
    """A row that names a unit which is not there."""

    def change(name: str, content: bytes) -> bytes:
        if name != "rows/posts.jsonl":
            return content
        rows = [msgspec.json.decode(line) for line in content.splitlines()]
        columns = [c.name for c in metadata.tables["posts"].columns]
        rows[0][columns.index("unit_id")] = 987_654
        return b"".join(msgspec.json.encode(row) + b"\n" for row in rows)

    _edit(file, change)


@pytest.mark.parametrize("spoil", [_lose_a_row, _name_nobody])
async def test_a_spoiled_file_is_refused_and_nothing_comes_in(
    spoil: Callable[[Path], None], database: Database, twin: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    assert cast.units
    back_up(database.engine, file := tmp_path / "backup.zip", now)
    spoil(file)
    with pytest.raises(BackupError):
        restore(twin.engine, file)
    bring_up_to_date(twin.engine)
    assert not any((await twin.read(everything, now)).values())


def test_no_byte_may_be_another_and_none_may_be_missing(empty_sqlite: Path, now: datetime, tmp_path: Path) -> None:
    """Broken is said to be broken, whatever the place; or it does not matter (a date in the zip's own directory)."""
    engine = make_engine(f"sqlite:///{empty_sqlite}")
    back_up(engine, file := tmp_path / "backup.zip", now)
    engine.dispose()
    whole, manifest, found = file.read_bytes(), examine(file), 0
    for place in range(0, len(whole), 97):
        for spoiled in (whole[:place], whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]):
            file.write_bytes(spoiled)
            try:
                assert examine(file) == manifest
            except BackupError:
                found += 1
    assert found > len(whole) // 97  # every cut, and most changes


async def test_a_backup_of_a_later_version_is_refused(
    database: Database, twin: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    assert cast.units
    back_up(database.engine, file := tmp_path / "backup.zip", now)
    _edit(file, lambda name, content: content.replace(b'"000', b'"900') if name == MANIFEST else content)
    with pytest.raises(TooNewError):
        restore(twin.engine, file)


async def test_tables_that_are_there_and_empty_are_no_hindrance(
    database: Database, twin: Database, cast: Cast, now: datetime, tmp_path: Path
) -> None:
    assert cast.units
    bring_up_to_date(twin.engine)
    back_up(database.engine, file := tmp_path / "backup.zip", now)
    restore(twin.engine, file)
    assert await twin.read(everything, now) == await database.read(everything, now)


def test_a_backup_is_for_its_owner_and_never_written_over(empty_sqlite: Path, now: datetime, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{empty_sqlite}")
    back_up(engine, file := tmp_path / "backup.zip", now)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        back_up(engine, file, now)
    engine.dispose()
    assert [each.name for each in tmp_path.glob("backup*")] == ["backup.zip"]


async def test_an_old_version_s_backup_is_brought_up_to_this_one(
    database: Database, twin: Database, now: datetime, tmp_path: Path
) -> None:
    """Made at the first revision, by the tables as they stood then."""
    old = Database(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    bring_up_to_revision(old.engine, "0001")
    back_up(old.engine, file := tmp_path / "backup.zip", now)
    old.close()
    assert restore(twin.engine, file).revision == "0001" != HEAD
    assert await twin.read(everything, now) == await database.read(everything, now)


def test_a_backup_has_its_name_on_the_disk_before_it_is_told_of(
    empty_sqlite: Path, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content, name, folder, in this order: a loss of power leaves the whole file, or none."""
    folder, done = tmp_path / "kept", []
    folder.mkdir()
    fsync, rename = os.fsync, Path.rename

    def noted_fsync(file: int) -> None:
        done.append(f"fsync {Path(f'/proc/self/fd/{file}').readlink().name.split('.')[0]}")
        fsync(file)

    def noted_rename(self: Path, target: Path) -> Path:
        done.append(f"rename {target.name}")
        return rename(self, target)

    engine = make_engine(f"sqlite:///{empty_sqlite}")
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "rename", noted_rename)
    back_up(engine, folder / "last-night.zip", now)
    engine.dispose()
    assert done[:3] == ["fsync last-night", "rename last-night.zip", "fsync kept"]


def test_a_new_database_has_its_name_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: told.append(Path(f"/proc/self/fd/{file}").readlink()))
    engine = make_engine(f"sqlite:///{tmp_path / 'new' / 'house.sqlite3'}")
    for _ in range(2):
        with engine.connect():
            assert told.count(tmp_path / "new") == told.count(tmp_path) == 1
    engine.dispose()
