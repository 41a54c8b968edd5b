"""The deliverer at its edges: taken back at the last moment, doubtful again and again, behind a slow chat, edited often."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime

import pytest
from sqlalchemy import Connection, text

from bot.clock import Clock
from bot.delivery import claims
from bot.delivery.deliverer import Delivery
from bot.platform import DeliveryError, Reason
from bot.platforms.telegram import LIMITS
from storage import outbox
from storage.database import Database
from storage.messages import Deed, Lane
from storage.outbox import Outcome
from storage.parcels import sending
from storage.parcels.recall import take_back
from tests.bot.scripted import ScriptedPlatform, delivering, until
from tests.bot.test_delivery import LAN, Ledger, a_message, put
from tests.cast import Cast

BUSY_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
)


async def test_what_was_merged_with_something_taken_back_still_goes(
    database: Database, clock: Clock, platform: ScriptedPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(database)
    begin = sending.begin_sending

    def begin_late(tx: Connection, ids: Sequence[int], *, holder: str) -> set[int]:
        take_back(tx, [ledger.of("nhắc một").id], now=clock.now())
        return begin(tx, ids, holder=holder)

    monkeypatch.setattr(sending, "begin_sending", begin_late)
    await put(database, clock, *(a_message(f"nhắc {n}") for n in ("một", "hai", "ba")), lane=Lane.REMINDER)
    async with delivering(platform, database, clock):
        await until(lambda: ledger.is_in("nhắc hai", Outcome.SENT))
    assert ledger.is_in("nhắc một", Outcome.DROPPED)
    assert platform.texts(LAN) == ["nhắc hai\n\nnhắc ba"]


async def test_an_alert_in_doubt_again_and_again_is_not_poured_out(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    platform.refuse[LAN] = [DeliveryError(Reason.UNCERTAIN, "only in part")] * 1_000
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
        await until(lambda: len(platform.asked) == 2)
        await asyncio.sleep(0.2)
        assert len(platform.asked) == 2
        clock.move_to(clock.ahead + 60)
        await until(lambda: len(platform.asked) == 3)


async def test_a_full_hand_for_one_slow_room_delays_no_other_while_something_is_under_way(
    database: Database, clock: Clock
) -> None:
    ledger = Ledger(database)
    platform = ScriptedPlatform(LIMITS)
    platform.gate.clear()
    await put(database, clock, *(a_message(f"nhắc {n}", "-1") for n in range(400)), lane=Lane.REMINDER)
    await put(database, clock, a_message("chỉ đạo", "-2"), lane=Lane.DIRECTIVE)
    async with delivering(platform, database, clock):
        await until(lambda: len(platform.asked) == 2)
    assert ledger.is_in("chỉ đạo", Outcome.SENT)


async def test_a_board_that_was_edited_often_has_no_less_patience(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    ledger = Ledger(database)
    async with delivering(platform, database, clock):
        for n in range(4):
            await put(database, clock, a_message(f"{n}/3"), board=True)
            await until(lambda n=n: platform.texts()[-1:] == [f"{n}/3"] and ledger.is_in("board", Outcome.SENT))
    assert ledger.of("board").attempts == 0


async def test_a_board_that_somebody_deleted_is_shown_anew(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    ledger = Ledger(database)
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("0/3"), board=True)
        await until(lambda: ledger.is_in("board", Outcome.SENT))
        platform.refuse[LAN] = [DeliveryError(Reason.REFUSED, "message to edit not found")]
        await put(database, clock, a_message("1/3"), board=True)
        await until(lambda: platform.texts() == ["0/3", "1/3"] and ledger.is_in("board", Outcome.SENT))
        platform.refuse[LAN] = [DeliveryError(Reason.REFUSED, "bad")] * 2
        await put(database, clock, a_message("2/3"), board=True)
        await until(lambda: ledger.is_in("board", Outcome.FAILED))
    assert [request.edits for request in platform.asked] == [None, "1", None, "2", None]


async def test_a_reaction_that_a_room_does_not_allow_is_no_news_for_the_office(
    database: Database, clock: Clock, platform: ScriptedPlatform, cast: Cast
) -> None:
    ledger, room = Ledger(database), cast.rooms["KT"]
    platform.refuse[room] = [DeliveryError(Reason.REFUSED, "REACTION_INVALID")]
    async with delivering(platform, database, clock):
        await put(database, clock, a_message("👍", room, deed=Deed.REACT))
        await until(lambda: ledger.is_in("👍", Outcome.FAILED))
        assert ledger.states() == {"👍": Outcome.FAILED}


async def test_what_a_killed_deliverer_still_leased_after_it_was_followed_goes(
    database: Database, clock: Clock, platform: ScriptedPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL may be at its last commit when the next one has already taken over."""
    monkeypatch.setattr(claims, "REGAIN_EVERY", 0.0)

    def lease(tx: Connection, now: datetime) -> None:
        outbox.put(tx, a_message("có ca sốt"), key="có ca sốt", lane=Lane.ALERT, now=now)
        assert sending.claim(tx, "telegram", holder="telegram-killed", now=now, limit=1)

    async with delivering(platform, database, clock):
        await put(database, clock, a_message("chào"))
        await until(lambda: platform.texts(LAN) == ["chào"])
        await database.run(lease, clock.now())
        await until(lambda: Ledger(database).is_in("có ca sốt", Outcome.SENT))


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_who_leaves_in_the_middle_of_a_claim_gives_back_what_it_takes(
    database: Database, clock: Clock, platform: ScriptedPlatform
) -> None:
    """Several writers: the one that gives back must not be quicker than the one that takes."""
    await put(database, clock, a_message("có ca sốt"), lane=Lane.ALERT)
    with database.engine.connect() as another:
        another.execute(text("LOCK TABLE redraws"))
        leaving = asyncio.create_task(Delivery(platform, database, clock).run())
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'redraws'::regclass")
        await until(lambda: another.execute(waiting).scalar_one())
        leaving.cancel()
        await asyncio.sleep(0.1)
    await asyncio.gather(leaving, return_exceptions=True)
    with database.engine.connect() as another:
        await until(lambda: another.execute(BUSY_OTHERS).scalar_one() == 0)
    assert Ledger(database).is_in("có ca sốt", Outcome.READY)
    assert platform.asked == []
