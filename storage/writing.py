"""How writing goes: reading may go on for long while nothing can be written (a full disk, a file that another holds)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger()

TOO_LONG = 3.0  # seconds for a commit and what it waits for
CALM = 3.0  # seconds after a refusal until a success is believed: on a full disk what is small still fits now and then
REMEMBERED = 60.0  # seconds that a refusal counts where nobody has tried again


class Writing:
    """Seconds of the machine, noted by the writer threads, asked for by whoever tells how we are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._under_way: dict[int, float] = {}
        self._refused_at: float | None = None

    @contextmanager
    def one(self) -> Iterator[None]:
        """Around one transaction of this thread."""
        began = self._clock()
        self._under_way[threading.get_ident()] = began
        try:
            yield
        finally:
            del self._under_way[threading.get_ident()]
            if (took := self._clock() - began) > TOO_LONG:
                log.warning("database_waited", seconds=round(took, 1))

    def was_refused(self) -> None:
        self._refused_at = self._clock()

    def succeeded(self) -> None:
        if (refused := self._refused_at) is not None and self._clock() - refused >= CALM:
            self._refused_at = None

    @property
    def is_hindered(self) -> bool:
        """Whether what comes in now could not be kept."""
        now = self._clock()
        is_refused = (refused := self._refused_at) is not None and now - refused < REMEMBERED
        return is_refused or any(now - began > TOO_LONG for began in tuple(self._under_way.values()))
