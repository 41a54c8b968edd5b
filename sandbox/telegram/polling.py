"""getUpdates: a long poll that waits, confirms by offset, and ends an older poll of the same bot."""

import asyncio
from collections.abc import Callable

from sandbox.clock import Clock
from sandbox.telegram.errors import ApiError, conflict
from sandbox.telegram.updates import Update, UpdateQueue

ANSWER_LIMIT = 4_000_000
GATHER_FOR = 0.002
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


class Poll:
    def __init__(self, queue: UpdateQueue, clock: Clock, doubles: Callable[[], bool]) -> None:
        self._queue = queue
        self._clock = clock
        self._doubles = doubles
        self._waiting: asyncio.Future[None] | None = None
        self._last_offset: int | None = None
        self._last_at = 0.0
        self._next_conflict_at = 0.0
        queue.listeners.append(self._wake)

    def _wake(self, _: Update) -> None:
        """A moment later, so that updates arriving together leave together."""
        if (waiting := self._waiting) is not None and not waiting.done():
            asyncio.get_running_loop().call_later(GATHER_FOR, _release, waiting)

    async def take(self, *, offset: int, limit: int, timeout: int) -> bytes:  # noqa: ASYNC109 - the wire calls it so
        """The JSON list of updates, at once or as soon as there is one."""
        if self._queue.webhook:
            raise await self._in_conflict(WEBHOOK_ACTIVE)
        self.end(OTHER_POLLER)
        limit, timeout = self._throttle(offset, limit, timeout)
        updates = self._fetch(offset, limit)
        if not updates and timeout:
            await self._wait(timeout)
            updates = self._fetch(offset, limit)
        return b"[" + ",".join(self._payloads(updates)).encode() + b"]"

    def _throttle(self, offset: int, limit: int, timeout: int) -> tuple[int, int]:
        """Asking again for the same: one at a time within half a second, a wait of three within three."""
        since = self._clock.now() - self._last_at
        if offset == self._last_offset:
            timeout = max(timeout, 3) if since < 3 else timeout
            limit = 1 if since < 0.5 else limit
        self._last_offset, self._last_at = offset, self._clock.now()
        return limit, timeout

    def _fetch(self, offset: int, limit: int) -> list[Update]:
        if offset < 0:
            self._queue.keep_last(-offset)
        elif offset <= self._queue.next_id + 10:
            self._queue.confirm(offset)
        return self._queue.first(limit, self._clock.now())

    def _payloads(self, updates: list[Update]) -> list[str]:
        payloads: list[str] = []
        size = 0
        for update in updates:
            payloads.extend([update.payload] * (2 if self._doubles() else 1))
            size += len(update.payload)
            if size > ANSWER_LIMIT:
                break
        return payloads

    async def _wait(self, timeout: float) -> None:  # noqa: ASYNC109 - the wire calls it so
        waiting = self._waiting = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(timeout):
                await waiting
        except TimeoutError:
            return
        except ApiError as refusal:
            raise await self._in_conflict(refusal.description.removeprefix("Conflict: ")) from None
        finally:
            if self._waiting is waiting:
                self._waiting = None

    def end(self, reason: str | None) -> None:
        """Ends a waiting poll: with a conflict, or without a reason as if nothing had come."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None and not waiting.done():
            waiting.set_exception(conflict(reason)) if reason else waiting.set_result(None)

    async def _in_conflict(self, words: str) -> ApiError:
        """The first conflict is told at once, repeated ones after three seconds."""
        if self._clock.now() < self._next_conflict_at:
            await self._clock.sleep(3)
        self._next_conflict_at = self._clock.now() + 3
        return conflict(words)


def _release(waiting: asyncio.Future[None]) -> None:
    if not waiting.done():
        waiting.set_result(None)
