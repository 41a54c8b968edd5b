"""What tests of the core share: a clock of their own, and a messenger by script."""

from __future__ import annotations

import pytest

from bot.clock import Clock
from tests.bot.scripted import ScriptedPlatform


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def platform() -> ScriptedPlatform:
    return ScriptedPlatform()
