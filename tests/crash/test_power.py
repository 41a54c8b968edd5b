"""A loss of power takes nothing back that was confirmed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.crash.power import lose_power, record


@pytest.mark.skipif(shutil.which("strace") is None, reason="nobody can watch what is asked of the disk")
def test_what_was_confirmed_stands_on_a_disk_that_lost_its_power(tmp_path: Path) -> None:
    """Were the disk not asked to keep it before anything is confirmed, the same losses of power would take it."""
    asked = record(tmp_path)
    assert lose_power(asked, cuts=15, seed=1) == []
    never_kept = [one for one in asked if one.at is not None]
    assert lose_power(never_kept, cuts=5, seed=1) != []
