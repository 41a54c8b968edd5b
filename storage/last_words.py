"""What a transaction says once, just before its commit, however many messages of it meant the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

Say = Callable[[Connection, Mapping[str, Any]], None]

MEANT = "last_words"
"""In the connection of the transaction."""


def mean(tx: Connection, say: Say, keys: Iterable[str], value: Any) -> None:
    """Have `say` told of these keys at the end, each once. For what nobody asks for within the transaction, and what is
    harmless where a part of it was taken back."""
    vars(tx).setdefault(MEANT, {}).setdefault(say, {}).update(dict.fromkeys(keys, value))


def say_last_words(tx: Connection) -> None:
    for say, meant in vars(tx).pop(MEANT, {}).items():
        say(tx, meant)
