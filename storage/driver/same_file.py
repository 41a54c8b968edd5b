"""A SQLite file that was removed or replaced under us is written no more: nobody would ever find again what we wrote.

SQLite looks for that itself, but not where there is a write-ahead log.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError


class SameFile:
    """Of one engine: the file that its first connection opened, until the engine lets go of all of them."""

    def __init__(self) -> None:
        self._path = Path()
        self._inode: tuple[int, int] | None = None

    def remember(self, connection: Any, _record: Any) -> None:
        """A connection has been opened (sqlite3's own)."""
        if self._inode is None and (path := connection.execute("PRAGMA database_list").fetchone()[2]):
            self._path = Path(path)
            self._inode = _inode_of(self._path)

    def forget(self, _engine: Engine) -> None:
        self._inode = None

    def must_stand(self, connection: Connection) -> None:
        """Before a transaction that writes. Raises what means that the database is away."""
        if connection.get_execution_options().get("read_only", False) or self._inode is None:
            return
        if (moved := self._was_moved()) is not None:
            raise OperationalError("BEGIN", None, moved)

    def must_be_there(self, *_of_connecting: Any) -> None:
        """Before another connection is opened: it would find an empty file, or strange rows."""
        if self._inode is not None and (moved := self._was_moved()) is not None:
            raise moved

    def _was_moved(self) -> sqlite3.OperationalError | None:
        if _inode_of(self._path) == self._inode:
            return None
        moved = sqlite3.OperationalError("the file was moved")
        moved.sqlite_errorcode = sqlite3.SQLITE_READONLY_DBMOVED
        return moved


def _inode_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
