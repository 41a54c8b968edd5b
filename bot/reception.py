"""A message comes in: one transaction, one answer. What cannot be handled is parked raw, and nothing behind it waits."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import datetime

import msgspec
import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.logs import where
from bot.platform import Poison
from handlers import conversation
from handlers.telling import allowance
from handlers.troubles import parked
from storage import inbox
from storage.database import Database, DatabaseAwayError
from storage.jobs import BeginsTogether
from storage.messages import IncomingMessage

log = structlog.get_logger()


class Reception:
    """Takes what the platforms bring. One lane (a chat) is handled in order, different lanes side by side."""

    def __init__(self, database: Database, clock: Clock, *, counted: Collection[str] = ()) -> None:
        """`counted`: platforms whose messages are counted by the month."""
        self._database = database
        self._counted = frozenset(counted)
        self._clock = clock
        self._lanes: dict[str, asyncio.Lock] = {}

    async def receive(self, arrivals: Sequence[IncomingMessage | Poison]) -> None:
        """Returns when everything is committed: handled, or parked. Raises DatabaseAwayError when it cannot be."""
        if len(arrivals) == 1:
            await self._take(arrivals[0])
            return
        lanes: dict[str, list[IncomingMessage | Poison]] = {}
        for arrival in arrivals:
            lanes.setdefault(_lane(arrival), []).append(arrival)
        results = await asyncio.gather(*(self._take_in_order(lane) for lane in lanes.values()), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _take_in_order(self, arrivals: Sequence[IncomingMessage | Poison]) -> None:
        for arrival in arrivals:
            await self._take(arrival)

    async def _take(self, arrival: IncomingMessage | Poison) -> None:
        """Handle one arrival behind those of its lane."""
        lane = _lane(arrival)
        lock = self._lanes.setdefault(lane, asyncio.Lock())
        try:
            async with lock:
                await self._handle(arrival)
        finally:
            if not lock.locked() and not lock._waiters:  # noqa: SLF001 - a lane nobody waits in may be forgotten
                self._lanes.pop(lane, None)

    async def _handle(self, arrival: IncomingMessage | Poison) -> None:
        now = self._clock.now()
        if isinstance(arrival, Poison):
            await self._park(arrival, now)
            return
        try:
            await self._database.run(_Answer(arrival, is_counted=arrival.platform in self._counted), now)
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, nothing is lost and nothing stops
            trouble = type(error).__name__
            if await self._database.run(lambda tx, now: parked.refuse_forged(tx, arrival, now), now):
                log.warning("press_refused", platform=arrival.platform, error=trouble, where=where(error))
                return
            log.error("message_parked", platform=arrival.platform, act=arrival.act, error=trouble, where=where(error))
            raw = msgspec.json.encode(arrival)
            await self._park(Poison(arrival.platform, arrival.bot, arrival.key, raw, trouble), now)

    async def _park(self, poison: Poison, now: datetime) -> None:
        def work(tx: Connection, now: datetime) -> None:
            is_first = inbox.park(
                tx,
                platform=poison.platform,
                bot=poison.bot,
                key=poison.key,
                raw=poison.raw,
                error=poison.error[:200],
                now=now,
            )
            if is_first:
                parked.tell_of_parked(tx, now)

        await self._database.run(work, now)


class _Answer(BeginsTogether):
    """The transaction of one message: the inbox row first, then the answer."""

    __slots__ = ("_is_counted", "is_new", "message")

    def __init__(self, message: IncomingMessage, *, is_counted: bool) -> None:
        self.message = message
        self._is_counted = is_counted
        self.is_new = False  # until its row stands

    @classmethod
    def begin_all(cls, tx: Connection, works: Sequence[tuple[_Answer, datetime]]) -> None:
        """The inbox rows of all of them, and what they are going to ask."""
        for answer, now in works:
            conversation.foresee(tx, answer.message, now)
        new = inbox.which_are_new(tx, [(*answer.key, now) for answer, now in works])
        for answer, _now in works:
            answer.is_new = answer.key in new
            new.discard(answer.key)  # a second copy among them is none
        conversation.foresee_all(tx, [(answer.message, now) for answer, now in works if answer.is_new])

    @property
    def turn(self) -> tuple[str, ...]:
        return self.message.platform, self.message.chat_id, self.message.user_id or ""

    @property
    def key(self) -> inbox.Key:
        return self.message.platform, self.message.bot, self.message.key

    def __call__(self, tx: Connection, now: datetime) -> None:
        message = self.message
        if self.is_new:
            conversation.answer(tx, message, now)
            if self._is_counted:
                allowance.note_received(tx, message.platform, message.bot, now)


def _lane(arrival: IncomingMessage | Poison) -> str:
    return arrival.lane if isinstance(arrival, IncomingMessage) else f"{arrival.platform}/poison"
