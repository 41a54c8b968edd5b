"""A scene at the front desk, played whole in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from storage.database import Database
from storage.invariants import broken_invariants
from tests.handlers.speaking import Desk

Scene = Callable[[Desk], None]


async def play(database: Database, now: datetime, scene: Scene) -> None:
    await database.run(lambda tx, now: scene(Desk(tx, now)), now)


async def play_soundly(database: Database, now: datetime, scene: Scene) -> None:
    """… and behind it the books are in order."""
    await play(database, now, scene)
    assert await database.read(lambda tx, _: broken_invariants(tx), now) == []
