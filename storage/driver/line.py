"""The line to PostgreSQL below psycopg's cursor: statements prepared once on a connection, several in one journey.

A cursor takes some 50 µs of Python for each statement; libpq itself takes five.
"""

from __future__ import annotations

import select
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import OperationalError
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus

if TYPE_CHECKING:
    from psycopg.abc import Buffer
    from psycopg.pq.abc import PGresult

FAILED = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement:
    """One statement in PostgreSQL's words (`$1`), and what it does to answers that were fetched before it."""

    sql: bytes
    tables: frozenset[str]  # all that it reads or writes
    is_look: bool  # it changes nothing and holds nothing
    is_hold: bool  # it may wait for another's commit: what was looked at before it is old then


class Request:
    """A statement with its values as they are sent, and the server's answer once it is there."""

    __slots__ = ("answer", "statement", "values")

    def __init__(self, statement: Statement, values: Sequence[Buffer | None]) -> None:
        self.statement = statement
        self.values = values
        self.answer: PGresult | None = None


_BEGIN = Statement(sql=b"BEGIN", tables=frozenset(), is_look=False, is_hold=False)


class Line:
    """One psycopg connection, used by one thread at a time."""

    __slots__ = ("_names", "_pgconn", "_poll", "_prepared", "_transformer")

    def __init__(self, connection: Any) -> None:
        self._pgconn = connection.pgconn
        self._transformer = Transformer(connection)
        self._poll = select.poll()
        self._poll.register(self._pgconn.socket, select.POLLIN)
        self._names: dict[bytes, bytes] = {}
        self._prepared = 0

    @property
    def is_in_transaction(self) -> bool:
        """Begun, and nothing of it refused."""
        return bool(self._pgconn.transaction_status == TransactionStatus.INTRANS)

    @property
    def is_refused(self) -> bool:
        return bool(self._pgconn.transaction_status == TransactionStatus.INERROR)

    def as_sent(self, values: Sequence[Any]) -> Sequence[Buffer | None]:
        """In PostgreSQL's text form: it knows the type from the statement."""
        return self._transformer.dump_sequence(values, [PyFormat.TEXT] * len(values))

    def rows_of(self, request: Request) -> list[tuple[Any, ...]]:
        answer = _answer_of(request)
        if not answer.ntuples:
            return []
        self._transformer.set_pgresult(answer)
        return self._transformer.load_rows(0, answer.ntuples, tuple)

    def count_of(self, request: Request) -> int:
        return _answer_of(request).command_tuples or 0

    def converse(self, requests: list[Request]) -> None:
        """Send all of them and hear their answers; raises what the first refusal means, and what follows it is undone."""
        if self._pgconn.transaction_status == TransactionStatus.IDLE:
            requests = [Request(_BEGIN, ()), *requests]
        try:
            self._pgconn.enter_pipeline_mode()
            asked, new = self._send(requests)
            answers = self._hear()
            self._pgconn.exit_pipeline_mode()
        except BaseException:
            self._pgconn.finish()  # broken off in mid-sentence: nobody could make sense of what comes next
            raise
        for request, answer in zip(asked, answers, strict=True):
            if answer.status in FAILED:
                for sql in new:  # whether it was prepared before the refusal is not worth knowing
                    del self._names[sql]
                raise error_from_result(answer, encoding="utf-8")
            if request is not None:
                request.answer = answer

    def _send(self, requests: list[Request]) -> tuple[list[Request | None], list[bytes]]:
        """Whose answers will come (none: that something was prepared), and what is prepared for the first time."""
        asked: list[Request | None] = []
        new: list[bytes] = []
        for request in requests:
            sql = request.statement.sql
            name = self._names.get(sql)
            if name is None:
                self._prepared += 1
                name = self._names[sql] = b"line_%d" % self._prepared
                new.append(sql)
                self._pgconn.send_prepare(name, sql)
                asked.append(None)
            self._pgconn.send_query_prepared(name, request.values)
            asked.append(request)
        self._pgconn.pipeline_sync()
        return asked, new

    def _hear(self) -> list[PGresult]:
        pgconn = self._pgconn
        while pgconn.flush():  # more than the socket takes at once
            self._poll.modify(pgconn.socket, select.POLLIN | select.POLLOUT)
            self._poll.poll()
            self._poll.modify(pgconn.socket, select.POLLIN)
            pgconn.consume_input()
        answers: list[PGresult] = []
        while True:
            self._poll.poll()
            pgconn.consume_input()  # raises when the line has broken
            while not pgconn.is_busy():
                answer = pgconn.get_result()
                if answer is None:  # between two statements
                    continue
                if answer.status == ExecStatus.PIPELINE_SYNC:
                    return answers
                answers.append(answer)


def _answer_of(request: Request) -> PGresult:
    if request.answer is None:
        raise OperationalError("the server left a statement without its answer")
    return request.answer
