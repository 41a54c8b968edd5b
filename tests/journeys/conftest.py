"""Every journey gets a house of its own, on SQLite and on PostgreSQL, and leaves a sound database behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.stage import Journey, open_journey


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with open_journey(database_url, tmp_path) as journey:
        yield journey
        await journey.nothing_is_wrong()
