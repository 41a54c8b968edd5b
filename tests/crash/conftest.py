"""A database for each crash test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest

from tests.conftest import create_database
from tests.postgres import Server


@pytest.fixture(params=["sqlite", "postgres"])
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Empty: the bot itself brings it up to date. Others know nothing of it, so processes may be killed around it."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'house.sqlite3'}"
    return database_on(request.getfixturevalue("postgres"))


def database_on(server: Server) -> str:
    create_database(server, name := f"crash_{uuid.uuid4().hex[:12]}")
    return server.url(name)
