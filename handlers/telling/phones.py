"""The numbers at which people can be called, where the office has entered them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from storage.records.people import people


def phones_of(tx: Connection, person_ids: Collection[int]) -> dict[int, str]:
    """By person, of those of whom one is known."""
    rows = tx.execute(select(people.c.id, people.c.phone).where(people.c.id.in_(person_ids)))
    return {row.id: row.phone for row in rows if row.phone}
