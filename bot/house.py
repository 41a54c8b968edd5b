"""What a running bot consists of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery.breaker import Breaker
from bot.parts.pulse import Pulse
from bot.platform import Platform
from bot.reception import Reception
from bot.settings import Settings
from storage.database import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Made by `open_house`; the trial and the day use it, the tests look at it."""

    settings: Settings
    database: Database
    clock: Clock
    platforms: tuple[Platform, ...]
    breakers: Mapping[str, Breaker]  # by platform
    reception: Reception
    web_port: int
    pulse: Pulse
