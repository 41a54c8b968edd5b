"""Years of check-ins in the database, written by the database itself: what units counted and people told, a thousand days back."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Connection, Engine, func, select, text

from storage.records.check_ins import check_ins, figures
from storage.records.monthly_figures import rebuild_months
from storage.records.people import people
from storage.records.units import units

DAYS = 1_000
NUMBERS = {
    "sqlite": "WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < :many)",
    "postgresql": "WITH numbers AS (SELECT n FROM generate_series(0::bigint, :many - 1) AS n)",
}
A_DAY = {
    "sqlite": "date(:last, '-' || (:days - 1 - n * :days / :many) || ' days')",
    "postgresql": "(CAST(:last AS date) - CAST(:days - 1 - n * :days / :many AS integer))",
}
LATER = {"sqlite": "date({day}, '+3 days')", "postgresql": "({day} + 3)"}
NO = {"sqlite": "0", "postgresql": "false"}
TOLD = """
INSERT INTO check_ins (id, kind, unit_id, person_id, reported_by, day, until, answers, said, state, is_late, reported_at,
                       platform, chat_id, message_id)
{numbers}
SELECT :first + n,
       CASE WHEN n % 100 = 2 THEN 'travel_notice' WHEN n % 100 = 3 THEN 'symptom_report' WHEN n % 4 = 0 THEN 'visitor_count'
            WHEN n % 4 = 1 THEN 'headcount' WHEN n % 4 = 2 THEN 'presence' ELSE 'health_declaration' END,
       :unit + n * 31 % :units, CASE WHEN n % 4 < 2 THEN NULL ELSE :person + n * 7919 % :people END,
       :person + n * 7919 % :people, {day}, CASE WHEN n % 80 = 2 OR n % 100 = 2 THEN {later} END,
       {answers}, 'hôm nay ' || n % 900 || ' lượt khách', CASE WHEN n % 50 = 49 THEN 'superseded' ELSE 'current' END,
       {is_late}, {moment}, 'telegram', CAST(10000000 + n * 7919 % :people AS text), CAST(n AS text)
FROM numbers
"""
COUNTED = "INSERT INTO figures (id, check_in_id, name, value) SELECT id, id, 'visitors', id * 7919 % 900 FROM check_ins WHERE kind = 'visitor_count'"


def write_history(engine: Engine, how_many: int, last: date) -> None:
    """Fast: without indexes while it is written, and without care for a power cut."""
    kept = [index for table in (check_ins, figures) for index in table.indexes]
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-400000", "temp_store=FILE"):
                raw.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]
        with connection.begin():
            if engine.dialect.name == "postgresql":
                # no look at every reference, and room to sort what is indexed
                connection.execute(
                    text("SET LOCAL session_replication_role = replica; SET LOCAL maintenance_work_mem = '1GB'")
                )
            for index in kept:
                index.drop(connection)
            _write(connection, how_many, last)
            for index in kept:
                index.create(connection)
            rebuild_months(connection)
            connection.execute(text("ANALYZE"))
        connection.invalidate()


def _write(tx: Connection, how_many: int, last: date) -> None:
    dialect = tx.dialect.name
    day = A_DAY[dialect]
    moment = f"{day} || ' 09:00:00.000000'" if dialect == "sqlite" else f"{day} + interval '9 hours'"
    answers = """'{"visitors": 1}'""" if dialect == "sqlite" else """CAST('{"visitors": 1}' AS jsonb)"""
    told = TOLD.format(
        numbers=NUMBERS[dialect],
        day=day,
        later=LATER[dialect].format(day=day),
        answers=answers.replace(":", "\\:"),
        is_late=NO[dialect],
        moment=moment.replace("09:00:00", "09\\:00\\:00"),
    )
    first = (tx.execute(select(func.max(check_ins.c.id))).scalar_one() or 0) + 1
    unit, unit_count = tx.execute(select(func.min(units.c.id), func.count())).one()
    person, person_count = tx.execute(select(func.min(people.c.id), func.count())).one()
    values = {"unit": unit, "units": unit_count, "person": person, "people": person_count, "first": first}
    given = values | {"many": how_many, "days": DAYS, "last": last - timedelta(days=1)}
    if dialect == "sqlite":
        given["last"] = str(given["last"])
    tx.execute(text(told), given)
    tx.execute(text(COUNTED))
    if dialect == "postgresql":
        for table in ("check_ins", "figures"):
            tx.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"))
