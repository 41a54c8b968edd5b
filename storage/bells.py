"""Bells ring after a commit, so that whoever waits for new parcels or ticks looks at once instead of later.

Within the process a bell is a callback on its event loop; between processes PostgreSQL's NOTIFY carries it, said
by a thread of its own: within a transaction it would make every commit wait for the one before, and each for the disk.
A process does not listen to what it has told itself.
A bell that is missed costs a few seconds, never a message: everybody also looks by himself from time to time.
"""

from __future__ import annotations

import asyncio
import queue
import secrets
import threading
from collections.abc import Callable, Iterable
from typing import Any

import structlog
from sqlalchemy import Connection

log = structlog.get_logger()

POSTGRES_CHANNEL = "trucban_bells"
TOGETHER = 0.03  # seconds after a note: what rings in them is told in the next one, instead of a note for every commit
PAUSE_AFTER_LOSS = 2.0  # seconds before listening again


def ring(tx: Connection, bell: str) -> None:
    """Ask for `bell` to ring once this transaction has committed."""
    tx.info.setdefault("bells", set()).add(bell)


class Bells:
    """Who wants to hear which bell. `connect` opens a psycopg connection of our own, in autocommit (PostgreSQL)."""

    def __init__(self, connect: Callable[[], Any] | None = None) -> None:
        self._connect = connect
        self._own_name = secrets.token_hex(8)
        self._said: queue.SimpleQueue[set[str] | None] = queue.SimpleQueue()
        self._sayer: threading.Thread | None = None
        if connect is not None:
            self._sayer = threading.Thread(target=self._tell_others, args=(connect,), name="bells-out", daemon=True)
            self._sayer.start()
        self._hearers: list[tuple[str, asyncio.AbstractEventLoop, Callable[[], None]]] = []
        self._closing = threading.Event()
        self._listener: threading.Thread | None = None

    def on(self, bell: str, call: Callable[[], None]) -> None:
        """Call `call` on the running loop whenever the bell rings."""
        self._hearers.append((bell, asyncio.get_running_loop(), call))

    def ring(self, rung: set[str]) -> None:
        """Here and in the other processes, from any thread."""
        self._ring_here(rung)
        if rung and self._sayer is not None:
            self._said.put(rung)

    def _ring_here(self, rung: Iterable[str]) -> None:
        for bell in rung:
            for wanted, loop, call in self._hearers:
                if wanted == bell and not loop.is_closed():
                    loop.call_soon_threadsafe(call)

    def listen(self) -> None:
        """Hear the bells of other processes, where there can be any."""
        if self._connect is None:
            return
        self._listener = threading.Thread(target=self._hear_others, args=(self._connect,), name="bells", daemon=True)
        self._listener.start()

    def close(self) -> None:
        """What was rung is still told."""
        self._closing.set()
        if self._sayer is not None:
            self._said.put(None)
            self._sayer.join()
        if self._listener is not None:
            self._listener.join()

    def _hear_others(self, connect: Callable[[], Any]) -> None:
        while not self._closing.is_set():
            try:
                with connect() as connection:
                    connection.execute(f"LISTEN {POSTGRES_CHANNEL}")
                    while not self._closing.is_set():
                        for note in connection.notifies(timeout=0.5):
                            teller, *rung = note.payload.split()
                            if teller != self._own_name:
                                self._ring_here(rung)
            except Exception as error:  # noqa: BLE001 - listening must outlive the server's restart
                log.warning("bells_unheard", error=type(error).__name__)
                self._closing.wait(PAUSE_AFTER_LOSS)

    def _tell_others(self, connect: Callable[[], Any]) -> None:
        while rung := self._next_said():
            try:
                with connect() as connection:
                    connection.execute("SET synchronous_commit TO off")  # a bell is not worth a wait for the disk
                    while rung:
                        note = " ".join((self._own_name, *sorted(rung)))
                        connection.execute("SELECT pg_notify(%s, %s)", (POSTGRES_CHANNEL, note))
                        self._closing.wait(TOGETHER)
                        rung = self._next_said()
                    return
            except Exception as error:  # noqa: BLE001 - this one is missed; the next is told again
                log.warning("bells_unheard", error=type(error).__name__)
                self._closing.wait(PAUSE_AFTER_LOSS)

    def _next_said(self) -> set[str]:
        """All that has been rung since the last time, once there is something; nothing: the house is closing."""
        rung: set[str] = set()
        while not rung or not self._said.empty():
            said = self._said.get()
            if said is None:
                self._said.put(None)  # found again once the rest is told
                break
            rung |= said
        return rung
