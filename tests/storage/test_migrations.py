"""An older database is brought up to date with everything that stands in it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, text

from storage.engine import make_engine
from storage.schema import MIGRATIONS, bring_up_to_date
from tests.conftest import create_database
from tests.postgres import Server

ROWS = """
INSERT INTO units (id, code, name, short_name, kind, valid_from)
VALUES (1, 'SO', 'Sở', 'Sở', 'organization', '2020-01-01');
INSERT INTO people (id, staff_code, full_name, sort_key, honorific, join_code, is_active)
VALUES (1, 'CB01', 'Trần Thị Nga', 'nga', 'bà', 'X', true);
INSERT INTO alerts (id, rule, subject, unit_id, state, step, raised_at, next_at)
VALUES (1, 'incident', 'x', 1, 'open', 0, '2026-01-01', '2026-01-01');
INSERT INTO alert_notices (id, alert_id, person_id, step, told_at) VALUES (1, 1, 1, 0, '2026-01-01')
"""


def begin_as_the_first_version(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, "0001")
        for row in ROWS.split(";"):
            tx.execute(text(row))


def test_on_sqlite_rows_that_others_point_to_stay(tmp_path: Path) -> None:
    """It builds a table anew to alter it; the rows that point to the old one must not hold that up."""
    _check(make_engine(f"sqlite:///{tmp_path / 'old.sqlite3'}"))


def test_on_postgresql_too(postgres: Server) -> None:
    create_database(postgres, "an_older_house")
    _check(make_engine(postgres.url("an_older_house")))


def _check(engine: Engine) -> None:
    begin_as_the_first_version(engine)
    bring_up_to_date(engine)
    with engine.connect() as tx:
        assert tx.execute(text("SELECT count(*) FROM alert_notices JOIN alerts ON alerts.id = alert_id")).scalar() == 1
        if engine.dialect.name == "sqlite":
            assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
            assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
