"""The human side from the shell: one call to a running messenger, its answer printed as JSON."""

import argparse
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp

from sandbox.refusal import Refusal

LOOKING = frozenset({"rooms", "messages"})
RENAMED = {"message": "message_id", "reply": "say"}


async def act(options: argparse.Namespace) -> int:
    try:
        async with aiohttp.ClientSession(options.url) as session:
            result = await _call(session, options.command, _given(options))
    except aiohttp.ClientConnectorError:
        raise Refusal(f"Không gặp được máy chủ ở {options.url}; xin chạy «python -m sandbox» trước.") from None
    except aiohttp.InvalidURL:
        raise Refusal(f"Địa chỉ «{options.url}» không đúng.") from None
    print(json.dumps(result, ensure_ascii=False, indent=2))  # noqa: T201
    return 0


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """What was typed, under the names of the HTTP side."""
    server_options = {"command", "url", "port", "host", "world", "state", "any_token"}
    given = {name: value for name, value in vars(options).items() if value is not None and name not in server_options}
    if "message" in given:
        given["message_id"] = given.pop("message")
    if "members" in given:
        given["members"] = [word.strip() for word in given["members"].split(",") if word.strip()]
    return given


async def _call(session: aiohttp.ClientSession, command: str, given: dict[str, Any]) -> Any:
    if command == "upload":
        return await _upload(session, given)
    if command == "clock":
        request = session.post("/clock", json=_moment(given["to"])) if given else session.get("/clock")
    elif command == "world":
        file = _read_json(given["merge"]) if given else None
        request = session.post("/human/world", json=file) if file else session.get("/human/world")
    elif command in LOOKING:
        request = session.get(f"/human/{command}", params=given)
    else:
        request = session.post(f"/human/{RENAMED.get(command, command)}", json=given)
    async with request as answer:
        return await _read(answer)


def _moment(words: str) -> dict[str, Any]:
    """ "+90" moves on by ninety seconds; anything else is a moment."""
    return {"advance": float(words)} if words.startswith("+") else {"to": words}


async def _upload(session: aiohttp.ClientSession, given: dict[str, Any]) -> Any:
    name_of_file, content = _read_bytes(given.pop("file"))
    form = aiohttp.FormData(quote_fields=False)
    for name, value in given.items():
        form.add_field(name, str(value))
    form.add_field("file", BytesIO(content), filename=name_of_file)
    async with session.post("/human/upload", data=form) as answer:
        return await _read(answer)


def _read_json(path: str) -> Any:
    return json.loads(_read_bytes(path)[1])


def _read_bytes(path: str) -> tuple[str, bytes]:
    return Path(path).name, Path(path).read_bytes()


async def _read(answer: aiohttp.ClientResponse) -> Any:
    result = await answer.json()
    if answer.status >= 400:
        raise Refusal(str(result.get("error", "Máy chủ từ chối.")))
    return result
