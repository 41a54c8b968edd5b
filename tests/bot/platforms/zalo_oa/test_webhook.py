"""The webhook: only what Zalo signed, only lately, stored before it says yes; anything else changes nothing."""

from __future__ import annotations

import asyncio
import io
import json
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.platform import Poison
from bot.platforms.zalo_oa.webhook import REPLAY_WINDOW, SIGNATURE_HEADER, signature_of
from storage.messages import Act
from tests.bot.platforms.listening import House, listening
from tests.bot.platforms.zalo_oa.stage import APP_ID, APP_SECRET, KEY, ZaloOaStage, right_now

SAID: dict[str, Any] = {
    "app_id": APP_ID,
    "event_name": "user_send_text",
    "sender": {"id": "3000000000000000042"},
    "recipient": {"id": "4000000000000000007"},
    "message": {"msg_id": "5d01c7e2a9b04f3388c", "text": "Có mặt"},
}

Client = TestClient[web.Request, web.Application]


def body_of(event: dict[str, Any], *, ago: timedelta = timedelta()) -> tuple[bytes, str]:
    timestamp = str(int((right_now() - ago).timestamp() * 1000))
    return json.dumps(event | {"timestamp": timestamp}, ensure_ascii=False).encode(), timestamp


def signed(body: bytes, timestamp: str, key: str = KEY) -> dict[str, str]:
    return {SIGNATURE_HEADER: f"mac={signature_of(APP_ID, body, timestamp, key)}"}


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
async def client(stage: ZaloOaStage, house: House) -> AsyncIterator[Client]:
    application = web.Application()
    application.add_routes(stage.platform.routes(house.receive))
    async with TestClient(TestServer(application)) as client:
        yield client


async def call(client: Client, body: bytes, headers: dict[str, str]) -> int:
    async with client.post("/zalo-oa", data=body, headers=headers) as answer:
        return answer.status


async def test_a_signed_event_is_stored(client: Client, house: House):
    body, timestamp = body_of(SAID)
    assert await call(client, body, signed(body, timestamp)) == 200
    assert (house.messages[0].key, house.messages[0].text) == ("5d01c7e2a9b04f3388c", "Có mặt")


async def test_the_hash_is_zalos_plain_one():
    """Computed by sha256sum over the four written one after the other."""
    assert signature_of("1", b'{"a":1}', "2", "3") == "460d329f98d3cafc90ea69dfe456cbfab4cf6820ff3e93656786752041369f55"


@pytest.mark.parametrize("key", ["", "another", APP_SECRET])
async def test_another_key_is_refused(client: Client, house: House, key: str):
    body, timestamp = body_of(SAID)
    assert await call(client, body, signed(body, timestamp, key)) == 403
    assert house.batches == []


async def test_a_changed_body_or_no_signature_is_refused(client: Client, house: House):
    body, timestamp = body_of(SAID)
    assert await call(client, body.replace(b"42", b"43"), signed(body, timestamp)) == 403
    assert await call(client, body, {}) == 403
    assert await call(client, body, {SIGNATURE_HEADER: "mac=é"}) == 403
    assert house.batches == []


@pytest.mark.parametrize(
    ("ago", "status"),
    [(timedelta(hours=2), 200), (REPLAY_WINDOW + timedelta(minutes=1), 403), (-REPLAY_WINDOW * 2, 403)],
)
async def test_an_old_event_is_only_a_late_one_within_three_hours(client: Client, ago: timedelta, status: int):
    body, timestamp = body_of(SAID, ago=ago)
    assert await call(client, body, signed(body, timestamp)) == status


@pytest.mark.parametrize(
    "name", ["oa_send_text", "oa_send_group_text", "user_seen_message", "user_received_message", "something_new"]
)
async def test_echoes_receipts_and_what_is_new_are_taken_and_dropped(client: Client, house: House, name: str):
    body, timestamp = body_of(SAID | {"event_name": name})
    assert await call(client, body, signed(body, timestamp)) == 200
    assert house.batches == []


async def test_a_thousand_malformed_bodies_change_nothing_and_cost_no_5xx(client: Client, house: House):
    chance = random.Random(727)
    body, _ = body_of(SAID)
    statuses = set()
    for number in range(1_000):
        spoilt = bytearray(body)
        for _ in range(chance.randint(1, 8)):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        cut = bytes(spoilt[: chance.randrange(len(spoilt))]) if number % 2 else bytes(spoilt)
        statuses.add(await call(client, cut, {SIGNATURE_HEADER: f"mac={'0' * 64}"}))
    assert statuses == {403}
    assert house.batches == []


@pytest.mark.parametrize(
    "strange",
    [
        {"sender": None},
        {"sender": {"id": ["a"]}},
        {"message": {"text": 7}},
        {"message": None, "sender": {"id": ""}},
        {"message": {"msg_id": "1", "attachments": "x"}},
    ],
    ids=str,
)
async def test_a_signed_event_that_cannot_be_read_is_parked(client: Client, house: House, strange: dict[str, Any]):
    body, timestamp = body_of(SAID | strange)
    assert await call(client, body, signed(body, timestamp)) == 200
    [[poison]] = house.batches
    assert isinstance(poison, Poison)
    assert poison.raw == body


async def test_while_the_database_is_away_zalo_is_asked_to_come_back(client: Client, house: House):
    house.away_for = 1
    body, timestamp = body_of(SAID)
    assert await call(client, body, signed(body, timestamp)) == 503
    assert await call(client, body, signed(body, timestamp)) == 200


async def test_a_body_without_end_is_not_read(client: Client, house: House):
    async with client.post("/zalo-oa", data=io.BytesIO(b"x" * 2_000_000)) as answer:
        assert answer.status == 413
    assert house.batches == []


async def test_zalos_repeats_and_doubles_have_one_key(stage: ZaloOaStage):
    house = House(database_is_away_for=2)
    await stage.fault(kind="duplicate")
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.private)
        async with asyncio.timeout(5):
            while house.texts != ["12", "12"]:
                house.received.clear()
                await house.received.wait()
    assert len({message.key for message in house.messages if message.act is Act.TEXT}) == 1
    deliveries = (await stage.account())["deliveries"]
    assert [each["status"] for each in deliveries].count(503) == 2
    assert max(each["retry"] for each in deliveries) >= 1


async def test_after_five_repeats_zalo_stops_calling(stage: ZaloOaStage):
    house = House(database_is_away_for=99)
    async with listening(stage.platform, house):
        await stage.say("12", chat=stage.private)
        async with asyncio.timeout(5):
            while (await stage.account())["is_subscribed"]:  # noqa: ASYNC110 - nothing tells when it gives up
                await asyncio.sleep(0.02)
    assert max(each["retry"] for each in (await stage.account())["deliveries"]) == 5


async def test_following_leaving_and_the_life_of_a_group_are_told_with_names(stage: ZaloOaStage):
    house = House()
    async with listening(stage.platform, house):
        await stage.do("block", bot="@oa.trucban")
        assert (await house.next(Act.REMOVED)).chat_id == stage.private
        await stage.do("unblock", bot="@oa.trucban")
        while not (followed := [each for each in house.messages if each.act is Act.ADDED and each.is_private]):
            house.received.clear()
            await house.received.wait()
        await stage.say("12 lượt", chat=stage.room)
        said = await house.next(Act.TEXT)
    assert [(each.chat_id, each.user_name) for each in followed] == [(stage.private, "Lan Vũ Thị")]
    made = [each for each in house.messages if each.act is Act.ADDED and not each.is_private]
    assert [(each.chat_id, each.chat_title) for each in made] == [(stage.room, "Phòng Kinh tế")]
    assert (said.chat_title, said.user_name, said.by_words) == ("Phòng Kinh tế", "Lan Vũ Thị", True)


async def test_names_that_cannot_be_had_hold_nothing_up(stage: ZaloOaStage):
    await stage.fault(kind="-201", method="v3.0/oa/user/detail")
    await stage.fault(kind="html502", method="v3.0/oa/group/getgroup", times=2)
    house = House()
    async with listening(stage.platform, house):
        await stage.say("12 lượt", chat=stage.room)
        said = await house.next(Act.TEXT)
    assert (said.chat_title, said.user_name) == ("", "")
