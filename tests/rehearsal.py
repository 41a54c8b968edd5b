"""A transaction that leaves no trace: the examples of one property share a database, and each finds it as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import Connection

from storage.database import Database


class _CurtainError(Exception):
    """The play is over; nothing of it happened."""


async def rehearse(database: Database, work: Callable[[Connection, datetime], object], now: datetime) -> None:
    """Run `work` whole, and take it back."""

    def play(tx: Connection, now: datetime) -> None:
        work(tx, now)
        raise _CurtainError

    with pytest.raises(_CurtainError):
        await database.run(play, now)
