"""What an office does to a running house: an older database is brought up to date by its start, a new staff file comes in."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, func, insert, select, text

from storage.backups.backup import snapshot
from storage.records.check_ins import CheckInState, check_ins
from storage.records.people import people, posts
from tests.crash import office
from tests.crash.process import BotProcess
from tests.crash.scene import Scene, hurrying
from tests.crash.shell_acts import HEADINGS, a_name, begin_anew

OLDER = 3_000  # reports of years before: what takes a while to be added up
OLD_CHAT = "years ago"
FAMILIES = ("units", "people", "posts", "accounts", "chats")  # of the office, in the order they need each other
STAFF = 200  # besides the heads of unit
SHARES = (0.1, 1.0)  # of the time that an import takes


async def start_with_old_tables(scene: Scene, kills: int) -> list[str]:
    """The house starts with the tables of the first version and is killed while it mends them; people talk all the while."""
    await asyncio.to_thread(_go_back, scene.database.engine)
    scene.older.add(OLD_CHAT)
    async with hurrying(scene):
        talking = asyncio.create_task(scene.talk(16 * (kills + 1), pause=0.05))
        for _ in range(kills):
            await scene.bot.start()
            await asyncio.sleep(scene.dice.uniform(0.05, 1.5))
            scene.bot.must_run()
            await scene.bot.kill()
        await scene.bot.start()
        await talking
    await scene.finish()
    return await scene.database.read(lambda tx, _: _lost_years(tx), scene.now)


def _go_back(engine: Engine) -> None:
    """The same office, with years of reports, in the tables of the first version."""
    found = _rows_of_office(engine)
    begin_anew(engine)
    old = MetaData()
    old.reflect(engine)
    with engine.begin() as tx:
        for family in FAMILIES:
            table = old.tables[family]
            # without their numbers: they come out the same, and the next one is free
            rows = [{k: v for k, v in row.items() if k in table.c and k != "id"} for row in found[family]]
            tx.execute(insert(table), rows)
        days = [date(2024, 1, 1) + timedelta(days=number) for number in range(OLDER // office.UNITS)]
        tx.execute(insert(old.tables["check_ins"]), [_report(day, n) for day in days for n in range(office.UNITS)])
        tx.execute(text("INSERT INTO figures (check_in_id, name, value) SELECT id, 'visitors', 3 FROM check_ins"))


def _rows_of_office(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    now = MetaData()
    now.reflect(engine)
    with snapshot(engine) as tx:
        tables = {family: now.tables[family] for family in FAMILIES}
        return {
            family: [dict(row._mapping) for row in tx.execute(select(table).order_by(table.c.id))]
            for family, table in tables.items()
        }


def _report(day: date, number: int) -> dict[str, Any]:
    """Of the unit with that number; the body and its office stand before them."""
    said = {"said": "3", "platform": "telegram", "chat_id": OLD_CHAT, "message_id": f"{day}/{number}"}
    counted = {"kind": "visitor_count", "unit_id": number + 3, "reported_by": number + 2, "answers": {"visitors": 3}}
    at = {
        "day": day,
        "reported_at": datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        "is_late": False,
        "state": "current",
    }
    return said | counted | at


def _lost_years(tx: Connection) -> list[str]:
    older = select(func.count()).where(check_ins.c.chat_id == OLD_CHAT, check_ins.c.state == CheckInState.CURRENT)
    kept = tx.execute(older).scalar_one()
    whole = OLDER // office.UNITS * office.UNITS
    return [] if kept == whole else [f"of {whole} older reports {kept} are kept"]


async def bring_in_while_people_talk(scene: Scene, kills: int) -> list[str]:
    """The staff file comes again and again with other titles, killed in the middle, and the house is killed besides.

    SQLite serves one process: there the house is killed first, and messages wait for it.
    """
    found: list[str] = []
    is_alone = scene.database.is_sqlite
    await scene.bot.start()
    async with hurrying(scene):
        talking = asyncio.create_task(scene.talk(24 * (kills + 1), pause=0.05))
        takes = 1.0
        for number in range(1, kills + 1):
            if is_alone or scene.dice.random() < 0.5:
                await scene.bot.kill()
            _write_file(scene, number)
            await _begin_import(scene, kill_after=scene.dice.uniform(*SHARES) * takes)
            titles = await scene.database.read(lambda tx, _: _titles(tx), scene.now)
            if number > 1 and titles not in ({f"Bậc {number - 1}"}, {f"Bậc {number}"}):
                found.append(f"kill {number}: titles {sorted(titles)}")
            began = asyncio.get_running_loop().time()
            if (code := await _begin_import(scene)) != 0:
                found.append(f"kill {number}: the file was not taken afterwards ({code})")
            takes = asyncio.get_running_loop().time() - began
            if not scene.bot.is_running:
                await scene.bot.start()
        await talking
    await scene.finish()
    return found


async def _begin_import(scene: Scene, *, kill_after: float | None = None) -> int:
    """Returns how it ended; killed where it is told when."""
    settings = {"DATABASE_URL": _address(scene), "DATA_FOLDER": str(scene.bot.folder), "WEB__PORT": "0"}
    process = BotProcess(scene.bot.folder, settings, name="import", command=("import", "staff.csv"))
    await process.start()
    if kill_after is None:
        return await process.end()
    await asyncio.sleep(kill_after)
    await process.kill()
    return 0


def _address(scene: Scene) -> str:
    url = scene.database.engine.url.render_as_string(hide_password=False)
    return url.replace("postgresql+psycopg", "postgresql")


def _write_file(scene: Scene, number: int) -> None:
    """Everybody whom the office knows, and many more."""
    title = f"Bậc {number}"
    lines = [HEADINGS, "SO,Sở Công Thương,Sở,cơ quan,,,,,,"]
    lines.append(f"VP,Văn phòng,Văn phòng,văn phòng,SO,{office.HOA},{a_name(0)},chị,{title},văn phòng")
    lines += [
        f"P{n},Phòng {n},Phòng {n},phòng,SO,{office.head(n)},{a_name(n + 1)},chị,{title},trưởng"
        for n in range(office.UNITS)
    ]
    lines += [f"SO,,,,,CB{n:03},{a_name(n + 20)},chị,{title}," for n in range(STAFF)]
    (scene.bot.folder / "staff.csv").write_text("\n".join(lines))


def _titles(tx: Connection) -> set[str]:
    of_everybody = (
        select(posts.c.title).join(people, people.c.id == posts.c.person_id).where(posts.c.valid_to.is_(None))
    )
    return set(tx.execute(of_everybody).scalars())
