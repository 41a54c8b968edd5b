"""`python -m tests.crash.attacks`: what an enemy, or a bad week, would do besides; each once, against the real process.

Every attack ends like the acts: the test's ledger, the database and the rooms must tell the same story.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.conftest import create_database
from tests.crash.attacks.attack import Attack, House
from tests.crash.attacks.on_several import behind_a_balancer, frozen_leader, network_split
from tests.crash.attacks.on_the_server import full_disk_of_the_server, no_connection_left, server_that_only_reads
from tests.crash.attacks.on_the_talk import backlog, slow_clock, storm, two_imports
from tests.postgres import start_server

ON_BOTH = (storm, backlog, two_imports, slow_clock)
ON_POSTGRES = (
    server_that_only_reads,
    no_connection_left,
    full_disk_of_the_server,
    behind_a_balancer,
    frozen_leader,
    network_split,
)
ATTACKS: dict[str, Attack] = {each.__name__.replace("_", "-"): each for each in (*ON_BOTH, *ON_POSTGRES)}


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.crash.attacks", description=__doc__)
    asked.add_argument("--attacks", nargs="+", choices=ATTACKS, default=list(ATTACKS))
    wrong: list[str] = []
    for name in asked.parse_args().attacks:
        for database in ("sqlite", "postgres") if ATTACKS[name] in ON_BOTH else ("postgres",):
            wrong += _attack(name, database)
    return 1 if wrong else 0


def _attack(name: str, database: str) -> list[str]:
    """A server of its own each time: some attacks are on the server."""
    server, began = start_server(durable=True), time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            create_database(server, "house")
            url = server.url("house") if database == "postgres" else f"sqlite:///{folder}/house.sqlite3"
            wrong = asyncio.run(_made(name, House(folder=Path(folder), url=url, server=server)))
    finally:
        server.remove()
    print(f"{name:24} {database:8} {time.monotonic() - began:5.1f} s:", end=" ")
    print("as it should be" if not wrong else "\n  ".join(["WRONG", *wrong[:20]]), flush=True)
    return wrong


async def _made(name: str, house: House) -> list[str]:
    try:
        return await ATTACKS[name](house)
    except (AssertionError, TimeoutError) as error:
        return [f"{type(error).__name__}: {error}"]


if __name__ == "__main__":
    sys.exit(main())
