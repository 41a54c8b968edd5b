"""`python -m tests.crash --kills 50`: every act on both databases, again and again, until it is boring."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import create_database
from tests.crash.acts import ACTS, perform
from tests.crash.ledger import discrepancies
from tests.crash.scene import open_scene
from tests.crash.several import TakeOver, take_over
from tests.postgres import start_server

AT_ONCE = 5  # kills in one performance


def main() -> int:
    options = _read_options()
    if options.takeovers:
        return _measure_takeovers(options.takeovers)
    server = start_server() if "postgres" in options.databases else None
    seed, left = options.seed, options.kills
    wrong: list[str] = []
    try:
        while left > 0 and not wrong:
            kills = min(AT_ONCE, left)
            for database in options.databases:
                for act in options.acts:
                    with tempfile.TemporaryDirectory() as folder:
                        url = f"sqlite:///{folder}/house.sqlite3"
                        if server is not None and database == "postgres":
                            create_database(server, name := f"{act}_{seed}")
                            url = server.url(name)
                        wrong += _perform(act, database, Path(folder), url, kills, seed)
                    seed += 1
            left -= kills
    finally:
        if server is not None:
            server.remove()
    return 1 if wrong else 0


def _measure_takeovers(times: int) -> int:
    """How soon somebody follows when the leading one of four processes is killed."""
    server, wrong = start_server(), []
    try:
        for number in range(times):
            create_database(server, name := f"takeover_{number}")
            taken, found = asyncio.run(_take_over(server.url(name)))
            wrong += found
            print(f"led again after {taken.led:4.2f} s, all answered after {taken.answered:4.2f} s", *found, flush=True)
    finally:
        server.remove()
    return 1 if wrong else 0


async def _take_over(url: str) -> tuple[TakeOver, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        async with open_scene(Path(folder), url, seed=1) as scene:
            taken = await take_over(scene, Path(folder))
            return taken, await discrepancies(scene)


def _perform(act: str, database: str, folder: Path, url: str, kills: int, seed: int) -> list[str]:
    began = time.monotonic()
    try:
        wrong = asyncio.run(perform(act, folder=folder, database_url=url, kills=kills, seed=seed))
    except (AssertionError, TimeoutError) as error:
        wrong = [f"{type(error).__name__}: {error}"]
    print(f"{act:9} {database:8} {kills} kills, seed {seed}, {time.monotonic() - began:5.1f} s:", end=" ")
    print("as it should be" if not wrong else "\n  ".join(["WRONG", *wrong[:20]]), flush=True)
    return wrong


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash", description=__doc__)
    parser.add_argument("--kills", type=int, default=50, help="for each act on each database")
    parser.add_argument("--takeovers", type=int, default=0, help="instead: kill the leader of four processes so often")
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--acts", nargs="+", choices=ACTS, default=ACTS)
    parser.add_argument("--databases", nargs="+", choices=("sqlite", "postgres"), default=["sqlite", "postgres"])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
