"""An older database is brought up to date with everything that stands in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text

from storage.database import Database
from storage.engine import make_engine
from storage.schema import MIGRATIONS, bring_up_to_date, metadata
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


def test_on_postgresql_rows_that_others_point_to_stay(postgres: Server) -> None:
    create_database(postgres, "an_older_house")
    _check(make_engine(postgres.url("an_older_house")))


def test_the_tables_are_those_the_code_means(database: Database) -> None:
    """Who adds a column or an index writes a revision for it: `python -m storage.migrations "What it brings"`."""
    with database.engine.connect() as tx:
        assert compare_metadata(MigrationContext.configure(tx, opts={"compare_type": True}), metadata) == []


@pytest.mark.parametrize("on", ["sqlite", "postgres"])
def test_what_dies_while_the_months_are_added_up_begins_anew(
    on: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables and what is made from them come together: half of it would look finished and stay so."""
    url = f"sqlite:///{tmp_path / 'old.sqlite3'}"
    if on == "postgres":
        server: Server = request.getfixturevalue("postgres")
        create_database(server, "a_house_that_was_killed")
        url = server.url("a_house_that_was_killed")
    engine = make_engine(url)
    begin_as_the_first_version(engine)
    with monkeypatch.context() as power:
        power.setattr("storage.schema.rebuild_months", _die)
        with pytest.raises(KeyboardInterrupt):
            bring_up_to_date(engine)
    with engine.connect() as tx:
        assert tx.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0001"
    engine.dispose()


def _die(_tx: object) -> None:
    raise KeyboardInterrupt


def _check(engine: Engine) -> None:
    begin_as_the_first_version(engine)
    bring_up_to_date(engine)
    with engine.connect() as tx:
        assert tx.execute(text("SELECT count(*) FROM alert_notices JOIN alerts ON alerts.id = alert_id")).scalar() == 1
        if engine.dialect.name == "sqlite":
            assert tx.execute(text("PRAGMA foreign_key_check")).all() == []
            assert tx.execute(text("PRAGMA foreign_keys")).scalar() == 1
    engine.dispose()
