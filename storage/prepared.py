"""Statements compiled once and run straight on the driver: SQLAlchemy writes the SQL, and stands aside while it runs.

Running a Core statement costs it some 100 µs of Python, SQLite's own share is 15 µs; on the way of every message that
is most of the price. Only fixed statements can be prepared: no list of values in an IN.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Executable

from storage.driver.plans import Plan, Row, SqlitePlan
from storage.last_words import Concerns


def is_far(tx: Connection) -> bool:
    """Is this database a journey away (PostgreSQL), so that it is worth saying what will be asked?"""
    return tx.dialect.name != "sqlite"


class Prepared:
    """One statement for every database it is run on; its parameters are `bindparam`s, given by name."""

    __slots__ = ("_plans", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._plans: dict[str, Plan] = {}

    def all(self, tx: Connection, values: Mapping[str, Any], *, of: Concerns | None = None) -> list[Row]:
        """Every row, its columns in the order of the statement. `of`: only rows about these are asked for."""
        return self._plan(tx).rows(tx, values, of)

    def first(self, tx: Connection, values: Mapping[str, Any], *, of: Concerns | None = None) -> Row | None:
        rows = self._plan(tx).rows(tx, values, of)
        return rows[0] if rows else None

    def change(self, tx: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it met."""
        return self._plan(tx).count(tx, values)

    def later(self, tx: Connection, values: Mapping[str, Any]) -> None:
        """What it does is done before anybody can see that it was not, at the latest by the commit; nobody waits for it
        (PostgreSQL). What goes wrong with it is raised there."""
        self._plan(tx).later(tx, values)

    def foresee(
        self, tx: Connection, values: Mapping[str, Any], *, of: Concerns | None = None, is_steady: bool = False
    ) -> None:
        """With the same values it will be asked for soon: its answer may come along with another's (PostgreSQL).

        `is_steady`: it tells who and where; it holds until this transaction writes to its tables, whatever it waits for."""
        self._plan(tx).foresee(tx, values, of, is_steady=is_steady)

    def _plan(self, tx: Connection) -> Plan:
        name = tx.dialect.name
        plan = self._plans.get(name)
        if plan is None:
            plan = self._plans[name] = _plan_for(name)(tx, self._statement)
        return plan


def _plan_for(dialect: str) -> type[Plan]:
    if dialect == "sqlite":
        return SqlitePlan
    from storage.driver.postgres import PostgresPlan

    return PostgresPlan
