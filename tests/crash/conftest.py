"""A database for each crash test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

import pytest

from tests.conftest import create_database
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Migrated and empty. Others know nothing of it, so processes may be killed around it."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path / "house.sqlite3")
        return f"sqlite:///{tmp_path / 'house.sqlite3'}"
    url: str = request.getfixturevalue("fresh_postgres")
    return url


@pytest.fixture
def fresh_postgres(postgres: Server, migrated_postgres: str) -> str:
    create_database(postgres, name := f"crash_{uuid.uuid4().hex[:12]}", like=migrated_postgres)
    return postgres.url(name)
