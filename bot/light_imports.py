"""Importing the house costs most of a start: here it is done without what only looks for garbage or paints."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import cast

PAINTERS = ("rich", "pygments")
"""structlog and httpx import them where they stand, for coloured output; our logs are lines of JSON. A tenth of a start."""


@contextmanager
def light_imports() -> Iterator[None]:
    """What is imported within stays for good, so nobody need look whether it is garbage, then or later."""
    hidden = [name for name in PAINTERS if name not in sys.modules]
    gc.disable()
    for name in hidden:
        sys.modules[name] = cast("ModuleType", None)  # the documented way to have an import fail
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
        gc.freeze()
        gc.enable()
