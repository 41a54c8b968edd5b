"""The running sandbox with one Official Account."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.platforms.zalo_oa.stage import ZaloOaStage, zalo_oa_stage


@pytest.fixture
async def stage() -> AsyncIterator[ZaloOaStage]:
    async with zalo_oa_stage() as stage:
        yield stage


@pytest.fixture
async def state_agency() -> AsyncIterator[ZaloOaStage]:
    async with zalo_oa_stage(oa_type=4) as stage:
        yield stage
