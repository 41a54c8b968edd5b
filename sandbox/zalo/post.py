"""Where one bot fetches its events: one object an answer, handed out once, or again and again, as the account behaves."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.state_file import StateFile
from sandbox.zalo.account import Account

NOBODY_AFTER = 5.0  # seconds without a poll


@dataclass(slots=True, kw_only=True)
class Event:
    bot: int
    number: int
    payload: str

    @property
    def key(self) -> str:
        return f"{self.bot}/{self.number}"

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class Post:
    def __init__(self, bot_id: int, account: Account, state: StateFile, doubles: Callable[[], bool]) -> None:
        self._bot_id = bot_id
        self._account = account
        self._state = state
        self._doubles = doubles
        self.waiting: deque[Event] = deque()
        self._handed: Event | None = None
        self._takers: deque[asyncio.Future[None]] = deque()
        self._polled_at = -NOBODY_AFTER
        self._number = 0

    def put(self, payload: str, *, by_webhook: bool) -> None:
        if not by_webhook and self._account.switches.unpolled == "drop" and self._is_nobody_there():
            return
        self._number += 1
        event = Event(bot=self._bot_id, number=self._number, payload=payload)
        self.waiting.append(event)
        self._state.touch("zalo_event", event.key, event)
        self._wake_one()

    def restore(self, event: Event) -> None:
        self.waiting.append(event)
        self._number = max(self._number, event.number)

    def _is_nobody_there(self) -> bool:
        polling = any(not taker.done() for taker in self._takers)
        return not polling and time.monotonic() - self._polled_at > NOBODY_AFTER

    async def take(self, wait: float, is_there: Callable[[], bool]) -> list[str]:
        """Payloads for one answer; none when the time is up or the asker has gone meanwhile."""
        try:
            if not self.waiting:
                if self._account.switches.updates == "replay" and self._handed is not None:
                    return [self._handed.payload]
                await self._wait(wait)
            if not is_there():
                self._wake_one()
                return []
            return self._hand_out()
        finally:
            self._polled_at = time.monotonic()

    def _hand_out(self) -> list[str]:
        most = len(self.waiting) if self._account.switches.updates == "list" else 1
        payloads = []
        for _ in range(min(most, len(self.waiting))):
            event = self.waiting[0]
            payloads.append(event.payload)
            if not self._doubles():
                self.drop(event)
            self._handed = event
        return payloads

    def drop(self, event: Event) -> None:
        self.waiting.remove(event)
        self._state.touch("zalo_event", event.key, None)

    async def _wait(self, seconds: float) -> None:
        taker: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._takers.append(taker)
        try:
            async with asyncio.timeout(seconds):
                await taker
        except TimeoutError:
            return
        finally:
            self._takers.remove(taker)

    def _wake_one(self) -> None:
        taker = next((taker for taker in self._takers if not taker.done()), None)
        if taker is not None and self.waiting:
            taker.set_result(None)

    def wake(self) -> None:
        """Ends every poll that waits, as if its time were up."""
        for taker in self._takers:
            if not taker.done():
                taker.set_result(None)
