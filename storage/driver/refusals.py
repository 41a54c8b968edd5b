"""What a driver raises, said as SQLAlchemy says it: whoever catches it need not know which way the statement went."""

from __future__ import annotations

from typing import Any, NoReturn

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def refuse(tx: Connection, error: Any, sql: str = "") -> NoReturn:
    """Raise it as SQLAlchemy would; a line that is lost is given up."""
    raise_if_only_looking(tx)
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


class WouldWriteError(BaseException):
    """Who only looks wanted to change something. No Exception: who looks after his own mistakes would take it for one."""


ONLY_LOOKS = "only_looks"
"""In `tx.info`: whatever is refused there is refused because it writes, or will be refused anew in earnest."""


def raise_if_only_looking(tx: Connection) -> None:
    if not tx.closed and not tx.invalidated and tx.info.get(ONLY_LOOKS):
        raise WouldWriteError
