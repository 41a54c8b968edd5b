"""The clockwork of this process: looks when a second has passed, the clock was moved or an alert was just raised."""

from __future__ import annotations

import asyncio
from functools import partial

from bot.house import House
from scheduler.ticker import Ticker, get_ready

PART = "clockwork"


async def tick(house: House) -> None:
    """Until cancelled."""
    await get_ready()
    ticker = Ticker(house.database, house.clock, on_look=partial(house.pulse.beat, PART))
    wake = asyncio.Event()
    house.clock.on_jump(wake.set)
    house.database.bells.on("ticks", wake.set)
    ticker.start()
    try:
        while True:
            await wake.wait()
            wake.clear()
            await ticker.look_now()
    finally:
        await ticker.stop()
        house.pulse.stop(PART)
