"""Killed at any moment, it loses nothing, records nothing twice, and knows what it may have sent.

Few kills here; `python -m tests.crash --kills 50` goes on until it is boring, and plays the acts at the shell besides.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.crash.acts import SCENES, perform


@pytest.mark.parametrize("act", SCENES)
async def test_nothing_is_lost_and_nothing_doubled(act: str, fresh_database: str, tmp_path: Path) -> None:
    seed = random.randrange(10_000)
    wrong = await perform(act, folder=tmp_path, database_url=fresh_database, kills=1, seed=seed)
    assert wrong == [], f"seed {seed}"
