"""The adapter before a gate that can misbehave, and before the sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.platforms.zalo import ZaloPlatform
from tests.bot.platforms.zalo.gate import Gate, adapter, open_gate
from tests.bot.platforms.zalo.stage import ZaloStage, zalo_stage


@pytest.fixture
async def gate() -> AsyncIterator[Gate]:
    async with open_gate() as gate:
        yield gate


@pytest.fixture
async def zalo(gate: Gate) -> AsyncIterator[ZaloPlatform]:
    platform = adapter(gate)
    await platform.start()
    yield platform
    await platform.close()


@pytest.fixture
async def stage() -> AsyncIterator[ZaloStage]:
    async with zalo_stage() as stage:
        yield stage
