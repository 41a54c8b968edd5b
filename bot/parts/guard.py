"""Looks after the house itself: what this process sees (platforms, disk) and what the tables tell; the administrator hears.

Every process looks at its own parts; one of them, the leader, looks at the tables and tells. Where even the database is
away nothing can be put into the outbox: the administrator is written to straight through a platform that answers.
"""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.breaker import Breaker, trouble_of
from bot.parts.pulse import Pulse
from bot.platform import DeliveryError, Platform
from bot.waiting import hear
from handlers import troubles
from handlers.troubles import TroubleLimits
from storage.database import Database, DatabaseAwayError
from storage.messages import OutgoingMessage
from storage.records.people import reachable_accounts

log = structlog.get_logger()

EVERY = 15.0  # seconds of the machine
LEAST = timedelta(seconds=10)  # of the office's clock, between two looks
AWAY_FOR = 120.0  # seconds without a database before somebody is written to
WRONG_BY = timedelta(minutes=2)
MEGABYTE = 1024 * 1024
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
        platforms: Sequence[Platform],
        *,
        limits: TroubleLimits,
        disk_free_mb: int,
        folder: Path,
        leads: bool,
        pulse: Pulse,
        every: float = EVERY,
        least: timedelta = LEAST,
        away_for: float = AWAY_FOR,
        breakers: Mapping[str, Breaker] | None = None,
    ) -> None:
        self._breakers = breakers or {}
        self._least = least
        self._away_for = away_for
        self._pulse = pulse
        self._part = "guard" if leads else "guard-parts"
        self._database = database
        self._clock = clock
        self._platforms = platforms
        self._limits = limits
        self._disk_free_mb = disk_free_mb
        self._folder = folder
        self._leads = leads
        self._every = every
        self._looked_at: datetime | None = None
        self._ways: list[tuple[str, str]] = []  # platform and chat of the administrators, as last known
        self._answered = time.monotonic()
        self._is_told = False
        self._bell = asyncio.Event()

    async def run(self) -> None:
        self._clock.on_jump(self._bell.set)
        try:
            while True:
                await self.look()
                self._pulse.beat(self._part)
                await hear(self._bell, within=self._every)
                self._bell.clear()
        finally:
            self._pulse.stop(self._part)

    async def look(self) -> None:
        """One look; nothing is written while all is well."""
        now = self._clock.now()
        if self._looked_at is not None and timedelta(0) <= now - self._looked_at < self._least:
            return
        found = self.troubles_here()
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

    def troubles_here(self) -> dict[str, str]:
        """What this process sees by itself: platforms that do not answer, a disk nearly full, a clock that is wrong."""
        breakers = self._breakers
        said = {f"platform/{each.name}": trouble_of(each, breakers.get(each.name)) for each in self._platforms}
        found = {name: sentence for name, sentence in said.items() if sentence is not None}
        if self._disk_free_mb and (free := self._free_mb()) < self._disk_free_mb:
            found["disk"] = f"Ổ đĩa chỉ còn {free} MB trống. Xin dọn bớt hoặc thêm chỗ trước khi hết hẳn."
        if abs(behind := self._clock.behind) > WRONG_BY:
            found["clock"] = _wrong_clock(behind)
        return found

    def _free_mb(self) -> int:
        there = next(each for each in (self._folder, *self._folder.absolute().parents) if each.exists())
        return shutil.disk_usage(there).free // MEGABYTE

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
        for platform in self._platforms:
            for chat_id in [chat for name, chat in self._ways if name == platform.name]:
                message = OutgoingMessage(platform=platform.name, chat_id=chat_id, text=text)
                try:
                    await platform.deliver(message)
                except DeliveryError as error:
                    log.error("trouble_untold", trouble="database", reason=str(error.reason))


def _wrong_clock(behind: timedelta) -> str:
    minutes = round(abs(behind) / timedelta(minutes=1))
    way = "chậm" if behind > timedelta(0) else "nhanh"
    return (
        f"Đồng hồ của máy chủ chạy {way} khoảng {minutes} phút so với nền tảng: hạn báo cáo và nhắc việc sẽ sai giờ. "
        "Xin chỉnh lại giờ máy chủ (bật đồng bộ NTP)."
    )
