"""An index of a part of a table is one in both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Column, Dialect, Index, Integer, MetaData, String, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex

from storage.database import Database
from storage.part_index import PART, part_index, tell_parts
from storage.schema import metadata


@pytest.mark.parametrize("words", [sqlite.dialect, postgresql.dialect], ids=["sqlite", "postgresql"])
def test_whoever_makes_tables_says_which_part(words: Callable[[], Dialect]) -> None:
    tables = MetaData()
    letters = Table("letters", tables, Column("number", Integer), Column("state", String))
    index = part_index("ix_letters_open", letters.c.number, where=letters.c.state == "open")
    assert "WHERE" not in _made(index, words())
    tell_parts(tables)
    assert _made(index, words()).endswith("WHERE state = 'open'")


def test_every_one_of_the_house_stands_so_in_the_database(database: Database) -> None:
    """Also where a later revision made it: an index of all rows would serve, and grow with the table."""
    looked = (
        "SELECT name, sql FROM sqlite_master" if database.is_sqlite else "SELECT indexname, indexdef FROM pg_indexes"
    )
    with database.engine.connect() as tx:
        made = {name: sql for name, sql in tx.exec_driver_sql(looked) if sql}
    indexes = [index for table in metadata.tables.values() for index in table.indexes if PART in index.info]
    assert indexes
    assert [index.name for index in indexes if "WHERE" not in made[index.name]] == []


def _made(index: Index, dialect: Dialect) -> str:
    return str(CreateIndex(index).compile(dialect=dialect))
