"""The adapter before a gate that can misbehave."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.telegram import TelegramPlatform
from tests.bot.platforms.telegram.gate import Gate, adapter, open_gate


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    gate = Gate()
    runner = await open_gate(gate)
    yield gate
    await runner.cleanup()


@pytest.fixture
async def telegram(gate: Gate) -> AsyncIterator[TelegramPlatform]:
    platform = adapter(gate)
    await platform.start()
    yield platform
    await platform.close()
