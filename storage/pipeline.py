"""What a transaction on PostgreSQL has still to say: what needs no answer waits for what does, and travels with it.

A message has twenty statements; a journey to the server for each was most of its price. Nothing is kept between
transactions, and an answer that came ahead is forgotten as soon as it could be old.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from psycopg.errors import InFailedSqlTransaction
from sqlalchemy import Connection

from storage.line import Line, Request, Statement

if TYPE_CHECKING:
    from psycopg.abc import Buffer

Row = tuple[Any, ...]

KEPT = "pipeline"
"""In `tx.info`, which lives as long as the connection does."""

_COMMIT = Statement(sql=b"COMMIT", tables=frozenset(), is_look=False, is_hold=False)


class Pipeline:
    """The statements that wait on one connection, and the answers that came before they were asked for."""

    __slots__ = ("_foreseen", "_line", "_waiting")

    def __init__(self, line: Line) -> None:
        self._line = line
        self._waiting: list[Request] = []
        self._foreseen: list[Request] = []

    @classmethod
    def of(cls, tx: Connection) -> Pipeline:
        info = tx.info
        found: Pipeline | None = info.get(KEPT)
        if found is None:
            found = info[KEPT] = cls(Line(tx.connection.driver_connection))
        return found

    def rows(self, statement: Statement, values: Sequence[Buffer | None]) -> list[Row]:
        return self._line.rows_of(self._answered(Request(statement, values)))

    def count(self, statement: Statement, values: Sequence[Buffer | None]) -> int:
        """How many rows it met."""
        return self._line.count_of(self._answered(Request(statement, values)))

    def later(self, statement: Statement, values: Sequence[Buffer | None]) -> None:
        """Before the next answer or the commit, whichever comes first."""
        request = Request(statement, values)
        self._outdate(statement)
        self._waiting.append(request)

    def foresee(self, statement: Statement, values: Sequence[Buffer | None]) -> None:
        """This will be asked soon: let it travel with what is asked before."""
        request = Request(statement, values)
        self._outdate(statement)
        self._waiting.append(request)
        self._foreseen.append(request)

    def flush(self) -> None:
        """Have done what waits, before somebody else uses the connection."""
        self._foreseen.clear()
        if self._waiting:
            self._converse()

    def commit(self) -> None:
        """What waits and the commit, in one journey."""
        self._foreseen.clear()
        if self._line.is_refused:  # the server would answer a commit with a rollback, and call that no error
            raise InFailedSqlTransaction("a statement of this transaction was refused")
        if self._waiting or self._line.is_in_transaction:
            self._waiting.append(Request(_COMMIT, ()))
            self._converse()

    def forget(self) -> None:
        """A transaction begins or is rolled back: what waited before is not meant any more."""
        self._foreseen.clear()
        self._waiting.clear()

    def _answered(self, request: Request) -> Request:
        found = self._take_foreseen(request) if self._foreseen else None
        if found is None:
            found = request
            self._outdate(request.statement)
            self._waiting.append(request)
        if found.answer is None:
            self._converse()
        return found

    def _take_foreseen(self, wanted: Request) -> Request | None:
        for number, request in enumerate(self._foreseen):
            if request.statement is wanted.statement and request.values == wanted.values:
                return self._foreseen.pop(number)
        return None

    def _outdate(self, statement: Statement) -> None:
        """Forget the answers that this statement makes old: by what it writes, or by waiting for somebody's commit."""
        if not self._foreseen or statement.is_look:
            return
        if statement.is_hold:
            self._foreseen.clear()
        else:
            changed = statement.tables
            self._foreseen = [one for one in self._foreseen if one.statement.tables.isdisjoint(changed)]

    def _converse(self) -> None:
        requests, self._waiting = self._waiting, []
        self._line.converse(requests)
