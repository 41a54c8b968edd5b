"""An alert when a platform is dead or refuses: the other one carries it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from bot.clock import Clock
from bot.platform import DeliveryError, Reason
from handlers.alerts import raise_alert, try_other_ways
from storage.database import Database
from storage.record import add, find_all
from storage.records.accounts import accounts
from storage.records.alerts import AlertEvent, Happened, Severity, alert_events
from tests.bot.scripted import ScriptedPlatform, delivering, until
from tests.cast import Cast, settle_in

HALF_A_STEP = timedelta(seconds=90)  # of what is severe
ZALO = "z-minh"


@pytest.fixture
async def two_ways(database: Database, clock: Clock) -> Cast:
    """anh Minh writes on Telegram lately, and has written on Zalo before."""
    cast = await database.run(settle_in, clock.now())

    def link(tx: Connection, now: datetime) -> None:
        zalo = {"platform": "zalo", "external_id": ZALO, "private_chat_id": ZALO, "display_name": "Minh"}
        linked_at = now - timedelta(days=9)
        add(tx, accounts, **zalo, person_id=cast.minh.person_id, is_reachable=True, linked_at=linked_at)

    await database.run(link, clock.now())
    return cast


def alarm(tx: Connection, now: datetime, *, cast: Cast) -> int:
    return raise_alert(tx, rule="x", subject="Cháy kho", unit_id=cast.units["KT"], severity=Severity.SEVERE, now=now)


def zalo() -> ScriptedPlatform:
    platform = ScriptedPlatform()
    platform.name = "zalo"
    return platform


async def test_a_refusal_sends_it_the_other_way_at_once(
    database: Database, clock: Clock, platform: ScriptedPlatform, two_ways: Cast
) -> None:
    """He blocked the bot there: no half of a step is waited for."""
    other = zalo()
    platform.refuse[two_ways.minh.account] = [DeliveryError(Reason.UNREACHABLE, "blocked")]
    async with delivering(platform, database, clock), delivering(other, database, clock):
        await database.run(partial(alarm, cast=two_ways), clock.now())
        await until(lambda: not platform.refuse[two_ways.minh.account])
        await _until_noted(database, clock, Happened.UNDELIVERED)
        assert await database.run(try_other_ways, clock.now()) == 1
        await until(lambda: any("Cháy kho" in text for text in other.texts(ZALO)))


async def test_a_dead_platform_delays_it_by_half_a_step(
    database: Database, clock: Clock, platform: ScriptedPlatform, two_ways: Cast
) -> None:
    """Nothing is refused and nothing arrives: whoever has not answered hears on his other platform."""
    other = zalo()
    platform.gate.clear()
    async with delivering(platform, database, clock), delivering(other, database, clock):
        await database.run(partial(alarm, cast=two_ways), clock.now())
        await until(lambda: platform.asked)
        assert await database.run(try_other_ways, clock.now() + HALF_A_STEP - timedelta(seconds=2)) == 0
        clock.move_to(clock.ahead + HALF_A_STEP.total_seconds())
        assert await database.run(try_other_ways, clock.now()) == 1
        await until(lambda: any("Cháy kho" in text for text in other.texts(ZALO)))
        assert platform.texts() == []


async def _until_noted(database: Database, clock: Clock, what: Happened) -> None:
    def is_noted(tx: Connection, _now: datetime) -> bool:
        return any(event.what == what for event in find_all(tx, AlertEvent, alert_events))

    await _until_true(database, clock, is_noted)


async def _until_true(database: Database, clock: Clock, look: Callable[[Connection, datetime], bool]) -> None:
    for _ in range(500):
        if await database.read(look, clock.now()):
            return
    raise AssertionError("it did not come")
