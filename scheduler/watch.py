"""The contract of a watch: what is looked after all the time, without a calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Something looked after at every look, without calendar rows: it finds in the tables what has fallen due."""

    name: str
    look: Callable[[Connection, datetime], object]
