"""However long the books and the list of people are: what runs at every message and every second reads no table end to end."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import event

from bot.clock import Clock
from bot.reception import Reception
from handlers.local_time import at, local_day
from handlers.troubles import TroubleLimits
from handlers.troubles.looking import troubles_in_tables
from scheduler.looking import Looker
from storage.database import Database
from storage.messages import Act, IncomingMessage
from storage.outbox import Parcel
from storage.parcels import sending, uncertainty
from tests.benchmarks import stage
from tests.crash import office

GROWS = {
    "accounts", "alert_notices", "alert_reports", "chats", "check_ins", "expectations", "figures", "inbox",
    "journal_entries", "parcels", "people", "posts", "rounds", "schedule_ticks",
}  # fmt: skip
SAID = (
    "12 lượt khách",
    "vâng em cảm ơn anh",
    "mai em đi Hà Nội họp, thứ sáu em về",
    "em bị sốt 38 độ",
    "sửa lại 14 lượt khách",
)
FOR_ALL_UNITS = ("count(DISTINCT posts.person_id)",)
"""What a round asks once for all of its units: there every post is read."""
COARSE = {"kind", "state", "platform", "is_active", "is_primary"}
"""Who is looked for by these alone is read through all the years of a kind, with an index or without."""
LIMITS = TroubleLimits(
    silent=timedelta(minutes=90), away=timedelta(minutes=3), stuck=timedelta(minutes=5), parked=5, refused=5
)


class Recording(sqlite3.Connection):
    """Remembers each statement with the values it ran with: an index of a part of a table serves some values only."""

    seen: ClassVar[dict[str, Any]] = {}

    def cursor(self, *_: Any) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(Remembering)


class Remembering(sqlite3.Cursor):
    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        Recording.seen.setdefault(sql, values)
        return super().execute(sql, values)


async def test_nothing_on_the_hot_way_reads_a_growing_table_from_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "house.sqlite3"
    first, morning = await stage.settle(f"sqlite:///{path}", rooms=2)
    first.close()
    Recording.seen = {}
    database = Database(f"sqlite:///{path}")
    event.listen(database.engine, "do_connect", lambda *given: given[3].update(factory=Recording))
    try:
        await _live(database, morning)
    finally:
        database.close()
    with sqlite3.connect(path) as books:
        assert _scans(books) == []


async def _live(database: Database, morning: datetime) -> None:
    """Messages in private and in rooms, parcels out, the guard, the clock to the summary."""
    clock = Clock()
    reception, looker = Reception(database, clock), Looker(database, clock)
    clock.move_to((morning - datetime.now(UTC)).total_seconds())
    for place in (office.talking_places()[0], office.talking_places()[-1]):
        for number, said in enumerate(SAID):
            await reception.receive([_message(place, said, f"{place.chat}/{number}", morning)])
    for when in ("08:01", "16:01", "16:21", "16:31"):
        now = at(local_day(morning), when)
        clock.move_to((now - datetime.now(UTC)).total_seconds())
        await looker.look()
        await looker.look()
    parcels: list[Parcel] = await database.run(
        lambda tx, now: sending.claim(tx, "telegram", holder="one", now=now, limit=50), now
    )
    await database.run(lambda tx, _: sending.begin_sending(tx, [parcels[0].id], holder="one"), now)
    await database.run(lambda tx, now: sending.settle(tx, parcels[0], external_id="9", now=now), now)
    await database.run(lambda tx, now: troubles_in_tables(tx, LIMITS, now), now)
    await database.run(lambda tx, _: uncertainty.uncertain(tx), now)


def _message(place: office.Place, said: str, key: str, now: datetime) -> IncomingMessage:
    return IncomingMessage(
        platform="telegram",
        key=key,
        act=Act.TEXT,
        chat_id=place.chat,
        chat_type="group" if place.chat.startswith("-") else "private",
        sent_at=now,
        user_id=str(place.person),
        message_id=key,
        text=said,
        addressed=True,
    )


def _scans(books: sqlite3.Connection) -> list[tuple[str, str]]:
    """(what is scanned, the statement) of each plan that reads a growing table, or an index of all of it, to its end."""
    partial = {
        name
        for (name,) in books.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")
    }
    found = []
    for sql, values in Recording.seen.items():
        if not re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)", sql) or any(known in sql for known in FOR_ALL_UNITS):
            continue
        for *_, step in books.execute(f"EXPLAIN QUERY PLAN {sql}", values):
            read = re.match(r"(?:SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?: \((.*)\))?", step)
            if read and read[1] in GROWS and read[2] not in partial and _is_wide(step, read[3]):
                found.append((step, sql))
    return found


def _is_wide(step: str, conditions: str | None) -> bool:
    """By the columns in its "(kind=? AND day>?)". A search without any is for the least or the greatest."""
    if conditions is None:
        return step.startswith("SCAN")
    return set(re.findall(r"(\w+)[=<>]", conditions)) <= COARSE
