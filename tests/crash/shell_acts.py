"""The acts at the shell: the tables are migrated, the staff file is brought in, and each is killed in the middle."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine, select, text

from storage.backups.backup import snapshot, tables_of
from storage.database import Database
from storage.invariants import broken_invariants
from storage.records.people import posts
from storage.schema import bring_up_to_date, bring_up_to_revision
from tests.crash.process import BotProcess

FIRST = "0001"
REPORTS = 3_000  # of the older database: what takes a while to be added up by month
STAFF = 300
FRESH = """
INSERT INTO units (id, code, name, short_name, kind, valid_from)
VALUES (1, 'SO', 'Sở', 'Sở', 'organization', '2020-01-01');
INSERT INTO people (id, staff_code, full_name, sort_key, honorific, join_code, is_active)
VALUES (1, 'CB01', 'Trần Thị Nga', 'nga', 'bà', 'X', true);
INSERT INTO posts (id, person_id, unit_id, role, title, valid_from) VALUES (1, 1, 1, 'leader', 'Giám đốc', '2020-01-01')
"""
REPORT = """
INSERT INTO check_ins (id, kind, unit_id, reported_by, day, answers, said, platform, chat_id, message_id, state, is_late, reported_at)
VALUES (:id, 'visitor_count', 1, 1, :day, '{"visitors": 3}', '3', 'telegram', '1', :id, 'current', false, '2026-01-01')
"""
FIGURE = "INSERT INTO figures (id, check_in_id, name, value) VALUES (:id, :id, 'visitors', 3)"
HEADINGS = "Mã đơn vị,Tên đơn vị,Tên ngắn,Loại đơn vị,Đơn vị phụ trách,Mã cán bộ,Họ và tên,Xưng hô,Chức vụ,Vai trò"

Rows = dict[str, list[str]]


class Shell:
    """`python -m bot COMMAND` on one database, killed after a share of the time that it takes."""

    def __init__(self, folder: Path, database_url: str, seed: int) -> None:
        url = database_url.replace("postgresql+psycopg", "postgresql")
        self.settings = {"DATABASE_URL": url, "DATA_FOLDER": str(folder), "WEB__PORT": "0"}
        self.folder = folder
        self.dice = random.Random(seed)
        self.takes = 1.0  # seconds

    async def run(self, *command: str) -> int:
        process = BotProcess(self.folder, self.settings, command=command)
        began = time.monotonic()
        await process.start()
        code = await process.end()
        self.takes = time.monotonic() - began
        return code

    async def kill_in(self, *command: str) -> None:
        process = BotProcess(self.folder, self.settings, command=command)
        await process.start()
        await asyncio.sleep(self.dice.uniform(0.1, 1.0) * self.takes)
        await process.kill()


async def migrate(shell: Shell, database: Database, kills: int) -> list[str]:
    """An older database is brought up to date by whoever comes first: wholly, or not at all."""
    found: list[str] = []
    wanted: Rows | None = None
    for number in range(kills + 1):
        _become_old(database.engine)
        if number:
            await shell.kill_in("check")
        if (code := await shell.run("check")) != 0:
            found.append(f"after {number} kills the check ended with {code}")
        rows = _rows_of(database.engine)
        wanted = wanted or rows
        found += [f"kill {number}: {name} differs" for name in wanted if rows.get(name) != wanted[name]]
    return found


def begin_anew(engine: Engine) -> None:
    """Empty tables, as the first version left them."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as tx:
            tx.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    else:
        engine.dispose()
        for ending in ("", "-wal", "-shm"):
            Path(f"{engine.url.database}{ending}").unlink(missing_ok=True)
    bring_up_to_revision(engine, FIRST)


def _become_old(engine: Engine) -> None:
    begin_anew(engine)
    with engine.begin() as tx:
        for row in FRESH.split(";"):
            tx.execute(text(row))
        days = [date(2025, 1, 1) + timedelta(days=number % 600) for number in range(REPORTS)]
        reports = [{"id": number + 1, "day": day.isoformat()} for number, day in enumerate(days)]
        tx.execute(text(REPORT), reports)
        tx.execute(text(FIGURE), [{"id": each["id"]} for each in reports])


def _rows_of(engine: Engine) -> Rows:
    with snapshot(engine) as tx:
        return {table.name: sorted(repr(row) for row in tx.execute(select(table))) for table in tables_of(tx)}


async def bring_in(shell: Shell, database: Database, kills: int) -> list[str]:
    """The staff file comes again and again, with another title for everybody: wholly, or not at all."""
    bring_up_to_date(database.engine)
    found: list[str] = []
    (shell.folder / "0.csv").write_text(_staff("Chuyên viên 0"))
    await shell.run("import", "0.csv")
    for number in range(1, kills + 1):
        (shell.folder / f"{number}.csv").write_text(_staff(f"Chuyên viên {number}"))
        await shell.kill_in("import", f"{number}.csv")
        titles = _titles_of(database.engine)
        if titles not in ([f"Chuyên viên {number - 1}"] * STAFF, [f"Chuyên viên {number}"] * STAFF):
            found.append(f"kill {number}: {len(titles)} posts, {sorted(set(titles))}")
        if await shell.run("import", f"{number}.csv") != 0:
            found.append(f"kill {number}: the file was not taken afterwards")
    if await shell.run("check") != 0:
        found.append("the check found something")
    return found


def _staff(title: str) -> str:
    body = "SO,Sở Công Thương,Sở,cơ quan,,,,,,"
    staff = [
        f"SO,,,,,CB{number:03},{a_name(number)},chị,{title},{'' if number else 'văn phòng'}" for number in range(STAFF)
    ]
    return "\n".join([HEADINGS, body, *staff])


def a_name(number: int) -> str:
    families, given = ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đặng"), ("Lan", "Hoa", "Mai", "Cúc", "Trúc")
    middle = ("Thị", "Thu", "Ngọc", "Thanh", "Kim", "Bích", "Minh", "Hồng", "Diệu", "Phương")
    return f"{families[number % 6]} {middle[number // 6 % 10]} {given[number // 60]}"


def _titles_of(engine: Engine) -> list[str]:
    with engine.connect() as tx:
        return list(tx.execute(select(posts.c.title).where(posts.c.valid_to.is_(None))).scalars())


SHELL_ACTS: dict[str, Callable[[Shell, Database, int], Awaitable[list[str]]]] = {
    "migrate": migrate,
    "import": bring_in,
}


async def perform_at_the_shell(name: str, *, folder: Path, database_url: str, kills: int, seed: int) -> list[str]:
    database = Database(database_url)
    try:
        wrong = await SHELL_ACTS[name](Shell(folder, database_url, seed), database, kills)
        with database.engine.connect() as tx:
            return [*wrong, *broken_invariants(tx)]
    finally:
        database.close()
