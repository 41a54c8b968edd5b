"""Tokens that rotate: an access token for a day, a refresh token for one use, both kept before either is used.

Losing the refresh token means that a human must consent again. So one process at a time refreshes (a claim in the store),
the new pair is stored whole before it is used, and while the old access token lives a failed refresh harms nobody.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.platforms.zalo_oa.errors import NoConsentError, NothingSentError, OaError

EARLY = timedelta(hours=2)  # before its end an access token is renewed
CLAIM = timedelta(seconds=60)
PAUSE = 0.5
PATIENCE = 30  # looks at the store while another process refreshes


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires_at: datetime  # of the access token


class TokenStore(Protocol):
    """Where the pair outlives us; the same for every process."""

    async def read(self) -> Pair | None: ...

    async def claim(self, holder: str, *, until: datetime) -> Pair | None:
        """The pair as it stands, for this holder alone until then; None while another holds it."""

    async def keep(self, pair: Pair, *, holder: str) -> None:
        """Both tokens at once, the pair before beside them; ends the claim. Returns only when they are safe."""

    async def let_go(self, holder: str) -> None: ...

    async def begin_with(self, refresh: str) -> None:
        """The refresh token from the settings, unless it was begun with before."""


Exchange = Callable[[str], Awaitable[Pair]]
"""Gives a refresh token for a new pair; NoConsentError where it is dead."""


class TokenKeeper:
    """Gives a token that works, renewing it in time."""

    def __init__(
        self, store: TokenStore, exchange: Exchange, now: Callable[[], datetime], *, pause: float = PAUSE
    ) -> None:
        self._store = store
        self._exchange = exchange
        self._now = now
        self._pause = pause
        self._holder = uuid.uuid4().hex
        self._lock = asyncio.Lock()
        self._pair: Pair | None = None
        self._dead: str | None = None
        self.trouble: OaError | None = None
        """Why the latest renewal failed."""

    async def token(self) -> str:
        """One that should work now; OaError where there is none."""
        pair = self._pair
        if pair is None or self._is_old(pair):
            return await self._renew_early()
        return pair.access

    async def _renew_early(self) -> str:
        """While the old one lives, a renewal that fails is only a worry."""
        try:
            return await self.renew()
        except OaError:
            if self._pair is None or self._now() >= self._pair.expires_at:
                raise
            return self._pair.access

    async def renew(self, *, dead: str | None = None) -> str:
        """Another token than `dead`: one that somebody else has fetched meanwhile, or a new one."""
        async with self._lock:
            try:
                token = await self._renewed(dead)
            except OaError as error:
                self.trouble = error
                raise
            self.trouble = None
            return token

    async def _renewed(self, dead: str | None) -> str:
        for _ in range(PATIENCE):
            self._pair = pair = await self._store.read()
            if pair is None:
                raise NoConsentError("no token yet")
            if pair.access and pair.access != dead and not self._is_old(pair):
                return pair.access
            if pair.refresh == self._dead:
                raise NoConsentError("the refresh token is dead")
            held = await self._store.claim(self._holder, until=self._now() + CLAIM)
            if held is not None and held == pair:
                return await _to_its_end(self._fetch(held))
            if held is not None:  # it was renewed between our look and our claim
                await self._store.let_go(self._holder)
                continue
            await asyncio.sleep(self._pause)
        raise NothingSentError("another process is renewing the token")

    async def _fetch(self, pair: Pair) -> str:
        try:
            fresh = await self._exchange(pair.refresh)
        except OaError as error:
            if isinstance(error, NoConsentError):
                self._dead = pair.refresh
            await self._store.let_go(self._holder)
            raise
        await self._store.keep(fresh, holder=self._holder)
        self._pair = fresh
        return fresh.access

    def _is_old(self, pair: Pair) -> bool:
        return self._now() >= pair.expires_at - EARLY


async def _to_its_end(fetching: Coroutine[None, None, str]) -> str:
    """Also when we are cancelled: a pair that Zalo has given and nobody kept would be lost for good."""
    task = asyncio.ensure_future(fetching)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
