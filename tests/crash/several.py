"""Several processes of the bot on one PostgreSQL: who leads what, and how soon somebody follows when that one is killed."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, text

from storage.leadership import lock_key
from tests.crash.process import BotProcess, free_port
from tests.crash.scene import Scene, bot_settings

EVERYTHING = "receive,deliver,tick,web"
LED = frozenset({"telegram-listen", "telegram-deliver", "clockwork", "guard"})
NAMES = {lock_key(name) % 2**32: name for name in LED}
HELD = text("SELECT objid, pid FROM pg_locks WHERE locktype = 'advisory' AND classid = 727 AND granted")
SOON = 30.0
STANDING_BY = 1.5  # seconds in which the three others have come up


@asynccontextmanager
async def another(
    scene: Scene, folder: Path, roles: str, name: str, *, port: int = 0, **settings_besides: str
) -> AsyncIterator[BotProcess]:
    url = scene.database.url.render_as_string(hide_password=False)
    settings = bot_settings(scene.messenger.url, url, port or free_port()) | {"ROLES": roles} | settings_besides
    process = BotProcess(folder, settings, name=name)
    await process.start()
    try:
        yield process
    finally:
        if process.is_running:
            await process.kill()


@dataclass(frozen=True, slots=True)
class TakeOver:
    """Seconds from the kill of the leader."""

    led: float  # until all that it led was led again
    answered: float  # until all who wrote in that moment had their answers


async def take_over(scene: Scene, folder: Path) -> TakeOver:
    """One process leads everything, three stand by; it is killed while people talk."""
    async with AsyncExitStack() as stack:
        leading = await stack.enter_async_context(another(scene, folder, EVERYTHING, "leading"))
        before = await until_led(scene, by_others_than={})
        for name in ("two", "three", "four"):
            await stack.enter_async_context(another(scene, folder, EVERYTHING, name))
        await scene.talk(8, pause=0.05)
        await scene.come_to_rest()
        await asyncio.sleep(STANDING_BY)
        await leading.kill()
        began = time.monotonic()
        await scene.talk(8, pause=0.0, first=8)
        await until_led(scene, by_others_than=before)
        led = time.monotonic() - began
        await scene.come_to_rest()
        return TakeOver(led, time.monotonic() - began)


async def until_led(scene: Scene, *, by_others_than: dict[str, int], within: float = SOON) -> dict[str, int]:
    async with asyncio.timeout(within):
        while True:
            now = await leaders(scene)
            if set(now) == LED and not set(now.values()) & set(by_others_than.values()):
                return now
            await asyncio.sleep(0.01)


async def leaders(scene: Scene) -> dict[str, int]:
    """What is led, and by which session. Two leaders of one thing are an error."""

    def look(tx: Connection, _now: object) -> dict[str, int]:
        found = [(NAMES[row.objid], row.pid) for row in tx.execute(HELD) if row.objid in NAMES]
        doubled = [name for name, times in Counter(name for name, _ in found).items() if times > 1]
        if doubled:
            raise AssertionError(f"two lead {doubled}")
        return dict(found)

    return await scene.database.read(look, scene.now)
