"""Bells ring after a commit, so that whoever waits for new parcels or ticks looks at once instead of later.

Within the process a bell is a callback on its event loop; between processes PostgreSQL's NOTIFY carries it.
A bell that is missed costs a few seconds, never a message: everybody also looks by himself from time to time.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from sqlalchemy import Connection, String, bindparam, func, select

from storage.prepared import Prepared

log = structlog.get_logger()

POSTGRES_CHANNEL = "trucban_bells"
PAUSE_AFTER_LOSS = 2.0  # seconds before listening again


def ring(tx: Connection, bell: str) -> None:
    """Ask for `bell` to ring once this transaction has committed."""
    tx.info.setdefault("bells", set()).add(bell)


def notify_other_processes(tx: Connection, rung: Iterable[str]) -> None:
    """All of them in one statement."""
    _NOTIFY.later(tx, {"channel": POSTGRES_CHANNEL, "rung": " ".join(rung)})


_NOTIFY = Prepared(select(func.pg_notify(bindparam("channel", type_=String()), bindparam("rung", type_=String()))))


class Bells:
    """Who wants to hear which bell."""

    def __init__(self) -> None:
        self._hearers: list[tuple[str, asyncio.AbstractEventLoop, Callable[[], None]]] = []
        self._closing = threading.Event()
        self._listener: threading.Thread | None = None

    def on(self, bell: str, call: Callable[[], None]) -> None:
        """Call `call` on the running loop whenever the bell rings."""
        self._hearers.append((bell, asyncio.get_running_loop(), call))

    def ring(self, rung: Iterable[str]) -> None:
        """From any thread."""
        for bell in rung:
            for wanted, loop, call in self._hearers:
                if wanted == bell and not loop.is_closed():
                    loop.call_soon_threadsafe(call)

    def listen(self, connect: Callable[[], Any]) -> None:
        """Hear the bells of other processes. `connect` opens a psycopg connection of our own, in autocommit."""
        self._listener = threading.Thread(target=self._hear_others, args=(connect,), name="bells", daemon=True)
        self._listener.start()

    def close(self) -> None:
        self._closing.set()
        if self._listener is not None:
            self._listener.join()

    def _hear_others(self, connect: Callable[[], Any]) -> None:
        while not self._closing.is_set():
            try:
                with connect() as connection:
                    connection.execute(f"LISTEN {POSTGRES_CHANNEL}")
                    while not self._closing.is_set():
                        for note in connection.notifies(timeout=0.5):
                            self.ring(note.payload.split())
            except Exception as error:  # noqa: BLE001 - listening must outlive the server's restart
                log.warning("bells_unheard", error=type(error).__name__)
                self._closing.wait(PAUSE_AFTER_LOSS)
