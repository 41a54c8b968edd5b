"""The contract of an errand: what is made of what was fetched, and what is said where it cannot be had."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from storage.errands import Errand


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandKind:
    """`handle` gets what was fetched (b"" where nothing was to be), in a transaction of its own."""

    topic: str
    handle: Callable[[Connection, Errand, bytes, datetime], None]
    read_ahead: Callable[[bytes, str], bytes] | None = (
        None  # the slow part, of content and name, outside of any transaction
    )
    give_up: Callable[[Connection, Errand, datetime], None] | None = None
