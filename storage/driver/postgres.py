"""What is PostgreSQL's own: how a prepared statement runs there, and when what waits on a connection is said.

Imported only where there is such a server: psycopg is a twentieth of a start.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, Executable, event

from storage.driver.line import Statement
from storage.driver.pipeline import KEPT, Pipeline
from storage.driver.plans import PLACE, Plan, Row
from storage.driver.refusals import refuse
from storage.last_words import Concerns, say_before


class PostgresPlan(Plan):
    __slots__ = ("_statement",)

    def __init__(self, tx: Connection, statement: Executable) -> None:
        super().__init__(tx, statement)
        places = {name: f"${number}" for number, name in enumerate(self._order, 1)}
        sql = PLACE.sub(lambda found: places[found[1]], self.sql).replace("%%", "%")
        is_select = bool(getattr(statement, "is_select", False))
        is_hold = is_select and getattr(statement, "_for_update_arg", None) is not None
        self._statement = Statement(
            sql=sql.encode(),
            tables=self.tables,
            is_look=is_select and not is_hold and "nextval(" not in sql,
            is_hold=is_hold,
        )

    def rows(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None) -> list[Row]:
        pipeline = self._pipeline(tx, of)
        try:
            rows = pipeline.rows(self._statement, self._sent(values))
        except psycopg.Error as error:
            refuse(tx, error, self.sql)
        return self._converted(rows) if rows else rows

    def count(self, tx: Connection, values: Mapping[str, Any]) -> int:
        pipeline = self._pipeline(tx)
        try:
            return pipeline.count(self._statement, self._sent(values))
        except psycopg.Error as error:
            refuse(tx, error, self.sql)

    def later(self, tx: Connection, values: Mapping[str, Any]) -> None:
        self._pipeline(tx).later(self._statement, self._sent(values))

    def foresee(self, tx: Connection, values: Mapping[str, Any], of: Concerns | None, *, is_steady: bool) -> None:
        self._pipeline(tx, of).foresee(self._statement, self._sent(values), is_steady=is_steady)

    def _pipeline(self, tx: Connection, of: Concerns | None = None) -> Pipeline:
        say_before(tx, self._needed, of)
        return _pipeline_of(tx)


def _pipeline_of(tx: Connection) -> Pipeline:
    if not tx.in_transaction():
        tx.begin()
    kept = vars(tx)  # `tx.info` lies behind three properties, and a message asks twenty times
    found: Pipeline | None = kept.get(KEPT)
    if found is None:
        found = kept[KEPT] = Pipeline.of(tx)
    return found


def held_by(tx: Connection) -> set[tuple[int, str, int]]:
    """What this transaction holds, as far as it was noted here (storage/holding.py)."""
    return _pipeline_of(tx).held


OUR_DAYS = "SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'"
"""Whatever the server, the database or the account is set to: days in another order cannot be read."""
ALONE = "SET max_parallel_workers_per_gather = 0; SET jit = off; SET random_page_cost = 1.1"
"""We ask for little, many at a time: to start a worker or to compile a plan takes longer than the answer (a day's roll-up
15 to 20 ms with a worker, 4 without). What we ask for is nearly always in memory: a page out of turn costs hardly more than the
next one, and the latest report of a person is the end of an index, not a heap of all of them to be sorted."""

KEPT_AT_THE_COMMIT = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
"""What we confirm to a platform must be on the disk: it never tells it again. Other ways of waiting are stronger, or the owner's own."""


def attend(engine: Engine) -> None:
    """Whatever else happens on a connection, what waits there is said before it, or forgotten with its transaction."""
    event.listen(engine, "connect", _prepare_postgres)
    event.listen(engine, "begin", _forget_what_waits)
    event.listen(engine, "rollback", _forget_what_waits)
    event.listen(engine, "rollback_savepoint", _forget_what_waits)
    event.listen(engine, "before_cursor_execute", _say_what_waits)
    event.listen(engine, "commit", _commit_with_what_waits)


def _prepare_postgres(connection: Any, _record: Any) -> None:
    connection.autocommit = True  # or a rollback would take it back
    connection.execute(f"{OUR_DAYS}; {ALONE}; {KEPT_AT_THE_COMMIT}")
    connection.autocommit = False


def _forget_what_waits(connection: Connection, *_of_savepoint: Any) -> None:
    if not connection.invalidated and (waiting := connection.info.get(KEPT)) is not None:
        waiting.forget()


def _say_what_waits(connection: Connection, *_of_statement: Any) -> None:
    """An ordinary statement comes: what was said before it comes before it."""
    if (waiting := connection.info.get(KEPT)) is not None:
        try:
            waiting.flush()
        except psycopg.Error as error:
            refuse(connection, error)


def _commit_with_what_waits(connection: Connection) -> None:
    if (waiting := connection.info.get(KEPT)) is not None:
        try:
            waiting.commit()
        except psycopg.Error as error:
            refuse(connection, error)
