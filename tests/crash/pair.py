"""Two PostgreSQL servers on loopback, the second a standby of the first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text

from tests.crash.process import free_port
from tests.postgres import Server, start_server


@dataclass
class Pair:
    """`url(name)` names both servers, as the setting does; who of them takes writes is found out at each connection."""

    server: Server
    primary_port: int
    standby_port: int

    def url(self, name: str) -> str:
        hosts = f"127.0.0.1:{self.primary_port},127.0.0.1:{self.standby_port}"
        return f"postgresql://postgres@{hosts}/{name}?target_session_attrs=read-write"

    @property
    def primary(self) -> Path:
        return self.server.folder / "data"

    @property
    def standby(self) -> Path:
        return self.server.folder / "standby"

    def kill_primary(self) -> None:
        """Without a word: nothing is written down any more."""
        self.server.run("pg_ctl", "-w", "-D", str(self.primary), "-m", "immediate", "stop")

    def promote(self) -> None:
        self.server.run("pg_ctl", "-w", "-D", str(self.standby), "promote")

    def start(self, data: Path, port: int) -> None:
        options = f"-p {port} -c listen_addresses=127.0.0.1"
        self.server.run("pg_ctl", "-w", "-D", str(data), "-l", f"{data}.log", "-o", options, "start")


@contextmanager
def start_pair(*, synchronous: bool = True) -> Iterator[Pair]:
    """As docs/operations.md sets them up; both are gone afterwards."""
    pair = Pair(start_server(durable=True), free_port(), free_port())
    try:
        pair.server.stop("fast")
        pair.start(pair.primary, pair.primary_port)
        source = ("-h", "127.0.0.1", "-p", str(pair.primary_port), "-U", "postgres")
        pair.server.run("pg_basebackup", "-D", str(pair.standby), "-R", "-X", "stream", "-c", "fast", *source)
        pair.start(pair.standby, pair.standby_port)
        if synchronous:
            _wait_for_the_standby_at_every_commit(pair)
        yield pair
    finally:
        for data in (pair.primary, pair.standby):
            _stop(pair.server, data)
        pair.server.remove()


def _wait_for_the_standby_at_every_commit(pair: Pair) -> None:
    url = f"postgresql+psycopg://postgres@127.0.0.1:{pair.primary_port}/postgres"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("ALTER SYSTEM SET synchronous_standby_names = '*'"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def _stop(server: Server, data: Path) -> None:
    try:
        server.run("pg_ctl", "-w", "-D", str(data), "-m", "immediate", "stop")
    except RuntimeError:
        return  # it is dead already
