"""How a prepared statement runs on each database: its SQL, how values go in and come out, and what its errors mean."""

from __future__ import annotations

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Executable, Table
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

from storage.driver.refusals import refuse
from storage.last_words import Concerns, say_before

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]

EXECUTE = "sqlite_execute"
"""In the SQLAlchemy connection, which is given up after any failure: the driver's own way to run a statement."""

PLACE = re.compile(r"%\((\w+)\)s")
"""Where a value goes, in psycopg's words."""


class Plan(ABC):
    """One statement on one kind of database."""

    __slots__ = ("_given", "_needed", "_order", "_results", "_sheet", "sql", "tables")

    def __init__(self, tx: Connection, statement: Executable) -> None:
        compiled = cast("Any", cast("ClauseElement", statement).compile(dialect=tx.dialect))
        if compiled.post_compile_params:
            raise ValueError("a prepared statement takes no list of values")
        self.sql = str(compiled)
        every = visitors.iterate(cast("ClauseElement", statement))
        self.tables = frozenset(one.name for one in every if isinstance(one, Table))  # all that it reads or writes
        self._needed = self.tables | _referred_to(getattr(statement, "table", None))
        self._order: list[str] = compiled.positiontup or list(dict.fromkeys(PLACE.findall(self.sql)))
        binds: dict[str, BindParameter[Any]] = compiled.binds
        places = [(place, name, _going_in(binds[name].type, tx)) for place, name in enumerate(self._order)]
        self._given = [one for one in places if binds[one[1]].required]
        self._sheet: list[Any] = [None] * len(places)  # the constants, with room for what is given
        for place, name, convert in places:
            if not binds[name].required:
                self._sheet[place] = _as_is(binds[name].effective_value, convert)
        columns = [] if (found := getattr(statement, "exported_columns", None)) is None else list(found)
        coming_out = ((place, _coming_out(column.type, tx)) for place, column in enumerate(columns))
        self._results = [(place, convert) for place, convert in coming_out if convert is not None]

    @abstractmethod
    def rows(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None) -> list[Row]: ...

    @abstractmethod
    def count(self, tx: Connection, values: Mapping[str, Any]) -> int: ...

    def later(self, tx: Connection, values: Mapping[str, Any]) -> None:
        self.count(tx, values)

    @abstractmethod
    def foresee(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None, *, is_steady: bool) -> None: ...

    def _sent(self, values: Mapping[str, Any]) -> list[Any]:
        """The values as the driver takes them, in the order of the statement."""
        sent = self._sheet.copy()
        for place, name, convert in self._given:
            value = values[name]
            sent[place] = value if convert is None else convert(value)
        return sent

    def _converted(self, rows: list[Row]) -> list[Row]:
        """The rows as the tables say; most looks find one or none."""
        results = self._results
        if not results:
            return rows
        converted = []
        for row in rows:
            values = list(row)
            for place, convert in results:
                if values[place] is not None:
                    values[place] = convert(values[place])
            converted.append(tuple(values))
        return converted


class SqlitePlan(Plan):
    __slots__ = ()

    def rows(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None) -> list[Row]:
        rows: list[Row] = self._run(tx, values, of).fetchall()
        return self._converted(rows) if rows else rows

    def count(self, tx: Connection, values: Mapping[str, Any]) -> int:
        count: int = self._run(tx, values, None).rowcount
        return count

    def foresee(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None, *, is_steady: bool) -> None:
        """Nothing: this database is no journey away."""

    def _run(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None) -> Any:
        say_before(tx, self._needed, of)
        sent = self._sent(values)
        if not tx.in_transaction():
            tx.begin()
        kept = vars(tx)  # the driver lies behind three properties, and a message asks fifteen times
        execute = kept.get(EXECUTE)
        if execute is None:
            execute = kept[EXECUTE] = cast("Any", tx.connection.driver_connection).execute
        try:
            return execute(self.sql, sent)
        except sqlite3.Error as error:
            refuse(tx, error, self.sql)


def _referred_to(target: Table | None) -> frozenset[str]:
    """The tables in which rows must stand before others can point to them."""
    keys = () if target is None else target.foreign_keys
    return frozenset(key.column.table.name for key in keys)


def _as_is(constant: Any, convert: Convert | None) -> Any:
    """A constant as the driver takes it; the name of a state as a plain word, which sqlite3 takes without asking around."""
    value = constant if convert is None else convert(constant)
    return value.value if isinstance(value, StrEnum) else value


def _going_in(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).bind_processor(tx.dialect)


def _coming_out(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).result_processor(tx.dialect, None)
