"""One call, many wrappings: query, form, JSON, multipart, mixed; GET and POST; any case; and what is refused."""

import json
from typing import Any

import aiohttp
import pytest

from sandbox.server import start
from tests.sandbox.clients import judge
from tests.sandbox.conftest import TOKEN, UNIT, Office

BUTTONS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
FLAT = {"chat_id": str(UNIT), "text": "Chào ạ", "reply_markup": json.dumps(BUTTONS)}
NESTED = {"chat_id": UNIT, "text": "Chào ạ", "reply_markup": BUTTONS}


def multipart() -> aiohttp.FormData:
    form = aiohttp.FormData(default_to_multipart=True)
    for name, value in FLAT.items():
        form.add_field(name, value)
    return form


@pytest.mark.parametrize("verb", ["GET", "POST"])
@pytest.mark.parametrize("name", ["sendMessage", "sendmessage", "SENDMESSAGE"])
@pytest.mark.parametrize("way", ["query", "form", "json", "multipart", "mixed"])
async def test_every_way_says_the_same(office: Office, verb: str, name: str, way: str) -> None:
    wrappings: dict[str, dict[str, Any]] = {
        "query": {"params": FLAT},
        "form": {"data": FLAT},
        "json": {"json": NESTED},
        "multipart": {"data": multipart()},
        "mixed": {"params": {"chat_id": str(UNIT)}, "data": {"text": "Chào ạ", "reply_markup": json.dumps(BUTTONS)}},
    }
    async with office.http.request(verb, f"/bot{TOKEN}/{name}", **wrappings[way]) as response:
        answer = await judge("sendMessage", response)
    assert answer.result["text"] == "Chào ạ"
    assert answer.result["reply_markup"] == BUTTONS


async def test_unknown_methods_and_tokens(office: Office) -> None:
    async with office.http.post(f"/bot{TOKEN}/danceTango") as response:
        body = {"ok": False, "error_code": 404, "description": "Not Found: method not found"}
        assert (response.status, await response.json()) == (404, body)
    for token, code, words in (("1:WRONG", 401, "Unauthorized"), ("rubbish", 404, "Not Found")):
        async with office.http.get(f"/bot{token}/getMe") as response:
            assert (response.status, (await response.json())["description"]) == (code, words)


async def test_nonsense_is_refused_not_a_crash(office: Office) -> None:
    async with office.http.post(
        f"/bot{TOKEN}/sendMessage", data=b"{", headers={"Content-Type": "application/json"}
    ) as r:
        assert (await r.json())["description"] == "Bad Request: can't parse JSON object"
    refusal = await office.bot.refused("sendMessage", chat_id=UNIT, text="a", reply_markup="{")
    assert refusal == "Bad Request: can't parse reply keyboard markup JSON object"
    half = b'{"chat_id": %d, "text": "\\ud83d"}' % UNIT
    async with office.http.post(
        f"/bot{TOKEN}/sendMessage", data=half, headers={"Content-Type": "application/json"}
    ) as r:
        assert (await r.json())["description"] == "Bad Request: strings must be encoded in UTF-8"


async def test_an_empty_world_takes_any_token_of_the_right_shape() -> None:
    sandbox = await start()
    async with aiohttp.ClientSession(sandbox.url) as http:
        for token in ("123456:TEST", "654321:another-Token"):
            async with http.get(f"/bot{token}/getMe") as response:
                assert (await response.json())["result"]["id"] == int(token.split(":")[0])
        async with http.get("/botwrong/getMe") as response:
            assert response.status == 404
    await sandbox.stop()
