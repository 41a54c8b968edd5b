"""What a transaction says together, just before its commit: rows that many messages leave, in one statement.

Nobody need remember that it was not said yet: whatever else is asked in ordinary SQLAlchemy, and every prepared statement
on one of its tables, comes behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event

MEANT = "last_words"
"""In the connection of the transaction."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LastWords:
    """A way to say many things at once: `say(tx, what)`, and the tables it writes to."""

    say: Callable[[Connection, Mapping[Any, Any]], None]
    tables: frozenset[str]


@dataclass(slots=True)
class _Meant:
    what: dict[LastWords, dict[Hashable, Any]] = field(default_factory=dict)
    tables: frozenset[str] = frozenset()


def mean(tx: Connection, words: LastWords, what: Mapping[Any, Any]) -> None:
    """Have these said at the end, all that is meant together; of two with one key the first counts."""
    kept = vars(tx)
    meant: _Meant | None = kept.get(MEANT)
    if meant is None:
        meant = kept[MEANT] = _Meant()
    together = meant.what.get(words)
    if together is None:
        together = meant.what[words] = {}
        meant.tables |= words.tables
    for key, value in what.items():
        together.setdefault(key, value)


def say_before(tx: Connection, tables: frozenset[str]) -> None:
    """These tables are asked for: what was meant for them is said now."""
    meant: _Meant | None = vars(tx).get(MEANT)
    if meant is not None and not meant.tables.isdisjoint(tables):
        say_last_words(tx)


def say_last_words(tx: Connection, *_of_statement: Any) -> None:
    meant: _Meant | None = vars(tx).pop(MEANT, None)
    if meant is not None:
        for words, what in meant.what.items():
            words.say(tx, what)


def attend(engine: Engine) -> None:
    """An ordinary statement, a savepoint or a commit comes: what was meant comes before it, unless it is taken back."""
    event.listen(engine, "before_cursor_execute", say_last_words)
    event.listen(engine, "commit", say_last_words)
    event.listen(engine, "rollback", _take_back)
    event.listen(engine, "rollback_savepoint", _take_back)


def _take_back(tx: Connection, *_of_savepoint: Any) -> None:
    """Whatever was meant before the savepoint was said when it began."""
    vars(tx).pop(MEANT, None)
