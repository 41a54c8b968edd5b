"""Parcels go out: claim, wait for the pace, say that the request begins, deliver, settle.

One deliverer serves one platform, so a slow platform never delays the other. Claimed parcels wait in memory in the order
of their lanes; an alert that arrives late passes everything that has not left yet.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.breaker import Breaker
from bot.delivery.claims import LOOK_EVERY, Claims
from bot.delivery.manners import Manners
from bot.delivery.pacing import Departure, Pacing
from bot.delivery.parcels import AHEAD, Attachments, Bundle, bundle, choose, keep_reference, ready_in_chat
from bot.delivery.refusals import note_refusal, pause_after
from bot.delivery.staleness import leave_out_stale
from bot.logs import where
from bot.platform import Delivered, DeliveryError, Platform, Reason
from bot.waiting import hear, keep
from handlers.telling import allowance, second_messenger
from handlers.troubles import undelivered
from storage import outbox
from storage.database import Database, DatabaseAwayError, Work
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Parcel
from storage.parcels import sending, uncertainty

log = structlog.get_logger()

T = TypeVar("T")

AT_ONCE = 40  # requests under way
MOST_AT_ONCE = 60  # with what is urgent
LONG = 1.0  # seconds: who may not go sooner does not keep others from being claimed


class Delivery:
    """The deliverer of one platform. `run` until cancelled: then what is under way may finish."""

    def __init__(self, platform: Platform, database: Database, clock: Clock, *, breaker: Breaker | None = None) -> None:
        self._platform = platform
        self._breaker = breaker or Breaker(platform)
        self._probing: asyncio.Task[None] | None = None
        self._database = database
        self._clock = clock
        self._manners = Manners(platform.limits)
        self._pacing = Pacing(platform.limits)
        self._attachments = Attachments(platform.name, database)
        self._claims = Claims(platform.name, database, clock, self._manners)
        self._under_way: dict[asyncio.Task[None], Bundle] = {}
        self._beginning: list[int] = []  # marked as begun while no request has left yet
        self._bell = asyncio.Event()

    async def run(self) -> None:
        """Deliver until cancelled. Whoever calls this is the only deliverer of the platform."""
        self._database.bells.on(outbox.BELL, self._look_anew)
        self._clock.on_jump(self._look_anew)
        self._claims.begin(holder=f"{self._platform.name}-{uuid.uuid4().hex[:12]}")
        await self._keep(self._take_over)
        try:
            while True:
                self._bell.clear()
                await self._claims.look(is_idle=len(self._under_way) < AT_ONCE and self._next_ready_in() > LONG)
                await self._send_what_may_go()
                await self._wait()
        finally:
            try:
                await asyncio.shield(self._leave())
            finally:  # what was under way may have broken the circuit just now
                if self._probing is not None:
                    self._probing.cancel()
                self._breaker.reset()

    def _look_anew(self) -> None:
        """Something in the outbox has changed, or the time."""
        self._claims.expect_news()
        self._bell.set()

    def _take_over(self, tx: Connection, now: datetime) -> None:
        waiting = uncertainty.take_over(tx, self._platform.name, holder=self._claims.holder)
        if waiting:
            undelivered.tell_of_uncertain(tx, waiting, now)

    async def _send_what_may_go(self) -> None:
        """Choose by lane and pace, mark as begun in one transaction, and let the requests go."""
        chosen = self._choose()
        if not chosen:
            return
        self._beginning = [parcel.id for chosen_bundle in chosen for parcel in chosen_bundle.parcels]
        for begun in await self._keep(lambda tx, now: self._begin(tx, now, chosen)):
            self._let_go(begun)
        self._beginning = []

    def _begin(self, tx: Connection, now: datetime, chosen: list[Bundle]) -> list[Bundle]:
        """What is still ours to send; where there are no buttons its choices are words, and remembered."""
        leave_out_stale(tx, chosen, holder=self._claims.holder, now=now)
        ours = sending.begin_sending(tx, self._beginning, holder=self._claims.holder)
        begun: list[Bundle] = []
        for chosen_bundle in chosen:
            # what was taken back meanwhile stays; what was to go along with it goes alone
            left = [parcel for parcel in chosen_bundle.parcels if parcel.id in ours]
            if len(left) == len(chosen_bundle.parcels):
                begun.append(chosen_bundle)
            elif left:
                begun.append(self._bundle(left[0], left, chosen_bundle.departure))
        return begun if self._manners.says_all else [self._manners.put_in_words(tx, each, now) for each in begun]

    def _bundle(self, first: Parcel, held: list[Parcel], departure: Departure | None) -> Bundle:
        limits = self._platform.limits
        together = bundle(first, held, text_length=limits.text_length, is_all_words=not limits.has_buttons)
        return replace(together, departure=departure)

    def _let_go(self, chosen: Bundle) -> None:
        task = asyncio.create_task(self._deliver(chosen), name=f"deliver-{self._platform.name}")
        self._under_way[task] = chosen
        task.add_done_callback(self._finish)

    def _choose(self) -> list[Bundle]:
        may_go, most = self._may_go()
        busy = {chosen.chat_id for chosen in self._under_way.values()}
        chosen: list[Bundle] = []

        def waits(message: OutgoingMessage) -> bool:
            return self._waits_for_file(message, chosen)

        for parcel, departure in choose(may_go, self._pacing, self._clock.seconds, busy=busy, most=most, waits=waits):
            together = self._bundle(parcel, self._claims.held, departure)
            chosen.append(together)
            self._claims.drop({part.id for part in together.parcels})
        return chosen

    def _waits_for_file(self, message: OutgoingMessage, chosen: Sequence[Bundle] = ()) -> bool:
        leaving = (other.message for other in (*self._under_way.values(), *chosen))
        return message.file is not None and self._attachments.wait_for(message, leaving)

    def _may_go(self) -> tuple[list[Parcel], int]:
        """The held parcels for which there is a place, and how many places."""
        room, under_way = self._breaker.room(AT_ONCE), len(self._under_way)
        if room > under_way:
            return self._claims.held, room - under_way
        if self._breaker.is_broken or self._breaker.is_on_trial:
            return [], 0
        # slow uploads may keep every place; what is urgent has half as many more, and an alert any that we have
        more = room + room // 2
        if more > under_way:
            return [parcel for parcel in self._claims.held if parcel.lane <= Lane.ANSWER.rank], more - under_way
        return [parcel for parcel in self._claims.held if parcel.is_alert], MOST_AT_ONCE - under_way

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task, None)
        self._bell.set()
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery_broken", error=type(error).__name__, where=where(error))

    async def _deliver(self, chosen: Bundle) -> None:
        first = chosen.parcels[0]
        if chosen.departure is not None and (early := chosen.departure.left - self._clock.seconds()) > 0:
            await asyncio.sleep(min(early, AHEAD))
        try:
            async with self._attachments.opened(chosen.message) as attachment:
                edits = self._manners.edits(first)
                done = await self._platform.deliver(chosen.message, edits=edits, attachment=attachment)
                if (reference := done.file_reference) is not None:  # it was taken: a database away now is waited out
                    await self._keep(lambda tx, _now: keep_reference(tx, chosen.message, reference))
                    self._attachments.know(chosen.message)
        except DeliveryError as error:
            self._note_line(chosen, error)
            await self._handle_refusal(chosen, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours: nobody knows whether it went out
            log.error("delivery_failed", error=type(error).__name__, where=where(error))
            await self._handle_refusal(chosen, DeliveryError(Reason.UNCERTAIN, type(error).__name__))
        else:
            self._note_line(chosen, None)
            await self._settle(chosen, done)

    async def _settle(self, chosen: Bundle, done: Delivered) -> None:
        def work(tx: Connection, now: datetime) -> None:
            for parcel in chosen.parcels:
                kept = self._manners.kept_id(parcel, done.message_id)
                sending.settle(tx, parcel, external_id=kept, now=now)
            self._count(tx, chosen, now, messages=done.messages)

        await self._keep(work)

    def _count(self, tx: Connection, chosen: Bundle, now: datetime, *, messages: int = 1) -> None:
        """Where the platform counts messages we do, too: it never tells how many are left."""
        if self._platform.limits.monthly_allowance is not None:
            lane = Lane.of_rank(chosen.parcels[0].lane)
            allowance.note_sent(tx, self._platform.name, lane, messages, now)

    async def _handle_refusal(self, chosen: Bundle, error: DeliveryError) -> None:
        """What a refusal means for these parcels (and for the chat)."""
        log.warning("not_delivered", platform=self._platform.name, reason=error.reason, detail=error.detail)
        first = chosen.parcels[0]
        if error.reason == Reason.WAIT:
            seconds = error.retry_after or 1.0
            self._pacing.note_refusal(first.chat_id, seconds, self._clock.seconds())

        def work(tx: Connection, now: datetime) -> None:
            if error.reason == Reason.UNCERTAIN:
                self._count(tx, chosen, now)  # it may have gone out: rather one too many
            note_refusal(tx, chosen, error, now)

        await self._keep(work)
        self._claims.expect_news()  # it may go again at once
        asyncio.get_running_loop().call_later(pause_after(error, first.attempts), self._look_anew)

    def _note_line(self, chosen: Bundle, error: DeliveryError | None) -> None:
        """What the outcome of a request says of the line, and of the time it takes there."""
        if chosen.departure is not None and (error is None or error.reason not in (Reason.UNCERTAIN, Reason.AWAY)):
            self._pacing.note_answer(chosen.departure, self._clock.seconds())
        if self._breaker.note(error) and (self._probing is None or self._probing.done()):
            self._probing = asyncio.create_task(self._probe(), name=f"probe-{self._platform.name}")

    async def _probe(self) -> None:
        await self._breaker.probe_until_answered(meanwhile=self._send_elsewhere)
        self._bell.set()

    async def _send_elsewhere(self) -> None:
        """Who has waited too long hears it another way, if he has one."""
        waiting = list(self._claims.held)
        gone = await self._keep(lambda tx, now: second_messenger.go_another_way(tx, waiting, now)) if waiting else []
        self._claims.drop(gone)

    async def _wait(self) -> None:
        """Until a bell rings, something under way ends, or the next held parcel may go."""
        pause = min(LOOK_EVERY, self._next_ready_in()) if self._claims.held else LOOK_EVERY
        if pause > 0:
            await hear(self._bell, within=pause)

    def _next_ready_in(self) -> float:
        now = self._clock.seconds()
        busy = {chosen.chat_id for chosen in self._under_way.values()}
        may_go, places = self._may_go()
        waiting = [parcel for parcel in may_go if parcel.chat_id not in busy]
        if not waiting or places <= 0:
            return LOOK_EVERY
        return max(0.001, self._ready_at(waiting, now) - AHEAD - now)

    def _ready_at(self, waiting: list[Parcel], now: float) -> float:
        """When the first of them may go."""
        for_bot = {is_alert: self._pacing.bot_ready_at(now, is_alert=is_alert) for is_alert in (True, False)}
        ready = now + LOOK_EVERY
        for parcel in waiting:
            if self._waits_for_file(parcel.message):
                continue
            in_chat = ready_in_chat(parcel, parcel.message, self._pacing, now)
            ready = min(ready, max(in_chat, for_bot[parcel.is_alert]))
            if ready <= for_bot[parcel.is_alert]:
                break  # nor may any behind it go before
        return ready

    async def _leave(self) -> None:
        """Let what is under way finish, give back what was only leased."""
        if self._under_way:
            await asyncio.wait(list(self._under_way), timeout=30)
        with contextlib.suppress(DatabaseAwayError):
            await self._database.run(self._release, self._clock.now())

    def _release(self, tx: Connection, _now: datetime) -> None:
        sending.release(tx, self._claims.holder, never_sent=self._beginning)

    async def _keep(self, work: Work[T]) -> T:
        return await keep(self._database, self._clock.now, work)
