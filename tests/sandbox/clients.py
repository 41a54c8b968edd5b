"""A bot and its people as the tests play them; every answer the bot gets is held against the published schema."""

import json
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp

from tests.sandbox.schema import check, result_schema, update_schema

Json = Any


@dataclass
class Answer:
    ok: bool
    result: Json = None
    error_code: int | None = None
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class BotClient:
    """Calls methods the plain way, and refuses answers the real server would not give."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self.http = http
        self.token = token

    async def ask(self, method: str, **arguments: Any) -> Answer:
        data = {name: value if isinstance(value, str) else json.dumps(value) for name, value in arguments.items()}
        async with self.http.post(f"/bot{self.token}/{method}", data=data) as response:
            return await judge(method, response)

    async def call(self, method: str, **arguments: Any) -> Json:
        answer = await self.ask(method, **arguments)
        assert answer.ok, f"{method}: {answer.description}"
        return answer.result

    async def refused(self, method: str, **arguments: Any) -> str:
        answer = await self.ask(method, **arguments)
        assert not answer.ok, f"{method} should have been refused: {answer.result}"
        return answer.description

    async def send_files(self, method: str, files: dict[str, tuple[str, bytes]], **arguments: Any) -> Answer:
        form = aiohttp.FormData(quote_fields=False)
        for name, value in arguments.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, content) in files.items():
            form.add_field(name, BytesIO(content), filename=filename)
        async with self.http.post(f"/bot{self.token}/{method}", data=form) as response:
            return await judge(method, response)

    async def updates(self, **arguments: Any) -> list[dict[str, Any]]:
        """All that waits, then confirmed."""
        updates: list[dict[str, Any]] = await self.call("getUpdates", **arguments)
        if updates:
            await self.call("getUpdates", offset=updates[-1]["update_id"] + 1, limit=1)
        return updates


async def judge(method: str, response: aiohttp.ClientResponse) -> Answer:
    assert response.headers["Content-Type"] == "application/json"
    body = json.loads(await response.read())
    assert "null" not in json.dumps(body).replace("nullified", ""), f"{method} answered with a null: {body}"
    if not body["ok"]:
        assert response.status == body["error_code"]
        assert set(body) <= {"ok", "error_code", "description", "parameters"}
        return Answer(**body, headers=dict(response.headers))
    assert response.status == 200
    assert set(body) <= {"ok", "result", "description"}
    assert not (wrongs := check(body["result"], result_schema(method))), f"{method}: {wrongs}"
    if method.lower() == "getupdates":
        for update in body["result"]:
            assert not (wrongs := check(update, update_schema())), f"update: {wrongs}"
    return Answer(**body)


class PersonClient:
    """The human side, as one person."""

    def __init__(self, http: aiohttp.ClientSession, number: int) -> None:
        self.http = http
        self.id = number

    async def do(self, what: str, **wish: Any) -> Json:
        status, body = await self.attempt(what, **wish)
        assert status == 200, body
        return body

    async def attempt(self, what: str, **wish: Any) -> tuple[int, Json]:
        async with self.http.post(f"/human/{what}", json={"as": self.id} | wish) as response:
            return response.status, await response.json()

    async def look(self, what: str, **wish: Any) -> Json:
        async with self.http.get(f"/human/{what}", params={"as": self.id} | wish) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def messages(self, room: Any, **wish: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.look("messages", room=str(room), **wish)
        return found
