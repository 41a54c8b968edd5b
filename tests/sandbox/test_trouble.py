"""Bad days: injected faults, flood limits, and the list of calls."""

import asyncio
import time

import aiohttp
import pytest

from tests.sandbox.conftest import BOT, TOKEN, UNIT, Office
from tests.sandbox.waiting import until


async def test_a_dropped_line_before_the_server_acts(office: Office) -> None:
    await office.post("/faults", kind="drop_before", method="sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await office.bot.ask("sendMessage", chat_id=UNIT, text="Mất")
    assert await office.lan.messages(UNIT) == []
    await office.bot.call("sendMessage", chat_id=UNIT, text="Lần này tới")


async def test_a_dropped_line_after_the_server_acted(office: Office) -> None:
    await office.post("/faults", kind="drop_after", method="sendMessage", chat=UNIT)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await office.bot.ask("sendMessage", chat_id=UNIT, text="Tới mà không hay")
    assert [message["text"] for message in await office.lan.messages(UNIT)] == ["Tới mà không hay"]


async def test_a_delayed_call_is_applied_although_nobody_waits_any_more(office: Office) -> None:
    await office.post("/faults", kind="delay", seconds=0.15, method="sendMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await office.bot.ask("sendMessage", chat_id=UNIT, text="Chậm")
    await until(lambda: office.lan.messages(UNIT))


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("500", 500, "Internal Server Error"),
        ("401", 401, "Unauthorized"),
        (
            "409",
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        ),
        ("429", 429, "Too Many Requests: retry after 7"),
    ],
)
async def test_refusals_come_on_order(office: Office, kind: str, code: int, words: str) -> None:
    await office.post("/faults", kind=kind, seconds=7, times=2, bot=TOKEN)
    for _ in range(2):
        answer = await office.bot.ask("getMe")
        assert (answer.error_code, answer.description) == (code, words)
    assert (await office.bot.ask("getMe")).ok


async def test_a_page_of_a_middlebox(office: Office) -> None:
    await office.post("/faults", kind="html404")
    async with office.http.get(f"/bot{TOKEN}/getMe") as response:
        assert (response.status, response.content_type) == (404, "text/html")


async def test_faults_wait_for_the_calls_they_fit_and_can_be_taken_back(office: Office) -> None:
    await office.post("/faults", kind="500", chat=UNIT)
    await office.post("/faults", kind="500", bot="1:other")
    await office.bot.call("getMe")
    async with office.http.delete("/faults") as response:
        assert response.status == 200
    await office.bot.call("sendMessage", chat_id=UNIT, text="Ổn")
    async with office.http.post("/faults", json={"kind": "động đất"}) as response:
        assert response.status == 400


async def test_an_update_comes_twice(office: Office) -> None:
    await office.post("/faults", kind="duplicate")
    await office.lan.do("start", bot=BOT)
    first, second = await office.bot.call("getUpdates")
    assert first == second


async def test_limits_are_off_unless_asked_for(office: Office) -> None:
    for _ in range(25):
        await office.bot.call("sendMessage", chat_id=UNIT, text="Thông báo")


async def test_twenty_a_minute_in_a_group(office: Office) -> None:
    await office.post("/limits", enforced=True, per_chat=1000)
    answers = [await office.bot.ask("sendMessage", chat_id=UNIT, text=f"{n}") for n in range(21)]
    assert [answer.ok for answer in answers] == [True] * 20 + [False]
    wait = answers[-1].parameters["retry_after"]
    assert answers[-1].description == f"Too Many Requests: retry after {wait}"
    assert answers[-1].headers["Retry-After"] == str(wait)
    await office.post("/clock", advance=wait)
    await office.bot.call("sendMessage", chat_id=UNIT, text="Lại được")


async def test_the_strict_limit_holds_within_any_second(office: Office) -> None:
    await office.post("/limits", enforced=True, strict=True)
    for person in (office.lan, office.minh, office.hoa, office.nga):
        await person.do("start", bot=BOT)
    await office.post("/limits", per_second=3)
    answers = [await office.bot.ask("sendMessage", chat_id=1001 + n, text="Chào") for n in range(4)]
    assert [answer.ok for answer in answers] == [True, True, True, False]
    await office.post("/clock", advance=1)
    await office.bot.call("sendMessage", chat_id=1001, text="Một")
    again = await office.bot.ask("editMessageText", chat_id=1001, message_id=5, text="Hai")
    assert again.error_code in (400, 429)
    assert (await office.bot.ask("sendMessage", chat_id=1001, text="Ba")).parameters == {"retry_after": 1}


async def test_a_round_trip_takes_its_time(office: Office) -> None:
    await office.post("/limits", round_trip=0.05)
    before = time.monotonic()
    await office.bot.call("getMe")
    assert time.monotonic() - before >= 0.05


async def test_every_call_is_on_the_list(office: Office) -> None:
    last = (await office.get("/calls"))[-1]["n"]
    await office.bot.call("SENDMESSAGE", chat_id=UNIT, text="Một")
    await office.bot.refused("sendMessage", chat_id=-9, text="Hai")
    calls = await office.get("/calls", bot=TOKEN, after=last)
    assert [(call["method"], call["chat_id"], call["ok"], call["error_code"]) for call in calls] == [
        ("sendMessage", UNIT, True, None),
        ("sendMessage", -9, False, 400),
    ]


async def test_short_waits_can_be_sat_out_inside_the_call(office: Office) -> None:
    await office.post("/limits", enforced=True, strict=True, absorb=8)
    await office.bot.call("sendMessage", chat_id=UNIT, text="Một")
    second = asyncio.create_task(office.bot.ask("sendMessage", chat_id=UNIT, text="Hai"))
    await asyncio.sleep(0.02)
    assert not second.done()
    await office.post("/clock", advance=1)
    assert (await second).ok


async def test_wrong_limits_are_refused(office: Office) -> None:
    async with office.http.post("/limits", json={"per_second": []}) as response:
        assert response.status == 400


async def test_trouble_for_the_poll_meets_one_that_waits_at_once(office: Office) -> None:
    waiting = asyncio.create_task(office.bot.ask("getUpdates", timeout=20))
    await asyncio.sleep(0.02)
    await office.post("/faults", kind="401", method="getUpdates")
    assert (await waiting).result == []
    assert (await office.bot.ask("getUpdates", timeout=20)).error_code == 401
