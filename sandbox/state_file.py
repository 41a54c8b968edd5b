"""Keeps the world through restarts: what changed is written within a moment, each batch in one transaction of one SQLite file."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from sandbox.refusal import Refusal

WRITE_AFTER = 0.25
OPENING = (
    "PRAGMA locking_mode=EXCLUSIVE",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=NORMAL",
    "CREATE TABLE IF NOT EXISTS kept (kind TEXT, key TEXT, body TEXT, PRIMARY KEY (kind, key))",
    "BEGIN IMMEDIATE",
    "COMMIT",
)


class Saveable(Protocol):
    def as_json(self) -> dict[str, Any]: ...


class StateFile:
    """Without a path nothing is kept and touching costs nothing."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._changed: dict[tuple[str, str], Saveable | None] = {}
        self._work = asyncio.Event()
        self._database = self._open(path) if path else None

    @staticmethod
    def _open(path: Path) -> sqlite3.Connection:
        """For one messenger only: a second one on the same file would mix two worlds."""
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, isolation_level=None, timeout=0.5)
        try:
            for statement in OPENING:
                database.execute(statement)
        except sqlite3.DatabaseError as error:
            database.close()
            reason = "đang được nơi khác dùng" if "locked" in str(error) else "không phải tệp của phòng thử"
            raise Refusal(f"Tệp trạng thái {path} {reason}.") from None
        return database

    @property
    def folder(self) -> Path | None:
        """Where uploaded bytes live: beside the file."""
        return self.path.with_name(self.path.name + ".files") if self.path else None

    def touch(self, kind: str, key: str, thing: Saveable | None) -> None:
        if self._database is not None:
            self._changed[kind, key] = thing
            self._work.set()

    def load(self, kind: str) -> Iterator[dict[str, Any]]:
        if self._database is not None:
            rows = self._database.execute("SELECT body FROM kept WHERE kind = ? ORDER BY rowid", (kind,)).fetchall()
            yield from (json.loads(body) for (body,) in rows)

    def flush(self) -> None:
        if self._database is None or not self._changed:
            return
        changed, self._changed = self._changed, {}
        self._database.execute("BEGIN IMMEDIATE")
        self._database.executemany(
            "INSERT INTO kept VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            [(kind, key, _text(thing)) for (kind, key), thing in changed.items() if thing is not None],
        )
        self._database.executemany(
            "DELETE FROM kept WHERE kind = ? AND key = ?", [name for name, thing in changed.items() if thing is None]
        )
        self._database.execute("COMMIT")

    async def keep_writing(self) -> None:
        while True:
            await self._work.wait()
            await asyncio.sleep(WRITE_AFTER)
            self._work.clear()
            self.flush()

    def close(self) -> None:
        self.flush()
        if self._database is not None:
            self._database.close()
            self._database = None


def _text(thing: Saveable) -> str:
    return json.dumps(thing.as_json(), ensure_ascii=False)
