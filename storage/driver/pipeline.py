"""What a transaction on PostgreSQL has still to say: what needs no answer waits for what does, and travels with it.

A message has twenty statements; a journey to the server for each was most of its price. Nothing is kept between
transactions, and an answer that came ahead is forgotten as soon as it could be old.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg.errors import InFailedSqlTransaction
from sqlalchemy import Connection

from storage.driver.line import Line, Request, Statement

Row = tuple[Any, ...]

Foreseen = dict[tuple[Any, ...], Request]
"""By the statement and its values: the question whose answer is there, or on its way."""

KEPT = "pipeline"
"""In `tx.info`, which lives as long as the connection does."""

_COMMIT = Statement(sql=b"COMMIT", tables=frozenset(), is_look=False, is_hold=False)


class Pipeline:
    """The statements that wait on one connection, and the answers that came before they were asked for."""

    __slots__ = ("_foreseen", "_line", "_steady", "_steady_tables", "_waiting", "held")

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: list[Request] = []
        self._foreseen: Foreseen = {}
        self._steady: Foreseen = {}
        self._steady_tables: set[str] = set()
        self.held: set[tuple[int, str, int]] = set()

    @classmethod
    def of(cls, tx: Connection) -> Pipeline:
        info = tx.info
        found: Pipeline | None = info.get(KEPT)
        if found is None:
            found = info[KEPT] = cls(Line(tx.connection.driver_connection))
        return found

    def rows(self, statement: Statement, values: Sequence[Any]) -> list[Row]:
        return self._line.rows_of(self._answered(statement, values))

    def count(self, statement: Statement, values: Sequence[Any]) -> int:
        """How many rows it met."""
        return self._line.count_of(self._answered(statement, values))

    def later(self, statement: Statement, values: Sequence[Any]) -> None:
        """Before the next answer or the commit, whichever comes first."""
        if statement.is_hold:
            self.foresee(statement, values, is_steady=True)
            return
        request = self._request(statement, values)
        self._outdate(statement)
        self._waiting.append(request)

    def foresee(self, statement: Statement, values: Sequence[Any], *, is_steady: bool) -> None:
        """This will be asked soon: let it travel with what is asked before. `is_steady`: who and where, which no lock of
        ours guards: waiting for one does not make it old."""
        key = (statement, *values)
        if self._find(key) is None:
            self._ask(key, is_kept=True, is_steady=is_steady or statement.is_hold)

    def flush(self) -> None:
        """Have done what waits, before somebody else uses the connection."""
        self._forget_foreseen()
        if self._waiting:
            self._converse()

    def commit(self) -> None:
        """What waits and the commit, in one journey."""
        self._forget_foreseen()
        self.held.clear()
        if self._line.is_refused:  # the server would answer a commit with a rollback, and call that no error
            raise InFailedSqlTransaction("a statement of this transaction was refused")
        if self._waiting or self._line.is_in_transaction:
            self._waiting.append(Request(_COMMIT, ()))
            self._converse()

    def forget(self) -> None:
        """A transaction begins or is rolled back: what waited before is not meant any more."""
        self._forget_foreseen()
        self._waiting.clear()
        self.held.clear()

    def _request(self, statement: Statement, values: Sequence[Any]) -> Request:
        return Request(statement, self._line.as_sent(values))

    def _answered(self, statement: Statement, values: Sequence[Any]) -> Request:
        key = (statement, *values)
        found = self._find(key)
        if found is None:
            found = self._ask(key, is_kept=statement.is_hold, is_steady=True)
        elif not (statement.is_look or statement.is_hold):
            del self._foreseen[key]  # it does something, and again if it is said again
        if found.answer is None:
            self._converse()
        return found

    def _find(self, key: tuple[Any, ...]) -> Request | None:
        return self._foreseen.get(key) or self._steady.get(key)

    def _ask(self, key: tuple[Any, ...], *, is_kept: bool, is_steady: bool) -> Request:
        """With what is said next. What we hold is kept like what is steady: nobody else changes it, and once is enough."""
        statement, *values = key
        self._outdate(statement)
        request = self._request(statement, values)
        self._waiting.append(request)
        if is_kept:
            (self._steady if is_steady else self._foreseen)[key] = request
            if is_steady:
                self._steady_tables |= statement.tables
        return request

    def _outdate(self, statement: Statement) -> None:
        """Forget the answers that this statement makes old: by what it writes, or by waiting for somebody's commit."""
        if statement.is_look:
            return
        if statement.is_hold:
            self._foreseen.clear()
            return
        if self._foreseen:
            self._foreseen = _not_of(statement.tables, self._foreseen)
        if not self._steady_tables.isdisjoint(statement.tables):
            self._steady = _not_of(statement.tables, self._steady)

    def _forget_foreseen(self) -> None:
        self._foreseen.clear()
        self._steady.clear()
        self._steady_tables.clear()

    def _converse(self) -> None:
        requests, self._waiting = self._waiting, []
        self._line.converse(requests)


def _not_of(tables: frozenset[str], foreseen: Foreseen) -> Foreseen:
    return {key: request for key, request in foreseen.items() if key[0].tables.isdisjoint(tables)}
