"""Errands: what a transaction cannot fetch itself is fetched here, and its result handled in a transaction of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from bot.clock import Clock
from bot.logs import where
from bot.platform import DeliveryError, Platform, Reason
from bot.waiting import hear
from handlers import conversation
from handlers.duty import sent_roster
from handlers.errand import ErrandKind
from handlers.playbooks import editing as playbook_files
from handlers.setting_up import sent_file
from handlers.troubles import parked
from storage import errands
from storage.database import Database, DatabaseAwayError
from storage.errands import Errand

log = structlog.get_logger()

LOOK_EVERY = 5.0  # seconds, when no bell rings
AGAIN_AFTER = timedelta(seconds=20)

KINDS = (sent_file.ERRAND, sent_roster.ERRAND, playbook_files.ERRAND, parked.errand_of(conversation.answer))
BY_TOPIC: Mapping[str, ErrandKind] = {kind.topic: kind for kind in KINDS}


class Errands:
    """Runs what waits, one after the other; `run` until cancelled."""

    def __init__(self, database: Database, platforms: Mapping[str, Platform], clock: Clock) -> None:
        self._database = database
        self._platforms = platforms
        self._clock = clock
        self._bell = asyncio.Event()

    async def run(self) -> None:
        self._database.bells.on(errands.BELL, self._bell.set)
        while True:
            self._bell.clear()
            try:
                for errand in await self._database.run(errands.claim, self._clock.now()):
                    await self._run_one(errand)
            except DatabaseAwayError:
                await asyncio.sleep(1.0)
            await hear(self._bell, within=LOOK_EVERY)

    async def _run_one(self, errand: Errand) -> None:
        if errand.attempts > errands.MOST_ATTEMPTS:  # whoever tried it died of it: it shall not take us along for ever
            await self._fail(errand, errand.trouble or "its runner died", may_go_again=False)
            return
        try:
            content = await self._fetch(errand)
            if (read_ahead := BY_TOPIC[errand.topic].read_ahead) is not None:
                content = await asyncio.to_thread(read_ahead, content, errand.name)
            await self._database.run(_Finish(errand, content), self._clock.now())
        except DatabaseAwayError:
            raise
        except DeliveryError as error:
            again = error.reason in (Reason.AWAY, Reason.WAIT, Reason.UNCERTAIN)
            await self._fail(errand, error.detail or str(error.reason), may_go_again=again)
        except Exception as error:  # noqa: BLE001 - one errand's mistake must not stop the others
            log.error("errand_failed", topic=errand.topic, error=type(error).__name__, where=where(error))
            await self._fail(errand, type(error).__name__, may_go_again=False)

    async def _fetch(self, errand: Errand) -> bytes:
        if errand.reference is None:
            return b""
        platform = self._platforms.get(errand.platform)
        if platform is None:
            raise DeliveryError(Reason.AWAY, "this process does not speak that platform")
        return await platform.download(errand.reference)

    async def _fail(self, errand: Errand, trouble: str, *, may_go_again: bool) -> None:
        def work(tx: Connection, now: datetime) -> None:
            again_at = now + AGAIN_AFTER if may_go_again else None
            is_given_up = errands.fail(tx, errand, now=now, trouble=trouble, again_at=again_at)
            kind = BY_TOPIC.get(errand.topic)  # none: a later version asked for it
            if is_given_up and kind is not None and kind.give_up is not None:
                kind.give_up(tx, errand, now)

        await self._database.run(work, self._clock.now())


class _Finish:
    """The transaction that handles what was fetched, once."""

    def __init__(self, errand: Errand, content: bytes) -> None:
        self._errand = errand
        self._content = content

    def __call__(self, tx: Connection, now: datetime) -> None:
        if errands.finish(tx, self._errand.id, now=now):
            BY_TOPIC[self._errand.topic].handle(tx, self._errand, self._content, now)
