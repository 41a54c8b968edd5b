"""Parcels claimed ahead: they wait in memory, in the order of their lanes; and when the outbox is worth another look."""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.manners import Manners
from bot.waiting import keep
from handlers.rounds import redraw
from storage.database import Database
from storage.messages import Lane
from storage.outbox import Parcel
from storage.parcels import sending, uncertainty
from storage.parcels.recall import take_back

log = structlog.get_logger()

HELD = 200  # parcels claimed ahead
MOST_HELD = 2_000  # when none of those may go now
URGENT = (Lane.ALERT, Lane.ANSWER)
FEW = 50  # of what is urgent, where there is no room for anything else
LOOK_EVERY = 2.0  # seconds, when no bell rings
REGAIN_EVERY = 5.0  # seconds between two looks for leases that a killed deliverer's last commit left behind


class Claims:
    """What one deliverer holds of its platform's parcels. `holder` names it in the outbox."""

    def __init__(self, platform: str, database: Database, clock: Clock, manners: Manners) -> None:
        self.held: list[Parcel] = []
        self.holder = ""
        self._platform = platform
        self._database = database
        self._clock = clock
        self._manners = manners
        self._has_news = True
        self._left_some = False  # more was waiting than was taken
        self._looked_at = float("-inf")
        self._regained_at = float("-inf")

    def begin(self, *, holder: str) -> None:
        """From now on parcels are claimed under this name."""
        self.holder = holder
        self.expect_news()

    def expect_news(self) -> None:
        """Something in the outbox has changed."""
        self._has_news = True

    def drop(self, ids: Collection[int]) -> None:
        """They are not held any more."""
        self.held = [parcel for parcel in self.held if parcel.id not in ids]

    async def look(self, *, is_idle: bool) -> None:
        """Claim what is new; urgent parcels always, the rest only as far as there is room.

        `is_idle`: there are places, and nothing of what is held may fill them now.
        """
        room = HELD - len(self.held)
        if room <= 0 and is_idle and len(self.held) < MOST_HELD:
            room = HELD  # everything held waits for a slow chat: others must not wait behind it
        if not self._is_worth_it(room, is_idle=is_idle):
            return
        lanes, most = (tuple(Lane), max(room, FEW)) if room > 0 else (URGENT, FEW)
        self._has_news, self._looked_at = False, self._clock.seconds()
        fresh = await self._take(lanes, most)
        is_cut_off = len(fresh) == most
        self._left_some = is_cut_off or room <= 0
        self._has_news |= is_cut_off and room <= 0
        if fresh and not self._manners.says_all:
            fresh = await self._without_silent(fresh)
        if fresh:
            self.held = sorted([*self.held, *fresh], key=lambda parcel: (parcel.lane, parcel.id))

    async def _take(self, lanes: Sequence[Lane], most: int) -> list[Parcel]:
        """Have the noted boards drawn, and lease what may go."""
        is_time = time.monotonic() - self._regained_at >= REGAIN_EVERY

        def work(tx: Connection, now: datetime) -> list[Parcel]:
            redraw(tx, now)
            if is_time:
                uncertainty.regain(tx, self._platform, holder=self.holder)
            return sending.claim(tx, self._platform, holder=self.holder, now=now, limit=most, lanes=lanes)

        fresh = await keep(self._database, self._clock.now, work)
        if is_time:
            self._regained_at = time.monotonic()
        return fresh

    def _is_worth_it(self, room: int, *, is_idle: bool) -> bool:
        """A look is a transaction, for which whatever may go now would wait."""
        is_overdue = self._clock.seconds() - self._looked_at >= LOOK_EVERY
        has_room = room >= HELD // 2 or (room > 0 and is_idle)
        return self._has_news or is_overdue or (self._left_some and has_room)

    async def _without_silent(self, fresh: list[Parcel]) -> list[Parcel]:
        """What this platform has no way to show is settled as it is."""
        silent = [parcel for parcel in fresh if self._manners.is_silent(parcel)]
        rest = [parcel for parcel in fresh if parcel not in silent]
        may_spare = [parcel for parcel in rest if self._manners.may_be_spared(parcel)]

        def work(tx: Connection, now: datetime) -> list[Parcel]:
            for parcel in silent:
                sending.settle(tx, parcel, external_id=None, now=now)
            spared = self._manners.spared(tx, may_spare, now)
            take_back(tx, [parcel.id for parcel in spared], now=now)
            return spared

        if not (silent or may_spare):
            return rest
        spared = await keep(self._database, self._clock.now, work)
        if spared:
            log.info("spared", platform=self._platform, parcels=len(spared))
        return [parcel for parcel in rest if parcel not in spared]
