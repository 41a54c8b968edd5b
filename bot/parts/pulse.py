"""The pulse of the parts that must never stand still: who beats lives, whose last beat is long ago hangs."""

from __future__ import annotations

import time

LONGEST = 120.0
"""Seconds of the machine without a beat, then a part hangs."""


class Pulse:
    """A part beats as often as it likes; one that has never begun is not missed."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}

    def beat(self, part: str) -> None:
        self._last[part] = time.monotonic()

    def stop(self, part: str) -> None:
        """It has ended in peace: somebody else leads now."""
        self._last.pop(part, None)

    def hanging(self, *, after: float = LONGEST) -> list[str]:
        now = time.monotonic()
        return sorted(part for part, last in self._last.items() if now - last > after)
