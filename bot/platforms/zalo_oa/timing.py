"""How long the Official Account's server is waited for, and how often it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.line_watch import PAUSES
from bot.platforms.zalo_oa.client import READ_TIMEOUT


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """In seconds; the tests are in a greater hurry."""

    read_timeout: float = READ_TIMEOUT
    pauses: Sequence[float] = PAUSES  # after failures, the longer the more of them
    pause_between_parts: float = 0.3
    look_every: float = 600.0  # whether the account still knows us


USUAL = Timing()
