"""In a fresh clone one worker compiles the house and the tests, and the others wait until they find it done: a plugin of pytest."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies

PATIENCE = 60.0  # seconds; then each compiles for itself
GLANCE = 0.05
FIRST = "gw0"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Fresh: nobody has run the tests here (hypothesis keeps what it found), and what is compiled will be kept."""
    node.workerinput["is_fresh"] = not sys.dont_write_bytecode and not (node.config.rootpath / ".hypothesis").exists()


def pytest_configure(config: pytest.Config) -> None:
    mark, end = _mark(config), time.monotonic() + PATIENCE
    while mark and not _is_first(config) and not mark.exists() and time.monotonic() < end:
        time.sleep(GLANCE)


def pytest_collection_finish(session: pytest.Session) -> None:
    """By now all is compiled, and hypothesis has kept our constants; what letters there are it learns at the first text."""
    if (mark := _mark(session.config)) and _is_first(session.config):
        strategies.text().validate()
        mark.touch()


def pytest_sessionfinish(session: pytest.Session) -> None:
    if (mark := _mark(session.config)) and _is_first(session.config):
        mark.unlink(missing_ok=True)


def _mark(config: pytest.Config) -> Path | None:
    """The file by which the first worker of this run tells the others; none where there is nothing to wait for."""
    orders = getattr(config, "workerinput", {})
    return Path(tempfile.gettempdir()) / f"trucban-compiled-{orders['testrunuid']}" if orders.get("is_fresh") else None


def _is_first(config: pytest.Config) -> bool:
    worker: str = config.workerinput["workerid"]  # type: ignore[attr-defined]  # xdist's
    return worker == FIRST
