"""How writing goes: reading may go on for long while nothing can be written (a full disk, a file that another holds)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger()

TOO_LONG = 3.0  # seconds for a commit and what it waits for
REMEMBERED = 60.0  # seconds that a refusal counts where nobody has tried again


class Writing:
    """Seconds of the machine, noted by the writer threads, asked for by whoever tells how we are."""

    def __init__(self) -> None:
        self._under_way: dict[int, float] = {}
        self._refused_at: float | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """Around one transaction of this thread."""
        began = time.monotonic()
        self._under_way[threading.get_ident()] = began
        try:
            yield
        finally:
            del self._under_way[threading.get_ident()]
            if (took := time.monotonic() - began) > TOO_LONG:
                log.warning("database_waited", seconds=round(took, 1))

    def was_refused(self) -> None:
        self._refused_at = time.monotonic()

    def succeeded(self) -> None:
        self._refused_at = None

    @property
    def is_hindered(self) -> bool:
        """Whether what comes in now could not be kept."""
        now = time.monotonic()
        is_refused = (refused := self._refused_at) is not None and now - refused < REMEMBERED
        return is_refused or any(now - began > TOO_LONG for began in tuple(self._under_way.values()))
