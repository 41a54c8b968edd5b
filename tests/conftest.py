"""What every test may use: both databases, an office moved in, and a closed network."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.engine import make_engine
from storage.schema import bring_up_to_date, metadata
from tests import fresh_clone
from tests.cast import Cast, settle_in
from tests.memory import folder_in_memory
from tests.once import look_for_garbage_seldom, share_compiled_statements
from tests.postgres import NoPostgresError, Server, start_server

settings.register_profile(
    "house", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile(
    "tireless", deadline=None, max_examples=100_000, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.register_profile(
    "thorough", deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("house")

TOGETHER = {
    "processes": ("crash/", "bot/test_backups.py", "bot/test_start.py"),  # forked from one that has imported the house
    "messenger": ("sandbox/", "trial/"),  # a browser, and the published schemas
    "labelled messages": ("understanding/test_messages.py",),  # read once
}
"""What one worker prepares for all of them, by what begins their path."""
FIRST = ("journeys/test_the_day.py",)
"""Whoever begins with the longest is not waited for at the end."""

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
"""08:00 of a working Monday in Asia/Ho_Chi_Minh."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--both", action="store_true", help="every journey on SQLite and on PostgreSQL, not on one of them"
    )


def pytest_configure(config: pytest.Config) -> None:
    """What tests write is small and soon forgotten: in memory where there is a place for it, like their PostgreSQL."""
    if (memory := folder_in_memory()) is not None:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    share_compiled_statements()
    config.pluginmanager.register(fresh_clone)


def pytest_collection_finish() -> None:
    look_for_garbage_seldom()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: a third of the time a worker waits for a database, a browser or a process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Test by test, but TOGETHER (xdist's own groups are lost on pytest 9.2, which knows no `_nodeid`)."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.removeprefix("tests/")
            return next((group for group, paths in TOGETHER.items() if path.startswith(paths)), nodeid)

    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.removeprefix("tests/").startswith(FIRST))


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Only this machine may be reached."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise PermissionError(f"the tests may not reach {address[0]}")
        connect(self, address)

    socket.socket.connect = connect_here  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of our own. It may be missing only where somebody says so (TRUCBAN_WITHOUT_POSTGRES=1)."""
    try:
        server = start_server()
    except NoPostgresError as error:
        if os.environ.get("TRUCBAN_WITHOUT_POSTGRES") == "1" and not os.environ.get("CI"):
            pytest.skip(str(error))
        pytest.fail(str(error))
    yield server
    server.remove()


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "empty.sqlite3"
    engine = create_engine(f"sqlite:///{path}")
    bring_up_to_date(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    """The name of a migrated database that nobody opens: what others are copied from."""
    create_database(postgres, name := "as_shipped")
    engine = create_engine(postgres.url(name))
    bring_up_to_date(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def empty_postgres(postgres: Server, migrated_postgres: str) -> str:
    """The URL of a migrated database that the tests of this process share, emptied for each."""
    create_database(postgres, "house", like=migrated_postgres)
    return postgres.url("house")


@pytest.fixture(scope="session")
def lasting_engine(empty_postgres: str) -> Iterator[Engine]:
    """Connections to the shared database that outlive a test: a new one costs the server more than most tests."""
    engine = make_engine(empty_postgres)
    yield engine
    engine.dispose()


def create_database(server: Server, name: str, *, like: str = "template1") -> None:
    admin = create_engine(server.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY file_copy'))
    admin.dispose()


def sweep(engine: Engine) -> None:
    """Empty every table; DELETE, since TRUNCATE takes twenty times as long on small tables."""
    try:
        _delete_all(engine)
    except OperationalError:  # the test before had sessions killed
        engine.dispose()
        _delete_all(engine)


def _delete_all(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql(";".join(f"DELETE FROM {table.name}" for table in metadata.sorted_tables))


class LastingDatabase(Database):
    """A database whose connections stay open when it is closed, for the next test."""

    def __init__(self, engine: Engine) -> None:
        with patch("storage.database.make_engine", return_value=engine):
            super().__init__(engine.url.render_as_string(hide_password=False))

    def close(self) -> None:
        with patch.object(self.engine, "dispose"):
            super().close()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty, migrated database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "house.sqlite3"
        shutil.copy(request.getfixturevalue("empty_sqlite"), path)
        return f"sqlite:///{path}"
    sweep(request.getfixturevalue("lasting_engine"))
    url: str = request.getfixturevalue("empty_postgres")
    return url


@pytest.fixture
def database(request: pytest.FixtureRequest, database_url: str) -> Iterator[Database]:
    if database_url.startswith("sqlite"):
        database = Database(database_url)
    else:
        database = LastingDatabase(request.getfixturevalue("lasting_engine"))
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    return MONDAY


@pytest.fixture
async def cast(database: Database, now: datetime) -> Cast:
    """The small office of tests/cast.py, moved into `database`."""
    return await database.run(settle_in, now)
