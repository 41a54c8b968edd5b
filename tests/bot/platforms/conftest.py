"""Every platform of the house is set on a stage; a new one adds its line here and must pass the same tests."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.platforms.stage import Stage
from tests.bot.platforms.telegram.stage import telegram_stage
from tests.bot.platforms.zalo.stage import zalo_stage
from tests.bot.platforms.zalo_oa.stage import zalo_oa_stage

STAGES = {"telegram": telegram_stage, "zalo": zalo_stage, "zalo_oa": zalo_oa_stage}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with STAGES[request.param]() as stage:
        yield stage
