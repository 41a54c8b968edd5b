"""`python -m tests.benchmarks [NAME …] [--option VALUE …]`: figures beside what people would use instead; on loopback only.

Without names: all but the soak, some minutes. `--check-ins N` and `--database sqlite|postgresql` are for growth,
`--minutes N` and `--rate N` for the soak.
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import inspect
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from bot import logs
from tests.benchmarks.table import Row, printed

ALL = ("start", "reception", "broadcast", "roll_up", "growth", "understanding")


def main() -> int:
    names, options = _asked()
    logs.set_up("error")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: {', '.join(names)}", flush=True)
    rows: list[Row] = []
    for name in names:
        rows += _run(name, options)
        print(f"  {name} done, load {os.getloadavg()[0]:.1f}", flush=True)
    print(f"\n{printed(rows)}")
    return 0


def _asked() -> tuple[list[str], dict[str, Any]]:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", default=ALL, metavar="NAME")
    asked.add_argument("--check-ins", type=int)
    asked.add_argument("--database", choices=("sqlite", "postgresql"))
    asked.add_argument("--minutes", type=float)
    asked.add_argument("--rate", type=int)
    options = vars(asked.parse_args())
    names = list(options.pop("names"))
    return names, {name: value for name, value in options.items() if value is not None}


def _run(name: str, options: dict[str, Any]) -> list[Row]:
    """A benchmark is a module with `run(folder)`, awaitable or not, that returns its rows; options go to who knows them."""
    module = importlib.import_module(f"tests.benchmarks.{name}")
    known = inspect.signature(module.run).parameters
    with tempfile.TemporaryDirectory() as folder:
        done = module.run(Path(folder), **{name: value for name, value in options.items() if name in known})
        return asyncio.run(done) if inspect.iscoroutine(done) else done


if __name__ == "__main__":
    sys.exit(main())
