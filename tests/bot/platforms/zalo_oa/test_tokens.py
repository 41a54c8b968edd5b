"""Tokens: renewed in time, once among many, stored before they are used, and never lost to a stop."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.platforms.zalo_oa.errors import NoAnswerError, NoConsentError, NothingSentError
from bot.platforms.zalo_oa.tokens import EARLY, Pair, TokenKeeper
from storage.messages import OutgoingMessage
from tests.bot.platforms.zalo_oa.stage import APP_SECRET, KEY, REFRESH, MemoryTokens, ZaloOaStage, zalo_oa_stage

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
DAY = timedelta(hours=25)


class Zalo:
    """Gives a new pair for the latest refresh token, once; `fails` is what the next exchanges end with."""

    def __init__(self, store: MemoryTokens) -> None:
        self.store = store
        self.good = "r0"
        self.asked: list[str] = []
        self.fails: list[Exception] = []
        self.now = NOW
        self.gate = asyncio.Event()
        self.gate.set()
        self.was_asked = asyncio.Event()

    async def exchange(self, refresh: str) -> Pair:
        self.asked.append(refresh)
        self.was_asked.set()
        await self.gate.wait()
        if self.fails:
            raise self.fails.pop(0)
        if refresh != self.good:
            raise NoConsentError("error -14014")
        number = len(self.asked)
        self.good = f"r{number}"
        return Pair(access=f"a{number}", refresh=self.good, expires_at=self.now + DAY)

    def keeper(self) -> TokenKeeper:
        return TokenKeeper(self.store, self.exchange, lambda: self.now, pause=0.001)


@pytest.fixture
async def zalo() -> Zalo:
    store = MemoryTokens()
    await store.begin_with("r0")
    return Zalo(store)


async def test_the_first_token_comes_from_the_first_refresh_token_and_both_are_stored(zalo: Zalo):
    assert await zalo.keeper().token() == "a1"
    assert zalo.store.pair == Pair(access="a1", refresh="r1", expires_at=NOW + DAY)
    assert zalo.store.holder is None


async def test_while_it_is_fresh_nobody_is_asked_again(zalo: Zalo):
    keeper = zalo.keeper()
    assert {await keeper.token() for _ in range(5)} == {"a1"}
    zalo.now += DAY - EARLY
    assert await keeper.token() == "a2"
    assert zalo.asked == ["r0", "r1"]


async def test_many_processes_renew_once(zalo: Zalo):
    keepers = [zalo.keeper() for _ in range(6)]
    tokens = await asyncio.gather(*(keeper.token() for keeper in keepers for _ in range(3)))
    assert set(tokens) == {"a1"}
    assert zalo.asked == ["r0"]


async def test_a_dead_token_is_replaced_by_what_another_process_fetched(zalo: Zalo):
    first, second = zalo.keeper(), zalo.keeper()
    await first.token()
    await second.token()
    assert await first.renew(dead="a1") == "a2"
    assert await second.renew(dead="a1") == "a2"
    assert zalo.asked == ["r0", "r1"]


async def test_a_renewal_that_fails_harms_nobody_while_the_old_token_lives(zalo: Zalo):
    keeper = zalo.keeper()
    await keeper.token()
    zalo.now += DAY - timedelta(minutes=10)
    zalo.fails += [NothingSentError("x")]
    assert await keeper.token() == "a1"
    assert keeper.trouble is not None
    assert await keeper.token() == "a3"
    assert keeper.trouble is None


async def test_after_its_end_there_is_no_token_but_the_next_try_may_find_one(zalo: Zalo):
    keeper = zalo.keeper()
    await keeper.token()
    zalo.now += DAY
    zalo.fails += [NoAnswerError("x")]
    with pytest.raises(NoAnswerError):
        await keeper.token()
    assert zalo.store.holder is None
    assert await keeper.token() == "a3"


async def test_a_dead_refresh_token_is_asked_about_once_until_somebody_consents(zalo: Zalo):
    zalo.good = "elsewhere"
    keeper = zalo.keeper()
    for _ in range(3):
        with pytest.raises(NoConsentError):
            await keeper.token()
    assert zalo.asked == ["r0"]
    await zalo.store.begin_with("elsewhere")
    assert await keeper.token() == "a2"


async def test_with_no_token_at_all_it_says_so(zalo: Zalo):
    zalo.store.pair = None
    with pytest.raises(NoConsentError):
        await zalo.keeper().token()


async def test_a_stop_in_the_middle_loses_no_pair(zalo: Zalo):
    zalo.gate.clear()
    task = asyncio.create_task(zalo.keeper().token())
    await zalo.was_asked.wait()
    task.cancel()
    await asyncio.sleep(0)
    zalo.gate.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert zalo.store.pair is not None
    assert (zalo.store.pair.refresh, zalo.store.holder) == ("r1", None)


async def test_a_claim_nobody_ends_is_waited_for_and_then_told(zalo: Zalo, monkeypatch: pytest.MonkeyPatch):
    zalo.store.holder = "a process that died"
    monkeypatch.setattr("bot.platforms.zalo_oa.tokens.PATIENCE", 3)
    with pytest.raises(NothingSentError):
        await zalo.keeper().token()
    assert zalo.asked == []


def greeting(stage: ZaloOaStage) -> OutgoingMessage:
    return OutgoingMessage(platform="zalo_oa", chat_id=stage.private, text="Chào chị")


async def test_a_token_that_died_early_is_renewed_and_the_message_goes_out_once(stage: ZaloOaStage):
    await stage.account(access={})  # Zalo has forgotten it: -216
    await stage.platform.deliver(greeting(stage))
    await stage.account(access=dict.fromkeys((await stage.account())["access"], 0.0))  # and now its time is up: -220
    await stage.platform.deliver(greeting(stage))
    assert [shown.text for shown in await stage.shown(stage.private)] == ["Chào chị", "Chào chị"]
    assert len({pair.refresh for pair in stage.store.pairs}) == 3


async def test_three_processes_on_one_store_use_each_refresh_token_once(stage: ZaloOaStage):
    others = [stage.another() for _ in range(2)]
    await stage.account(access={})
    await asyncio.gather(*(platform.deliver(greeting(stage)) for platform in [stage.platform, *others]))
    assert [call["error_code"] for call in await stage.calls("access_token")] == [None, None]
    for platform in others:
        await platform.close()


async def test_an_account_whose_consent_is_gone_waits_and_tells_the_administrator():
    async with zalo_oa_stage() as stage:
        await stage.account(refresh="given-to-somebody-else", access={})
        with capture_logs() as logs, pytest.raises(Exception, match="away"):
            await stage.platform.deliver(greeting(stage))
        assert "python -m bot consent" in (stage.platform.trouble or "")
        outside = f"{logs}{stage.store.pair}{stage.platform._client.__dict__['keeper'].trouble}"
        assert not any(secret in outside for secret in (APP_SECRET, KEY, REFRESH, stage.store.pairs[-1].refresh))
