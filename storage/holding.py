"""Rows that a transaction keeps from others until it ends. SQLite has one writer: there is nothing to hold.

They are held in one order: units, people, the rest, each by their numbers. Who comes to one out of this order does not wait
for it: two of those could wait for each other, and PostgreSQL would find out after a second. He runs again, and holds all of it in turn.
"""

from __future__ import annotations

from functools import cache

from sqlalchemy import Connection, Table, bindparam, select

from storage.prepared import Prepared

FIRST = ("units", "people")

IS_HASTY = "is_hasty"
"""In `tx.info`: who is refused a row because somebody else holds it will be run again."""

WANTED = "wanted_rows"
"""In `tx.info`: what this transaction held or was refused."""

Place = tuple[int, str, int]
"""In the order in which rows are held."""
Wanted = dict[Place, Table]


def hold(tx: Connection, table: Table, row_id: int) -> None:
    """Whoever else comes to this row waits until we have committed."""
    if tx.dialect.name != "postgresql":
        return
    from storage.driver.postgres import held_by

    held, place = held_by(tx), _place(table, row_id)
    if place not in held:
        is_in_turn = not held or place > max(held)
        held.add(place)
        tx.info.setdefault(WANTED, {})[place] = table
        _hold(table, waits=is_in_turn or not tx.info.get(IS_HASTY)).later(tx, {"id": row_id})


def hold_in_turn(tx: Connection, wanted: Wanted) -> None:
    """Who was refused a row holds from the beginning what he wanted then: once more he would come out of turn."""
    for (_rank, _name, row_id), table in sorted(wanted.items(), key=lambda one: one[0]):
        hold(tx, table, row_id)


def _place(table: Table, row_id: int) -> Place:
    rank = FIRST.index(table.name) if table.name in FIRST else len(FIRST)
    return rank, table.name, row_id


@cache
def _hold(table: Table, *, waits: bool) -> Prepared:
    found = select(table.c.id).where(table.c.id == bindparam("id"))
    return Prepared(found.with_for_update(key_share=True, nowait=not waits))
