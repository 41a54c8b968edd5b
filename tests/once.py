"""What a worker does once for all of its tests, where the house would do it anew for each database it opens."""

from __future__ import annotations

import gc
from typing import Any

from sqlalchemy import Connection, Engine, event

from storage.engine import AS_JSON

SEEN_OLD_ENOUGH = (10_000, 20, 50)
"""New things, young rounds, middle rounds before garbage is looked for; Python's own 700, 10, 10 take a fifth of a journey."""


class _Compiled(dict[Any, Any]):
    """Statements by the kind of database they were written for, not by the engine: each test makes engines of its own."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get((type(key[0]), *key[1:]), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__((type(key[0]), *key[1:]), compiled)


def share_compiled_statements() -> None:
    """Among the engines that the house makes; they are set up alike (storage/engine.py)."""
    compiled = _Compiled()

    def take(connection: Connection) -> None:
        if getattr(connection.dialect, "_json_serializer", None) is AS_JSON["json_serializer"]:
            connection.execution_options(compiled_cache=compiled)

    event.listen(Engine, "engine_connect", take)


def look_for_garbage_seldom() -> None:
    """Call it when all modules are there: they are never garbage. What was left open is found at the end at the latest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SEEN_OLD_ENOUGH)
