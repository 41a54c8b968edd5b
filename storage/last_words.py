"""What a transaction says together, just before its commit: rows that many messages leave, in one statement.

Nobody need remember that it was not said yet: whatever else is asked in ordinary SQLAlchemy, and every prepared statement
on one of its tables, comes behind it; only who says whom he asks about need not wait for what concerns others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, event

Say = Callable[[Connection, Mapping[Any, Any]], None]
Concerns = frozenset[tuple[str, int]]
"""Whom rows are about: ("unit", 3), ("person", 7), ("reporter", 7)."""

MEANT = "last_words"
"""In the connection of the transaction."""


class _Meant:
    """What is to be said by each way of saying it, and whom it concerns in each table (none: anybody)."""

    __slots__ = ("tables", "what")

    def __init__(self) -> None:
        self.what: dict[Say, dict[Hashable, Any]] = {}
        self.tables: dict[str, Concerns | None] = {}


def mean(
    tx: Connection, say: Say, what: Mapping[Any, Any], *, tables: Collection[str], of: Concerns | None = None
) -> None:
    """Have `say` told of these at the end, all that is meant together; of two with one key the first counts.

    `tables` it writes to, about these concerns and nobody else's (none: that is not known)."""
    kept = vars(tx)
    meant: _Meant | None = kept.get(MEANT)
    if meant is None:
        meant = kept[MEANT] = _Meant()
    together = meant.what.setdefault(say, {})
    for key, value in what.items():
        together.setdefault(key, value)
    for table in tables:
        before = meant.tables.get(table, frozenset())
        meant.tables[table] = None if of is None or before is None else before | of


def is_meant(tx: Connection, say: Say) -> Mapping[Any, Any]:
    """What `say` is going to be told, as it stands."""
    meant: _Meant | None = vars(tx).get(MEANT)
    return {} if meant is None else meant.what.get(say, {})


def say_before(tx: Connection, tables: frozenset[str], of: Concerns | None = None) -> None:
    """These tables are asked for: what was meant for them is said now, unless it concerns others than those asked about."""
    meant: _Meant | None = vars(tx).get(MEANT)
    if meant is None or meant.tables.keys().isdisjoint(tables):
        return
    for table in tables:
        concerned = meant.tables.get(table, frozenset())
        if concerned is None or (concerned and (of is None or not concerned.isdisjoint(of))):
            say_last_words(tx)
            return


def say_last_words(tx: Connection, *_of_statement: Any) -> None:
    meant: _Meant | None = vars(tx).pop(MEANT, None)
    if meant is not None:
        for say, what in meant.what.items():
            say(tx, what)


def attend(engine: Engine) -> None:
    """An ordinary statement, a savepoint or a commit comes: what was meant comes before it, unless it is taken back."""
    event.listen(engine, "before_cursor_execute", say_last_words)
    event.listen(engine, "commit", say_last_words)
    event.listen(engine, "rollback", _take_back)
    event.listen(engine, "rollback_savepoint", _take_back)


def _take_back(tx: Connection, *_of_savepoint: Any) -> None:
    """Whatever was meant before the savepoint was said when it began."""
    vars(tx).pop(MEANT, None)
