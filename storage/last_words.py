"""What a transaction says together, just before its commit: rows that many messages leave, in one statement.

Nobody need remember that it was not said yet: whatever else is asked in ordinary SQLAlchemy, it is said before.
Statements that run prepared and touch the same tables call `say_last_words` themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Engine, event

Say = Callable[[Connection, Mapping[str, Any]], None]

MEANT = "last_words"
"""In the connection of the transaction."""


def mean(tx: Connection, say: Say, what: Mapping[str, Any]) -> None:
    """Have `say` told of these at the end, all that is meant together; of two with one key the first counts."""
    meant = vars(tx).setdefault(MEANT, {}).setdefault(say, {})
    for key, value in what.items():
        meant.setdefault(key, value)


def say_last_words(tx: Connection, *_of_statement: Any) -> None:
    for say, meant in vars(tx).pop(MEANT, {}).items():
        say(tx, meant)


def attend(engine: Engine) -> None:
    """An ordinary statement, a savepoint or a commit comes: what was meant comes before it, unless it is taken back."""
    event.listen(engine, "before_cursor_execute", say_last_words)
    event.listen(engine, "commit", say_last_words)
    event.listen(engine, "rollback", _take_back)
    event.listen(engine, "rollback_savepoint", _take_back)


def _take_back(tx: Connection, *_of_savepoint: Any) -> None:
    """Whatever was meant before the savepoint was said when it began."""
    vars(tx).pop(MEANT, None)
