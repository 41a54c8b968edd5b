"""`python -m tests.crash.failover --times 3`: the primary dies in the middle of the work, and the standby takes its place.

With synchronous replication nothing may be lost or doubled; with `--asynchronous` it is told what was.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import func, select

from storage.database import DatabaseAwayError
from storage.driver.addresses import in_sqlalchemys_words
from storage.records.check_ins import check_ins
from tests.crash.ledger import discrepancies
from tests.crash.pair import Pair, start_pair
from tests.crash.scene import Scene, open_scene
from tests.crash.troubles import live_through

LEADERLESS = 2.0  # seconds until somebody, or Patroni, has noticed and decided
MESSAGES = 60


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.crash.failover", description=__doc__)
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--asynchronous", action="store_true")
    options = asked.parse_args()
    wrong = [asyncio.run(_once(seed, synchronous=not options.asynchronous)) for seed in range(options.times)]
    return 1 if any(wrong) else 0


async def _once(seed: int, *, synchronous: bool) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, start_pair(synchronous=synchronous) as pair:
        url = in_sqlalchemys_words(pair.url("postgres"))
        async with open_scene(Path(folder), url, seed=seed) as scene:
            await live_through(scene, _failover(pair), messages=MESSAGES)
            wrong = await discrepancies(scene)
            was_told = "database_away" in scene.bot.log()
            held = await _count(scene)
    print(f"  {held} check-ins of {MESSAGES}; the bot said that the database was away: {was_told}", flush=True)
    print("  nothing lost, nothing doubled" if not wrong else "\n  ".join(["WRONG", *wrong[:20]]), flush=True)
    return wrong


def _failover(pair: Pair) -> Callable[[Scene], Awaitable[None]]:
    async def trouble(scene: Scene) -> None:
        await asyncio.to_thread(pair.kill_primary)
        began = time.monotonic()
        await asyncio.sleep(LEADERLESS)
        scene.bot.must_run()
        await asyncio.to_thread(pair.promote)
        promoted = time.monotonic()
        before = await _count(scene)
        while await _count(scene) == before:  # noqa: ASYNC110 - another process tells nobody
            await asyncio.sleep(0.02)
        told = f"promoted {promoted - began:.1f} s after the primary's death, the next message was kept"
        print(f"{told} {time.monotonic() - promoted:.1f} s later", flush=True)

    return trouble


async def _count(scene: Scene) -> int:
    """Of what the bot has kept; asked again as long as nobody answers."""
    while True:
        try:
            return await scene.database.read(
                lambda tx, _: tx.execute(select(func.count()).select_from(check_ins)).scalar_one(), scene.now
            )
        except DatabaseAwayError:
            await asyncio.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main())
