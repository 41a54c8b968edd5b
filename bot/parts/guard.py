"""Looks after the house itself: what this process sees (platforms, disk) and what the tables tell; the administrator hears.

Every process looks at its own parts; one of them, the leader, looks at the tables and tells. Where even the database is
away nothing can be put into the outbox: the administrator is written to straight through a platform that answers.
"""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.parts.pulse import Pulse
from bot.parts.surroundings import Surroundings
from bot.platform import DeliveryError
from bot.waiting import hear
from handlers import troubles
from handlers.troubles import TroubleLimits
from storage.database import Database, DatabaseAwayError
from storage.messages import OutgoingMessage
from storage.records.accounts import reachable_accounts

log = structlog.get_logger()

EVERY = 15.0  # seconds of the machine
LEAST = timedelta(seconds=10)  # of the office's clock, between two looks
AWAY_FOR = 120.0  # seconds without a database before somebody is written to
NO_DATABASE = (
    "🔧 Sự cố hệ thống Trực Ban\nCơ sở dữ liệu không trả lời hoặc không ghi được: tin tới chưa được ghi. "
    "Xin kiểm tra máy chủ cơ sở dữ liệu, chỗ trống trên đĩa, chương trình khác đang giữ tệp, tệp có bị xóa hay thay."
)
DATABASE_BACK = "✅ Đã hết sự cố\nCơ sở dữ liệu đã trả lời lại."


class Guard:
    """`run` until cancelled. `leads`: it also looks at the tables and tells."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        surroundings: Surroundings,
        *,
        limits: TroubleLimits,
        leads: bool,
        pulse: Pulse,
        least: timedelta = LEAST,
        away_for: float = AWAY_FOR,
    ) -> None:
        self.surroundings = surroundings
        self._database = database
        self._clock = clock
        self._limits = limits
        self._leads = leads
        self._part = "guard" if leads else "guard-parts"
        self._pulse = pulse
        self._least = least
        self._away_for = away_for
        self._bell = asyncio.Event()
        self._looked_at: datetime | None = None
        self._answered = time.monotonic()
        self._ways: list[tuple[str, str]] = []  # platform and chat of the administrators, as last known
        self._is_told = False

    async def run(self) -> None:
        self._clock.on_jump(self._bell.set)
        try:
            while True:
                await self.look()
                self._pulse.beat(self._part)
                await hear(self._bell, within=EVERY)
                self._bell.clear()
        finally:
            self._pulse.stop(self._part)

    async def look(self) -> None:
        """One look; nothing is written while all is well."""
        now = self._clock.now()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < self._least:
            return
        found = self.surroundings.troubles()
        try:
            if found:
                await self._database.run(partial(troubles.see, found=found), now)
            if self._leads:
                await self._look_at_tables(now)
        except DatabaseAwayError:
            await self._tell_without_database()
            return
        if self._database.writing.is_hindered:
            await self._tell_without_database()
            return
        self._looked_at = now
        self._answered = time.monotonic()
        if self._is_told:
            self._is_told = False
            await self._write_straight(DATABASE_BACK)

    async def _look_at_tables(self, now: datetime) -> None:
        found = await self._database.read(lambda tx, now: troubles.troubles_in_tables(tx, self._limits, now), now)
        if found:
            await self._database.run(partial(troubles.see, found=found), now)
        if await self._database.read(self._has_work, now):
            await self._database.run(lambda tx, now: troubles.tell_and_clear(tx, self._limits, now), now)

    def _has_work(self, tx: Connection, now: datetime) -> bool:
        people = troubles.administrators(tx, now)
        accounts = [account for person in people for account in reachable_accounts(tx, person.id)]
        self._ways = [(each.platform, each.private_chat_id or "") for each in accounts]
        return troubles.is_any_trouble_open(tx)

    async def _tell_without_database(self) -> None:
        if not self._leads or self._is_told or time.monotonic() - self._answered < self._away_for:
            return
        self._is_told = True
        await self._write_straight(NO_DATABASE)

    async def _write_straight(self, text: str) -> None:
        """Past the outbox, which stands in the database that is away."""
        for platform in self.surroundings.platforms:
            for chat_id in [chat for name, chat in self._ways if name == platform.name]:
                message = OutgoingMessage(platform=platform.name, chat_id=chat_id, text=text)
                try:
                    await platform.deliver(message)
                except DeliveryError as error:
                    log.error("trouble_untold", trouble="database", reason=str(error.reason))
