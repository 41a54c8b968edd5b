"""Every journey gets a house of its own, and leaves a sound database behind.

Which database it is hangs on its name, half of them have PostgreSQL; with `--both` (`make thorough`) each is played on both.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from zlib import crc32

import pytest

from tests.journeys.stage import Journey, open_journey

HERE = Path(__file__).parent
DATABASES = ("sqlite", "postgres")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The house's own statements run on both databases in the other tests; a journey is about what people see."""
    if config.getoption("--both"):
        return
    left = [item for item in items if HERE in item.path.parents and not _is_on_its_database(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


def _is_on_its_database(item: pytest.Item) -> bool:
    is_on: str | None = (
        item.callspec.params.get("database_url")
        if isinstance(item, pytest.Function) and hasattr(item, "callspec")
        else None
    )
    return is_on is None or is_on == DATABASES[crc32(item.nodeid.replace(is_on, "").encode()) % 2]


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with open_journey(database_url, tmp_path) as journey:
        yield journey
        await journey.nothing_is_wrong()
