"""Rotating tokens in the database: whole pairs, the one before beside them, one process renewing at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.platforms.zalo_oa.tokens import Pair, TokenKeeper
from bot.token_store import DatabaseTokens
from storage.database import Database, DatabaseAwayError
from storage.records.tokens import platform_tokens

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FRESH = Pair(access="access-1", refresh="refresh-1", expires_at=NOW + timedelta(hours=25))


class Hand:
    """One process: its store, and its clock."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.store = DatabaseTokens(database, "zalo_oa", lambda: self.now)


@pytest.fixture
def hand(database: Database) -> Hand:
    return Hand(database)


async def test_before_anything_there_is_nothing(hand: Hand) -> None:
    assert await hand.store.read() is None
    assert await hand.store.claim("a", until=NOW) is None


async def test_the_first_token_of_the_settings_is_taken_once_and_a_new_one_begins_anew(hand: Hand) -> None:
    await hand.store.begin_with("first")
    await hand.store.keep(FRESH, holder="a")
    await hand.store.begin_with("first")
    assert await hand.store.read() == FRESH
    await hand.store.begin_with("second")
    begun = await hand.store.read()
    assert begun is not None
    assert (begun.access, begun.refresh) == ("", "second")


async def test_both_tokens_change_together_and_the_pair_before_is_kept(hand: Hand, database: Database) -> None:
    await hand.store.begin_with("first")
    await hand.store.keep(FRESH, holder="a")
    await hand.store.keep(Pair(access="access-2", refresh="refresh-2", expires_at=NOW), holder="a")
    with database.engine.connect().execution_options(read_only=True) as tx:
        row = tx.execute(select(platform_tokens)).one()
    assert (row.access_token, row.refresh_token) == ("access-2", "refresh-2")
    assert (row.previous_access_token, row.previous_refresh_token) == ("access-1", "refresh-1")


async def test_one_claims_the_others_wait_until_it_ends_or_runs_out(hand: Hand, database: Database) -> None:
    other = Hand(database)
    await hand.store.begin_with("first")
    until = NOW + timedelta(seconds=60)
    assert await hand.store.claim("a", until=until) is not None
    assert await hand.store.claim("a", until=until) is not None
    assert await other.store.claim("b", until=until) is None
    await other.store.let_go("b")
    assert await other.store.claim("b", until=until) is None
    other.now = until + timedelta(seconds=1)
    assert await other.store.claim("b", until=other.now + timedelta(seconds=60)) is not None
    await other.store.let_go("b")
    assert await hand.store.claim("a", until=until) is not None


async def test_many_claims_at_once_have_one_winner(hand: Hand) -> None:
    await hand.store.begin_with("first")
    claims = [hand.store.claim(f"h{number}", until=NOW + timedelta(minutes=1)) for number in range(12)]
    assert sum(pair is not None for pair in await asyncio.gather(*claims)) == 1


async def test_processes_renew_once_between_them(database: Database) -> None:
    hands = [Hand(database) for _ in range(4)]
    await hands[0].store.begin_with("first")
    asked: list[str] = []

    async def exchange(refresh: str) -> Pair:
        asked.append(refresh)
        await asyncio.sleep(0.02)
        return FRESH

    keepers = [TokenKeeper(each.store, exchange, lambda: NOW, pause=0.01) for each in hands]
    assert set(await asyncio.gather(*(keeper.token() for keeper in keepers))) == {"access-1"}
    assert asked == ["first"]


async def test_a_consent_replaces_whatever_stood_and_the_settings_do_not_bring_it_back(hand: Hand) -> None:
    await hand.store.begin_with("first")
    await hand.store.begin_with_pair(FRESH)
    await hand.store.begin_with("first")
    assert await hand.store.read() == FRESH


async def test_a_database_that_is_away_is_waited_for(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    await hand.store.begin_with("first")
    run, times = hand.store._database.run, 0

    async def fail_twice(work, now):
        nonlocal times
        times += 1
        if times <= 2:
            raise DatabaseAwayError("x")
        return await run(work, now)

    monkeypatch.setattr(hand.store._database, "run", fail_twice)
    monkeypatch.setattr("bot.waiting.PAUSE", 0.001)
    await hand.store.keep(FRESH, holder="a")
    assert await hand.store.read() == FRESH


async def test_no_token_reaches_a_log_or_a_repr(hand: Hand) -> None:
    with capture_logs() as logs:
        await hand.store.begin_with("first-secret")
        await hand.store.keep(FRESH, holder="a")
    assert [line["event"] for line in logs] == ["tokens_renewed"]
    assert not any(secret in f"{logs}{FRESH}" for secret in ("first-secret", "access-1", "refresh-1"))
