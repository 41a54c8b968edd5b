"""What every attack is: a function of a house, which returns what then was wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import Server

PATIENT = 300.0  # seconds: a thousand messages and their answers, on a machine that has other work


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Where an attack happens."""

    folder: Path
    url: str
    server: Server


Attack = Callable[[House], Awaitable[list[str]]]
