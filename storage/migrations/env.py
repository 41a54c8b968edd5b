"""Alembic's entrance: runs on the connection it is handed; batch mode, since SQLite cannot alter a table in place."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.part_index import tell_parts
from storage.record import Id, Json, Moment
from storage.schema import metadata


def our_own_word(kind: str, item: object, written: Any) -> str | Literal[False]:
    """A new revision says `Moment()`, as the tables do, and not what a moment is made of."""
    words = {Id: "Id", Json: "Json()", Moment: "Moment()"}
    word = words.get(item if item is Id else type(item)) if kind == "type" else None
    if word is None:
        return False
    written.imports.add(f"from storage.record import {word.removesuffix('()')}")
    return word


tell_parts(metadata)
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=our_own_word,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
