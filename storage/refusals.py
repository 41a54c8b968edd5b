"""What a driver raises, said as SQLAlchemy says it: whoever catches it need not know which way the statement went."""

from __future__ import annotations

from typing import Any, NoReturn

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def refuse(tx: Connection, error: Any, sql: str = "") -> NoReturn:
    """Raise it as SQLAlchemy would; a line that is lost is given up."""
    is_gone = tx.dialect.is_disconnect(error, tx.connection, None)
    meant = DBAPIError.instance(
        sql,
        None,
        error,
        tx.dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=is_gone,
        dialect=tx.dialect,
    )
    if is_gone:
        tx.invalidate(error)
    raise meant from error
