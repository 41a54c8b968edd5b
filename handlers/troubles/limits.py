"""From when on something counts as a trouble: the administrator's settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class TroubleLimits:
    """Zero switches that look off."""

    silent: timedelta = timedelta(minutes=90)  # of working time without any input
    away: timedelta = timedelta(minutes=3)  # a platform that does not answer
    stuck: timedelta = timedelta(minutes=5)  # an alert or answer that does not leave
    parked: int = 5  # updates that wait for somebody
    refused: int = 5  # messages refused for good within a quarter of an hour
