"""One look at the clock: claims what is due and does it, each tick in one transaction, exactly once."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

import structlog
from sqlalchemy import Connection

from handlers.local_time import clock_time, short_day
from handlers.telling import tell_office
from handlers.wording import bullets
from scheduler.calendar_rows import add_rows, every_job, every_watch, lacks_rows
from scheduler.timetable import Tick, due_ticks
from scheduler.watch import Watch
from storage.database import Database, DatabaseAwayError
from storage.messages import Lane
from storage.records.schedules import active_schedules, begin_tick, exceptional_days, ticks_since

log = structlog.get_logger()

LOOK_BACK = timedelta(days=14)
"""How far back the first look after a start goes."""
REST = timedelta(minutes=1)
"""How long a watch that failed is left alone."""


class Clock(Protocol):
    def now(self) -> datetime: ...


class Looker:
    """Looks for what is due; whoever calls it is the only one that does (`storage.leadership`)."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._looked_until: datetime | None = None
        self._resting: dict[str, datetime] = {}

    async def look(self) -> None:
        """Do all that is due now; what cannot be done because the database is away is found again later."""
        now = self._clock.now()
        since = min(self._looked_until or now - LOOK_BACK, now)
        try:
            if await self._database.read(lacks_rows, now):
                await self._database.run(add_rows, now)
            await self._tick(await self._database.read(partial(find_due, since=since), now))
            await self._watch(now)
        except DatabaseAwayError:
            log.warning("clock_waits_for_database")
            return
        self._looked_until = now

    async def _tick(self, ticks: list[Tick]) -> None:
        missed = [tick for tick in ticks if tick.is_missed]
        if missed:
            await self._database.run(partial(write_down_missed, missed=missed), self._clock.now())
        for tick in ticks:
            if not tick.is_missed:
                await self._run(tick)

    async def _run(self, tick: Tick) -> None:
        try:
            began = await self._database.run(partial(perform, tick=tick), self._clock.now())
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - one job's mistake must not stop the clock
            log.error("tick_failed", job=tick.schedule.job, due_at=tick.due_at.isoformat(), error=type(error).__name__)
            await self._database.run(partial(write_down_failed, tick=tick), self._clock.now())
        else:
            if began:
                log.info("tick", job=tick.schedule.job, due_at=tick.due_at.isoformat())

    async def _watch(self, now: datetime) -> None:
        """At the moment of the look: what a tick of that minute does comes before, never after.

        All of them only look at first, side by side with everything: nearly always nothing is due, and nobody writes.
        """
        awake = [watch for watch in every_watch() if self._resting.get(watch.name, now) <= now]
        if await self._database.wants_to_write(partial(_look_with, watches=awake), now):
            for watch in awake:
                await self._look_after(watch, now)

    async def _look_after(self, watch: Watch, now: datetime) -> None:
        try:
            await self._database.run(watch.look, now)
        except DatabaseAwayError:
            raise
        except Exception as error:  # noqa: BLE001 - one watch's mistake must not stop the clock
            log.error("watch_failed", watch=watch.name, error=type(error).__name__)
            self._resting[watch.name] = now + REST
        else:
            self._resting.pop(watch.name, None)


def _look_with(tx: Connection, now: datetime, *, watches: list[Watch]) -> None:
    for watch in watches:
        watch.look(tx, now)


def find_due(tx: Connection, now: datetime, *, since: datetime) -> list[Tick]:
    return due_ticks(
        active_schedules(tx), ticks_since(tx, since), since=since, now=now, exceptions=exceptional_days(tx)
    )


def perform(tx: Connection, now: datetime, *, tick: Tick) -> bool:
    """Claim the tick and do its work in the same transaction; false if somebody has claimed it."""
    if not begin_tick(tx, schedule_id=tick.schedule.id, due_at=tick.due_at, now=now):
        return False
    every_job()[tick.schedule.job].run(tx, tick, now)
    return True


def write_down_missed(tx: Connection, now: datetime, *, missed: list[Tick]) -> None:
    """Ticks that came to light after their grace: kept, and told to the office in one message."""
    fresh = [
        tick
        for tick in missed
        if begin_tick(tx, schedule_id=tick.schedule.id, due_at=tick.due_at, now=now, outcome="missed")
    ]
    fresh = [tick for tick in fresh if _is_lacked(tick)]
    if fresh:
        heading = "⚠️ Hệ thống gián đoạn nên chưa làm được các việc sau, nay đã quá giờ:"
        key = f"missed/{fresh[0].schedule.id}/{fresh[0].due_at.isoformat()}"
        _tell(tx, f"{heading}\n{bullets([_called(tick) for tick in fresh])}", key=key, now=now)


def write_down_failed(tx: Connection, now: datetime, *, tick: Tick) -> None:
    if begin_tick(tx, schedule_id=tick.schedule.id, due_at=tick.due_at, now=now, outcome="failed"):
        text = f"⚠️ Việc sau gặp lỗi và chưa làm được: {_called(tick)}. Xin báo người quản trị hệ thống."
        _tell(tx, text, key=f"failed/{tick.schedule.id}/{tick.due_at.isoformat()}", now=now)


def _is_lacked(tick: Tick) -> bool:
    job = every_job().get(tick.schedule.job)
    return job is None or job.is_missed_aloud


def _called(tick: Tick) -> str:
    job = every_job().get(tick.schedule.job)
    return f"{job.title if job else tick.schedule.name} ({clock_time(tick.due_at)} ngày {short_day(tick.day)})"


def _tell(tx: Connection, text: str, *, key: str, now: datetime) -> None:
    tell_office(tx, text, key=key, lane=Lane.REMINDER, now=now)
