"""Adding up a year of 2,000 units in four levels: ours beside the plain group-by along the tree, and one scan of the table."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, text

from storage.engine import make_engine
from storage.records.check_ins import CheckInState, check_ins, figures
from storage.records.monthly_figures import rebuild_months
from storage.roll_ups import Totals, roll_up
from storage.schema import bring_up_to_date
from tests.benchmarks.table import Row, seconds
from tests.conftest import create_database
from tests.postgres import start_server

UNITS = 2_000
CHECK_INS = 1_000_000
FIRST = date(2026, 1, 1)
YEAR = (FIRST, FIRST + timedelta(days=364))
ROUNDS = 5
A_DAY = 0.020  # seconds: what is asked
NAIVE = """
    WITH RECURSIVE pairs(above, unit) AS (
        SELECT id, id FROM units UNION ALL
        SELECT pairs.above, units.id FROM units JOIN pairs ON units.parent_id = pairs.unit)
    SELECT above, name, sum(value) FROM pairs
    JOIN check_ins ON check_ins.unit_id = pairs.unit JOIN figures ON figures.check_in_id = check_ins.id
    WHERE kind = 'visitor_count' AND state = 'current' AND day BETWEEN :first AND :last GROUP BY above, name
"""


def run(folder: Path) -> list[Row]:
    rows = _compare("SQLite", f"sqlite:///{folder / 'roll_up.sqlite3'}", with_objects=True)
    server = start_server(durable=True)
    try:
        create_database(server, "roll_up")
        return [*rows, *_compare("PostgreSQL", server.url("roll_up"), with_objects=False)]
    finally:
        server.remove()


def _compare(title: str, url: str, *, with_objects: bool) -> list[Row]:
    prepare(url)
    engine = make_engine(url)
    with engine.connect().execution_options(read_only=True) as tx:
        for span in ((FIRST, FIRST), YEAR):
            if roll_up(tx, kind="visitor_count", first=span[0], last=span[1]) != naive(tx, *span):
                raise AssertionError(f"the sums of {span} differ")
        day = measured(lambda: roll_up(tx, kind="visitor_count", first=FIRST, last=FIRST))
        year = measured(lambda: roll_up(tx, kind="visitor_count", first=YEAR[0], last=YEAR[1]))
        if title == "PostgreSQL":  # the peers may have what the server gives to anybody
            tx.execute(text("RESET max_parallel_workers_per_gather; RESET jit"))
        group_by = measured(lambda: naive(tx, *YEAR), rounds=1)
        scan = measured(lambda: tx.execute(text("SELECT count(said), sum(id) FROM check_ins")).all())
        objects = measured(lambda: in_objects(tx), rounds=1) * 10 if with_objects else None
    engine.dispose()
    rows = [
        seconds(f"roll-up of a day, 2,000 units (bound 20 ms), {title}", day, A_DAY),
        seconds("  of a year of 1,000,000 check-ins: one scan of them", year, scan),
        seconds("  the same: group-by along the tree", year, group_by),
    ]
    return [*rows, seconds("  the same: objects in Python (from a tenth of them)", year, objects)] if objects else rows


def prepare(url: str) -> None:
    """One report a unit and day; every fiftieth was corrected, every hundredth withdrawn; every tenth unit is merged."""
    engine = make_engine(url)
    bring_up_to_date(engine)
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        if engine.dialect.name == "sqlite":
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            _fill(driver, "units", UNIT, _units())
            _fill(driver, "people", PERSON, iter([(1, "A", "A", "", "a", "a", "1")]))
            _fill(driver, "check_ins", CHECK_IN, _said())
            connection.execute(text(COUNTED))
            rebuild_months(connection)
        connection.invalidate()
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def _fill(driver: Any, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """The fastest way of each driver."""
    names = ",".join(columns)
    if isinstance(driver, sqlite3.Connection):
        driver.executemany(f"INSERT INTO {table} ({names}) VALUES ({','.join('?' * len(columns))})", rows)
        return
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


COUNTED = "INSERT INTO figures (check_in_id, name, value) SELECT id, 'visitors', id * 7919 % 900 FROM check_ins"
PERSON = ("id", "staff_code", "full_name", "honorific", "sort_key", "join_code", "is_active")
UNIT = ("id", "code", "name", "short_name", "kind", "parent_id", "valid_from", "valid_to", "merged_into_id")
CHECK_IN = (
    "id",
    "kind",
    "unit_id",
    "reported_by",
    "day",
    "answers",
    "said",
    "state",
    "supersedes_id",
    "is_late",
    "reported_at",
    "platform",
    "chat_id",
)


def _units() -> Iterator[tuple[Any, ...]]:
    """1 at the top, 12 below it, each with 13, and all others below those."""
    for number in range(1, UNITS + 1):
        parent = None if number == 1 else 1 if number <= 13 else 2 + number % 12 if number <= 169 else 14 + number % 156
        merged = number > 169 and number % 10 == 0
        into = (str(FIRST + timedelta(days=200)), 14 + number % 155) if merged else (None, None)
        yield number, f"U{number}", f"Đơn vị {number}", f"ĐV {number}", "division", parent, "2020-01-01", *into


def _said() -> Iterator[tuple[Any, ...]]:
    for number in range(1, CHECK_INS + 1):
        day = FIRST + timedelta(days=(number - 1) // UNITS)
        corrects = number - 1 if number % 50 == 0 else None
        state = "superseded" if number % 50 == 49 else "cancelled" if number % 100 == 3 else "current"
        unit = (number - (1 if corrects else 0)) % UNITS + 1
        said = f"hôm nay {number * 7919 % 900} lượt khách"
        answers = f'{{"visitors": {number * 7919 % 900}}}'
        yield (
            number,
            "visitor_count",
            unit,
            1,
            str(day),
            answers,
            said,
            state,
            corrects,
            0,
            f"{day} 09:00:00",
            "telegram",
            "1",
        )


def measured(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    took = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def naive(tx: Connection, first: date, last: date) -> dict[int, Totals]:
    found: dict[int, Totals] = {}
    for unit, name, value in tx.execute(text(NAIVE), {"first": str(first), "last": str(last)}):
        found.setdefault(unit, {})[name] = value
    return found


def in_objects(tx: Connection) -> dict[int, int]:
    """A tenth of the year, row by row as objects, added up along the parents."""
    parents = {row.id: row.parent_id for row in tx.execute(text("SELECT id, parent_id FROM units"))}
    sums: dict[int, int] = {}
    rows = tx.execute(select(check_ins, figures.c.value).join(figures).where(check_ins.c.id <= CHECK_INS // 10))
    for row in rows.mappings():
        at: int | None = row["unit_id"] if row["state"] == CheckInState.CURRENT else None
        while at is not None:
            sums[at] = sums.get(at, 0) + row["value"]
            at = parents[at]
    return sums
