"""How a prepared statement runs on each database: its SQL, how values go in and come out, and what its errors mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from sqlalchemy import BindParameter, Connection, Executable, Table
from sqlalchemy.sql import visitors
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.types import TypeEngine

from storage.line import Statement
from storage.pipeline import Pipeline
from storage.refusals import as_sqlalchemy_says

Row = tuple[Any, ...]
Convert = Callable[[Any], Any]


class Plan:
    """One statement on one kind of database."""

    __slots__ = ("_binds", "_constants", "_results", "sql")

    def __init__(self, tx: Connection, statement: Executable) -> None:
        compiled = _compiled(tx, statement)
        self.sql = str(compiled)
        binds: dict[str, BindParameter[Any]] = compiled.binds
        self._binds = [(name, convert) for name, bind in binds.items() if (convert := _going_in(bind.type, tx))]
        self._constants = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        columns = [] if (found := getattr(statement, "exported_columns", None)) is None else list(found)
        self._results = [(n, convert) for n, column in enumerate(columns) if (convert := _coming_out(column.type, tx))]

    def rows(self, tx: Connection, values: Mapping[str, Any]) -> list[Row]:
        raise NotImplementedError

    def count(self, tx: Connection, values: Mapping[str, Any]) -> int:
        raise NotImplementedError

    def later(self, tx: Connection, values: Mapping[str, Any]) -> None:
        self.count(tx, values)

    def foresee(self, tx: Connection, values: Mapping[str, Any]) -> None:
        """Nothing, where the database is no journey away."""

    def _given(self, values: Mapping[str, Any]) -> dict[str, Any]:
        given = {**self._constants, **values}
        for name, convert in self._binds:
            given[name] = convert(given[name])
        return given

    def _converted(self, rows: list[Row]) -> list[Row]:
        if not self._results:
            return rows
        converted = []
        for row in rows:
            values = list(row)
            for number, convert in self._results:
                values[number] = convert(values[number])
            converted.append(tuple(values))
        return converted


class SqlitePlan(Plan):
    __slots__ = ("_order",)

    def __init__(self, tx: Connection, statement: Executable) -> None:
        super().__init__(tx, statement)
        self._order: list[str] = _compiled(tx, statement).positiontup

    def rows(self, tx: Connection, values: Mapping[str, Any]) -> list[Row]:
        cursor = self._run(tx, values)
        rows = cursor.fetchall()
        cursor.close()
        return self._converted(rows)

    def count(self, tx: Connection, values: Mapping[str, Any]) -> int:
        cursor = self._run(tx, values)
        count: int = cursor.rowcount
        cursor.close()
        return count

    def _run(self, tx: Connection, values: Mapping[str, Any]) -> Any:
        given = self._given(values)
        if not tx.in_transaction():
            tx.begin()
        cursor = tx.connection.cursor()
        with as_sqlalchemy_says(tx, self.sql):
            cursor.execute(self.sql, [given[name] for name in self._order])
        return cursor


class PostgresPlan(Plan):
    __slots__ = ("_order", "_statement")

    def __init__(self, tx: Connection, statement: Executable) -> None:
        super().__init__(tx, statement)
        self._order: list[str] = list(dict.fromkeys(_PLACE.findall(self.sql)))
        places = {name: f"${number}" for number, name in enumerate(self._order, 1)}
        sql = _PLACE.sub(lambda found: places[found[1]], self.sql).replace("%%", "%")
        is_select = bool(getattr(statement, "is_select", False))
        is_hold = is_select and getattr(statement, "_for_update_arg", None) is not None
        tables = (one.name for one in visitors.iterate(cast("ClauseElement", statement)) if isinstance(one, Table))
        self._statement = Statement(
            sql=sql.encode(), tables=frozenset(tables), is_look=is_select and not is_hold, is_hold=is_hold
        )

    def rows(self, tx: Connection, values: Mapping[str, Any]) -> list[Row]:
        pipeline, sent = self._ready(tx, values)
        with as_sqlalchemy_says(tx, self.sql):
            return self._converted(pipeline.rows(self._statement, sent))

    def count(self, tx: Connection, values: Mapping[str, Any]) -> int:
        pipeline, sent = self._ready(tx, values)
        with as_sqlalchemy_says(tx, self.sql):
            return pipeline.count(self._statement, sent)

    def later(self, tx: Connection, values: Mapping[str, Any]) -> None:
        pipeline, sent = self._ready(tx, values)
        pipeline.later(self._statement, sent)

    def foresee(self, tx: Connection, values: Mapping[str, Any]) -> None:
        pipeline, sent = self._ready(tx, values)
        pipeline.foresee(self._statement, sent)

    def _ready(self, tx: Connection, values: Mapping[str, Any]) -> tuple[Pipeline, list[Any]]:
        given = self._given(values)
        if not tx.in_transaction():
            tx.begin()
        return Pipeline.of(tx), [given[name] for name in self._order]


_PLACE = re.compile(r"%\((\w+)\)s")


def _compiled(tx: Connection, statement: Executable) -> Any:
    compiled = cast("Any", cast("ClauseElement", statement).compile(dialect=tx.dialect))
    if compiled.post_compile_params:
        raise ValueError("a prepared statement takes no list of values")
    return compiled


def _going_in(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).bind_processor(tx.dialect)


def _coming_out(kind: TypeEngine[Any], tx: Connection) -> Convert | None:
    return kind.dialect_impl(tx.dialect).result_processor(tx.dialect, None)
