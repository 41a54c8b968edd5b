"""`python -m tests.benchmarks [NAME …]`: figures beside what people would use instead; some minutes, on loopback only."""

from __future__ import annotations

import asyncio
import importlib.util
import inspect
import os
import sys
import tempfile
from pathlib import Path

from bot import logs
from tests.benchmarks.table import Row, printed

ALL = ("start", "reception", "broadcast", "roll_up", "understanding")


def main() -> int:
    names = sys.argv[1:] or [name for name in ALL if importlib.util.find_spec(f"tests.benchmarks.{name}")]
    logs.set_up("error")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}: {', '.join(names)}", flush=True)
    rows: list[Row] = []
    for name in names:
        rows += _run(name)
        print(f"  {name} done", flush=True)
    print(f"\n{printed(rows)}")
    return 0


def _run(name: str) -> list[Row]:
    """A benchmark is a module with `run(folder)`, awaitable or not, that returns its rows."""
    module = importlib.import_module(f"tests.benchmarks.{name}")
    with tempfile.TemporaryDirectory() as folder:
        done = module.run(Path(folder))
        return asyncio.run(done) if inspect.iscoroutine(done) else done


if __name__ == "__main__":
    sys.exit(main())
