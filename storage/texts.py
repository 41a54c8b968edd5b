"""Values in the text form that PostgreSQL takes: it knows from the statement what they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from psycopg import DataError
from psycopg.adapt import PyFormat, Transformer
from psycopg.types.json import Jsonb

if TYPE_CHECKING:
    from psycopg.abc import Buffer


def as_text(value: Any) -> Buffer | None:
    """As it is sent. Raises DataError where PostgreSQL has no form for it."""
    if value is None:
        return None
    write = _WAYS.get(type(value))
    return _otherwise(value) if write is None else write(value)


def _letters(value: str) -> bytes:
    if "\0" in value:
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return value.encode()


def _printed(value: int) -> bytes:
    return str(value).encode()


@lru_cache(maxsize=256)  # a message says its own moment and day in half of its statements
def _dated(value: date) -> bytes:
    return str(value).encode()


def _truth(value: bool) -> bytes:
    return b"t" if value else b"f"


def _json(value: Jsonb) -> bytes:
    written: str | bytes = value.dumps(value.obj) if value.dumps is not None else json.dumps(value.obj)
    return written.encode() if isinstance(written, str) else written


def _otherwise(value: Any) -> Buffer | None:
    """The name of a state is a word; whatever else there is, as psycopg has it."""
    if isinstance(value, str):
        return _letters(str.__str__(value))
    sent: Buffer | None = Transformer().dump_sequence((value,), (PyFormat.TEXT,))[0]
    return sent


_WAYS: dict[type, Callable[[Any], bytes]] = {
    str: _letters,
    int: _printed,
    bool: _truth,
    datetime: _dated,
    date: _dated,
    Jsonb: _json,
}
