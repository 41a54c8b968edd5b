"""A platform that takes messages and gives no answer: a few are in doubt, the rest wait until it answers."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from sqlalchemy import Connection

from bot.clock import Clock
from bot.delivery.breaker import FEELERS, SEVERAL, Breaker
from bot.platform import DeliveryError, Reason
from storage.database import Database
from storage.messages import Lane, OutgoingMessage
from storage.outbox import Outcome
from storage.record import add
from storage.records.accounts import accounts
from tests.bot.scripted import ScriptedPlatform, delivering, until
from tests.bot.test_delivery import Ledger, a_message, put
from tests.cast import Cast

ROOMS = [f"-9{number}" for number in range(60)]
DOUBT = DeliveryError(Reason.UNCERTAIN, "no answer")


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


def swallow(platform: ScriptedPlatform, messages: int) -> None:
    """So many messages to each room are taken and never answered for."""
    for room in ROOMS:
        platform.refuse[room] = [DOUBT] * messages


def answer_again(platform: ScriptedPlatform) -> None:
    platform.refuse.clear()
    platform.refuse_probe.clear()


def directive() -> list[OutgoingMessage]:
    return [a_message(f"chỉ đạo tới {room}", room) for room in ROOMS]


def breaker_of(platform: ScriptedPlatform, **wish: float) -> Breaker:
    return Breaker(platform, pauses=(0.01,), **wish)


async def test_after_a_few_doubts_the_rest_of_a_directive_waits_and_then_goes(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    swallow(platform, 1)
    platform.refuse_probe = [DOUBT] * 1_000_000
    breaker = breaker_of(platform)
    async with delivering(platform, database, clock, breaker):
        await put(database, clock, *directive(), lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 5)
        asked = len(platform.asked)
        assert SEVERAL <= asked <= FEELERS + SEVERAL
        assert breaker.trouble is not None
        assert "tạm ngừng gửi" in breaker.trouble
        answer_again(platform)
        await until(lambda: _settled(ledger) == len(ROOMS) and breaker.trouble is None)
    states = Counter(state for key, state in ledger.states().items() if key.startswith("chỉ đạo"))
    assert states == {Outcome.UNCERTAIN: asked, Outcome.SENT: len(ROOMS) - asked}


async def test_an_answered_call_lets_one_message_try_before_the_others(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    """Where the harmless call is answered and messages are not, each try costs one doubt and no more."""
    swallow(platform, 1_000)
    breaker = breaker_of(platform)
    async with delivering(platform, database, clock, breaker):
        await put(database, clock, *directive(), lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 4)
        assert len(platform.asked) <= FEELERS + SEVERAL + platform.probed
        assert breaker.trouble is not None
        answer_again(platform)
        await until(lambda: _settled(ledger) == len(ROOMS) and breaker.trouble is None)


async def test_refusals_are_answers(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    """Doubts that are not in a row break nothing."""
    for number, room in enumerate(ROOMS):
        platform.refuse[room] = [DOUBT if number % 3 else DeliveryError(Reason.REFUSED, "bad request")]
    breaker = breaker_of(platform)
    async with delivering(platform, database, clock, breaker):
        for room in ROOMS[:12]:
            await put(database, clock, a_message(f"tới {room}", room), lane=Lane.DIRECTIVE)
            await until(lambda key=f"tới {room}": ledger.states()[key] in (Outcome.FAILED, Outcome.UNCERTAIN))
    assert platform.probed == 0


async def test_an_alert_waits_too_and_goes_first(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    swallow(platform, 1)
    platform.refuse_probe = [DOUBT] * 1_000_000
    async with delivering(platform, database, clock, breaker_of(platform)):
        await put(database, clock, *directive(), lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 0)
        await put(database, clock, a_message("cháy kho", "1001"), lane=Lane.ALERT)
        await until(lambda: ledger.is_in("cháy kho", Outcome.LEASED))
        answer_again(platform)
        await until(lambda: ledger.is_in("cháy kho", Outcome.SENT))
    assert platform.texts()[0] == "cháy kho"


async def test_who_has_another_way_hears_it_there_when_it_lasts(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger, cast: Cast
) -> None:
    def link_zalo(tx: Connection, now: object) -> None:
        add(
            tx,
            accounts,
            platform="zalo",
            external_id="z-lan",
            person_id=cast.lan.person_id,
            display_name="Lan",
            private_chat_id="z-lan",
            is_reachable=True,
            linked_at=clock.now(),
        )

    await database.run(link_zalo, clock.now())
    swallow(platform, 1)
    platform.refuse_probe = [DOUBT] * 1_000_000
    async with delivering(platform, database, clock, breaker_of(platform, too_long=0.05)):
        await put(database, clock, *directive()[: FEELERS + SEVERAL], lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 0)
        await put(database, clock, a_message("chị Lan được nhắc"))
        await until(lambda: ledger.is_in("chị Lan được nhắc", Outcome.DROPPED))
    assert ledger.of("chị Lan được nhắc/1/via/zalo").chat_id == "z-lan"


async def test_whoever_stops_leaves_nothing_behind(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    swallow(platform, 1)
    platform.refuse_probe = [DOUBT] * 1_000_000
    breaker = breaker_of(platform)
    async with delivering(platform, database, clock, breaker):
        await put(database, clock, *directive(), lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 0)
    assert breaker.trouble is None
    assert not any(task.get_name().startswith("probe") for task in asyncio.all_tasks())
    assert set(ledger.states().values()) <= {Outcome.READY, Outcome.UNCERTAIN}


async def test_a_call_that_breaks_in_our_own_hands_is_tried_again(
    database: Database, clock: Clock, platform: ScriptedPlatform, ledger: Ledger
) -> None:
    swallow(platform, 1)
    platform.refuse_probe = [KeyError("id"), ValueError("no JSON")]
    async with delivering(platform, database, clock, breaker_of(platform)):
        await put(database, clock, *directive(), lane=Lane.DIRECTIVE)
        await until(lambda: platform.probed > 2)
        answer_again(platform)
        await until(lambda: _settled(ledger) == len(ROOMS))
    assert len(platform.shown) > len(ROOMS) // 2


def _settled(ledger: Ledger) -> int:
    directives = (state for key, state in ledger.states().items() if key.startswith("chỉ đạo"))
    return sum(state in (Outcome.SENT, Outcome.UNCERTAIN) for state in directives)
