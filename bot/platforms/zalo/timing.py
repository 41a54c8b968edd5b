"""How long Zalo is waited for, and how often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.line_watch import PAUSES


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """In seconds; the tests are in a greater hurry."""

    poll_timeout: int = 30
    read_timeout: float = 25.0
    pauses: Sequence[float] = PAUSES  # after failures, the longer the more of them
    rest: float = 1.0  # between two polls that bring nothing new at once: the same event again, or an empty answer
    pause_between_parts: float = 1.0
    look_every: float = 60.0  # at the webhook, as Zalo knows it


USUAL = Timing()
