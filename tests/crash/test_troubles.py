"""The bot lives on through the bad days of the platform and of the database, and loses and doubles nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import create_database
from tests.crash.ledger import discrepancies
from tests.crash.scene import open_scene
from tests.crash.troubles import (
    Trouble,
    filled_disk,
    killed_connections,
    live_through,
    locked_file,
    no_room_to_grow,
    platform_trouble,
    server_restarted,
    small_disk,
)
from tests.postgres import Server, start_server


@pytest.fixture
def own_server(postgres: Server) -> Iterator[Server]:
    """A server that may be stopped without harm to other tests."""
    assert postgres
    server = start_server(durable=True)  # it must keep what it has confirmed
    yield server
    server.remove()


async def survives(folder: Path, url: str, trouble: Trouble, *, is_told: str = "") -> None:
    """`is_told`: the event by which its log shows that it was hit at all."""
    seed = random.randrange(10_000)
    async with open_scene(folder, url, seed=seed) as scene:
        await live_through(scene, trouble)
        assert is_told in scene.bot.log()
        assert await discrepancies(scene) == [], f"seed {seed}"


async def test_a_bad_day_of_the_platform(fresh_database: str, tmp_path: Path) -> None:
    await survives(tmp_path, fresh_database, platform_trouble, is_told="not_delivered")


async def test_connections_to_postgresql_are_killed(fresh_postgres: str, tmp_path: Path) -> None:
    await survives(tmp_path, fresh_postgres, killed_connections, is_told="leadership_lost")


async def test_postgresql_is_stopped_and_started(own_server: Server, tmp_path: Path) -> None:
    create_database(own_server, "restarted")
    await survives(tmp_path, own_server.url("restarted"), server_restarted(own_server), is_told="database_away")


async def test_a_file_that_another_program_holds(tmp_path: Path) -> None:
    await survives(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", locked_file, is_told="database_waited")


async def test_a_disk_that_is_full_for_a_while(tmp_path: Path) -> None:
    """Its own log stands there too: what cannot be said must not end who wanted to say it."""
    with small_disk(tmp_path, megabytes=24) as is_small:
        trouble = filled_disk(tmp_path) if is_small else no_room_to_grow
        await survives(tmp_path, f"sqlite:///{tmp_path / 'house.sqlite3'}", trouble)
