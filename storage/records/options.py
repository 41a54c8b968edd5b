"""Small settings that belong to the body and not to the machine: its name, who we are on each platform."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, String, Table, select

from storage.inserts import insert_or_update
from storage.record import Json, metadata

options = Table(
    "options",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("value", Json, nullable=False),
)


def option(tx: Connection, name: str, default: Any = None) -> Any:
    row = tx.execute(select(options.c.value).where(options.c.name == name)).first()
    return default if row is None else row.value


def options_under(tx: Connection, prefix: str) -> dict[str, Any]:
    """Name (without the prefix) → value of every option whose name begins so, in the order of the names."""
    begins = options.c.name.startswith(prefix, autoescape=True)
    rows = tx.execute(select(options.c.name, options.c.value).where(begins).order_by(options.c.name))
    return {row.name.removeprefix(prefix): row.value for row in rows}


def set_option(tx: Connection, name: str, value: Any) -> None:
    insert_or_update(tx, options, {"name": name, "value": value}, key=("name",))
