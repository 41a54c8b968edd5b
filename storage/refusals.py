"""What a driver raises, said as SQLAlchemy says it: whoever catches it need not know which way the statement went."""

from __future__ import annotations

from types import TracebackType

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


class as_sqlalchemy_says:  # noqa: N801 - it reads as a sentence after `with`
    """Errors of the driver in this block come out as SQLAlchemy's; one that has lost the connection gives it up."""

    __slots__ = ("_sql", "_tx")

    def __init__(self, tx: Connection, sql: str = "") -> None:
        self._tx = tx
        self._sql = sql

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            return
        tx = self._tx
        base = tx.dialect.loaded_dbapi.Error
        if not isinstance(error, base):
            return
        is_gone = tx.dialect.is_disconnect(error, tx.connection, None)
        meant = DBAPIError.instance(
            self._sql,
            None,
            error,
            base,
            hide_parameters=True,
            connection_invalidated=is_gone,
            dialect=tx.dialect,
        )
        if is_gone:
            tx.invalidate(error)
        raise meant from error
