"""Errands at work: one whose runner dies again and again is given up, and whoever waits for it is told."""

from __future__ import annotations

import asyncio

from sqlalchemy import Connection, select

from bot.clock import Clock
from bot.parts.errands import Errands
from handlers.files.sent import UNFETCHED
from handlers.setting_up.sent_file import TOPIC
from storage import errands
from storage.database import Database
from storage.outbox import parcels
from tests.bot.scripted import ScriptedPlatform, until


async def test_what_kills_its_runner_is_given_up_in_the_end(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    def put_what_killed_five(tx: Connection, now: object) -> None:
        state = {"chat_id": "1003", "person_id": 3}
        errands.put(tx, topic=TOPIC, platform="telegram", reference="F", name="a.csv", state=state, now=clock.now())
        tx.execute(errands.errands.update().values(attempts=errands.MOST_ATTEMPTS))

    def said() -> list[str]:
        with database.engine.connect().execution_options(read_only=True) as tx:
            return list(tx.execute(select(parcels.c.payload)).scalars())

    await database.run(put_what_killed_five, clock.now())
    task = asyncio.create_task(Errands(database, {"telegram": platform}, clock).run())
    try:
        await until(said)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [UNFETCHED in each for each in said()] == [True]
