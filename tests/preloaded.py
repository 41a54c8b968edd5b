"""`python -m bot` as a process of its own, forked from one that has imported it already: that saves two seconds a start."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

PRELOADED = [
    "alembic.command",
    "bot.__main__",
    "bot.app",
    "bot.shell.backups",
    "bot.platforms.telegram",
    "bot.platforms.zalo",
    "bot.shell.upkeep",
    "openpyxl",
    "psycopg",
    "sqlalchemy.dialects.postgresql.psycopg",
    "sqlalchemy.dialects.sqlite.pysqlite",
]


PATIENCE = 60.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What the process is to run: `python -m bot` with these `arguments`, there, with this environment and no other."""

    folder: Path
    environment: Mapping[str, str]
    out: Path  # is written at its end, like `errors`
    errors: Path
    arguments: tuple[str, ...] = ()


@cache
def _server() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def start(orders: Orders) -> ForkServerProcess:
    """It runs on its own from here; it ends with this process at the latest."""
    process = _server().Process(target=_live, args=(orders,), daemon=True)
    process.start()
    return process


@dataclass(frozen=True, slots=True)
class Ended:
    """How it ended and what it said, by the names of `subprocess`."""

    returncode: int
    stdout: str
    stderr: str


def run(folder: Path, *arguments: str, **settings: str) -> Ended:
    """`python -m bot` with these arguments and no settings but these ("WEB__PORT"), to its end."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TRUCBAN_")}
    with tempfile.TemporaryDirectory() as aside:
        orders = Orders(
            folder=folder,
            environment=inherited | {f"TRUCBAN_{name}": value for name, value in settings.items()},
            out=Path(aside) / "out",
            errors=Path(aside) / "errors",
            arguments=arguments,
        )
        process = start(orders)
        process.join(PATIENCE)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"python -m bot {' '.join(arguments)}")
        return Ended(process.exitcode, orders.out.read_text(), orders.errors.read_text())


def _live(orders: Orders) -> None:
    os.chdir(orders.folder)
    os.environ.clear()
    os.environ.update(orders.environment)
    for stream, file in ((1, orders.out), (2, orders.errors)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(opened, stream)
        os.close(opened)
    sys.argv = ["bot", *orders.arguments]
    from bot.__main__ import main

    main()
