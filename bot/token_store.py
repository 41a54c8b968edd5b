"""Keeps a platform's rotating tokens in the database: whole pairs, one process renewing at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

import structlog
from sqlalchemy import Connection, or_, select

from bot.platforms.zalo_oa.tokens import Pair
from bot.waiting import keep
from storage.database import Database, Work
from storage.inserts import insert_or_update
from storage.record import change
from storage.records.tokens import platform_tokens

NEVER = datetime(2000, 1, 1, tzinfo=UTC)

T = TypeVar("T")

log = structlog.get_logger()

_mine = platform_tokens.c


class DatabaseTokens:
    """Fulfils `TokenStore`. A database that is away is waited for: a fresh pair must not be lost."""

    def __init__(self, database: Database, platform: str, now: Callable[[], datetime]) -> None:
        self._database = database
        self._platform = platform
        self._now = now

    async def read(self) -> Pair | None:
        return await self._insist(lambda tx, _now: self._pair(tx))

    async def claim(self, holder: str, *, until: datetime) -> Pair | None:
        def work(tx: Connection, now: datetime) -> Pair | None:
            is_free = or_(_mine.holder.is_(None), _mine.holder == holder, _mine.held_until < now)
            where = (_mine.platform == self._platform, is_free)
            if change(tx, platform_tokens, *where, holder=holder, held_until=until) != 1:
                return None
            return self._pair(tx)

        return await self._insist(work)

    async def keep(self, pair: Pair, *, holder: str) -> None:
        """Whoever fetched it keeps it, also where its claim has run out meanwhile: the pair before is used up."""

        def work(tx: Connection, now: datetime) -> None:
            before = self._pair(tx)
            change(
                tx,
                platform_tokens,
                _mine.platform == self._platform,
                access_token=pair.access,
                refresh_token=pair.refresh,
                expires_at=pair.expires_at,
                previous_access_token=before.access if before else None,
                previous_refresh_token=before.refresh if before else None,
                kept_at=now,
                holder=None,
                held_until=None,
            )

        await self._insist(work)
        log.info("tokens_renewed", platform=self._platform, expires_at=pair.expires_at.isoformat(), by=holder[:8])

    async def let_go(self, holder: str) -> None:
        def work(tx: Connection, _now: datetime) -> None:
            where = (_mine.platform == self._platform, _mine.holder == holder)
            change(tx, platform_tokens, *where, holder=None, held_until=None)

        await self._insist(work)

    async def begin_with(self, refresh: str) -> None:
        mark = hashlib.sha256(refresh.encode()).hexdigest()

        def work(tx: Connection, _now: datetime) -> None:
            row = tx.execute(select(_mine.begun_with).where(_mine.platform == self._platform)).first()
            if row is None or row.begun_with != mark:
                self._begin(tx, Pair(access="", refresh=refresh, expires_at=NEVER), mark)

        await self._insist(work)

    async def begin_with_pair(self, pair: Pair) -> None:
        """What a consent gave, in place of whatever stood."""
        await self._insist(lambda tx, _now: self._begin(tx, pair, None))

    def _begin(self, tx: Connection, pair: Pair, mark: str | None) -> None:
        before = self._pair(tx)
        values = {
            "platform": self._platform,
            "access_token": pair.access,
            "refresh_token": pair.refresh,
            "expires_at": pair.expires_at,
            "previous_access_token": before.access if before else None,
            "previous_refresh_token": before.refresh if before else None,
            "kept_at": self._now(),
            "holder": None,
            "held_until": None,
        }
        if mark is not None:
            values["begun_with"] = mark
        insert_or_update(tx, platform_tokens, values, key=("platform",))

    def _pair(self, tx: Connection) -> Pair | None:
        columns = (_mine.access_token, _mine.refresh_token, _mine.expires_at)
        row = tx.execute(select(*columns).where(_mine.platform == self._platform)).first()
        return None if row is None else Pair(access=row[0], refresh=row[1], expires_at=row[2])

    async def _insist(self, work: Work[T]) -> T:
        return await keep(self._database, self._now, work)
