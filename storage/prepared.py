"""Statements compiled once and run straight on the driver: SQLAlchemy writes the SQL, and stands aside while it runs.

Running a Core statement costs it some 100 µs of Python, SQLite's own share is 15 µs; on the way of every message that
is most of the price. Only fixed statements can be prepared: no list of values in an IN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn, cast

from sqlalchemy import BindParameter, Connection, Executable
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


class Prepared:
    """One statement for every database it is run on; its parameters are `bindparam`s, given by name."""

    __slots__ = ("_plans", "_statement")

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._plans: dict[str, _Plan] = {}

    def all(self, tx: Connection, values: Mapping[str, Any]) -> list[Row]:
        """Every row, its columns in the order of the statement."""
        plan = self._plan(tx)
        cursor = plan.run(tx, values)
        rows = cursor.fetchall()
        cursor.close()
        return [plan.converted(row) for row in rows] if plan.results else rows

    def first(self, tx: Connection, values: Mapping[str, Any]) -> Row | None:
        plan = self._plan(tx)
        cursor = plan.run(tx, values)
        row = cursor.fetchone()
        cursor.close()
        return plan.converted(row) if row is not None and plan.results else row

    def change(self, tx: Connection, values: Mapping[str, Any]) -> int:
        """How many rows it met."""
        cursor = self._plan(tx).run(tx, values)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _plan(self, tx: Connection) -> _Plan:
        plan = self._plans.get(tx.dialect.name)
        if plan is None:
            plan = self._plans[tx.dialect.name] = _Plan(tx, self._statement)
        return plan


class _Plan:
    """The SQL of one database, and how values go in and come out."""

    __slots__ = ("_binds", "_constants", "_order", "_sql", "results")

    def __init__(self, tx: Connection, statement: Executable) -> None:
        element = cast("ClauseElement", statement)
        compiled = cast("Any", element.compile(dialect=tx.dialect))
        if compiled.post_compile_params:
            raise ValueError("a prepared statement takes no list of values")
        self._sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        binds: dict[str, BindParameter[Any]] = compiled.binds
        self._binds = [(name, convert) for name, bind in binds.items() if (convert := _going_in(bind.type, tx))]
        self._constants = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        columns = [] if (found := getattr(statement, "exported_columns", None)) is None else list(found)
        self.results = [(n, convert) for n, column in enumerate(columns) if (convert := _coming_out(column.type, tx))]

    def run(self, tx: Connection, values: Mapping[str, Any]) -> Any:
        """A cursor that has run it; what goes wrong is raised as SQLAlchemy would raise it."""
        given = {**self._constants, **values}
        for name, convert in self._binds:
            given[name] = convert(given[name])
        if not tx.in_transaction():
            tx.begin()
        cursor = tx.connection.cursor()
        try:
            cursor.execute(self._sql, given if self._order is None else [given[name] for name in self._order])
        except tx.dialect.loaded_dbapi.Error as error:
            self._refuse(tx, cursor, error)
        return cursor

    def converted(self, row: Row) -> Row:
        values = list(row)
        for number, convert in self.results:
            values[number] = convert(values[number])
        return tuple(values)

    def _refuse(self, tx: Connection, cursor: Any, error: Any) -> NoReturn:
        base = tx.dialect.loaded_dbapi.Error
        is_gone = tx.dialect.is_disconnect(error, tx.connection, cursor)
        meant = DBAPIError.instance(
            self._sql, None, error, base, hide_parameters=True, connection_invalidated=is_gone, dialect=tx.dialect
        )
        if is_gone:
            tx.invalidate(error)
        raise meant from error


def _going_in(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).bind_processor(tx.dialect)


def _coming_out(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).result_processor(tx.dialect, None)
