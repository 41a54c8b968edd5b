"""Where bots knock: /bot<token>/<method> and /file/bot<token>/<path>, with the envelope of the real server."""

import asyncio
import inspect
import math
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from sandbox.broken_line import break_before, hang_up
from sandbox.faults import Fault
from sandbox.telegram.arguments import Arguments
from sandbox.telegram.call import Call
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.errors import ApiError, conflict, too_many_requests
from sandbox.telegram.methods import gather
from sandbox.telegram.methods.receiving import RawJson
from sandbox.telegram.polling import OTHER_POLLER
from sandbox.telegram.request_body import read_arguments
from sandbox.telegram.tokens import find_bot
from sandbox.telegram.wire import to_text

HEADERS = {"Content-Type": "application/json"}


class Door:
    def __init__(self, cloud: Cloud) -> None:
        self._cloud = cloud
        methods = gather()
        self._methods = {name.lower(): method for name, method in methods.items()}
        self._proper = {name.lower(): name for name in methods}

    def add_to(self, application: web.Application) -> None:
        application.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", self.answer)
        application.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self.send_file)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        token, name = unquote(request.match_info["token"]), request.match_info["method"].lower()
        fault: Fault | None = None
        arguments = Arguments({})
        try:
            arguments = await read_arguments(request)
            fault = self._cloud.faults.strike(token, name, arguments.text("chat_id") or None)
            if wait := self._cloud.flood.limits.round_trip:
                await asyncio.sleep(wait)
            if fault and (broken := await break_before(request, fault)):
                return broken
            if fault:
                _refuse_by(fault)
            answer = await self._call(token, name, arguments)
            code = None
        except ApiError as error:
            answer, code = to_text(error.as_json()).encode(), error.code
            self._note(token, name, arguments, code)
            return _refusal(error, answer)
        self._note(token, name, arguments, code)
        if fault and fault.kind == "drop_after":
            return hang_up(request)
        return web.Response(body=answer, headers=HEADERS)

    async def _call(self, token: str, name: str, arguments: Arguments) -> bytes:
        bot = find_bot(self._cloud.world, token)
        method = self._methods.get(name)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        call = Call(self._cloud, bot, arguments)
        while True:
            try:
                result = method(call)
                return _envelope(await result if inspect.isawaitable(result) else result)
            except ApiError as error:
                wait = error.parameters.get("retry_after", math.inf)
                if wait > self._cloud.flood.limits.absorb:
                    raise
                await self._cloud.clock.sleep(wait)

    async def call_from_webhook(self, token: str, values: dict[str, Any]) -> None:
        """The answer to a webhook may carry one call, but none that reads or changes how updates come."""
        name = str(values.pop("method")).lower()
        if name.startswith("get") or name in ("setwebhook", "deletewebhook", "close", "logout"):
            return
        try:
            await self._call(token, name, Arguments(values))
            code = None
        except ApiError as error:
            code = error.code
        self._note(token, name, Arguments(values), code)

    def _note(self, token: str, name: str, arguments: Arguments, code: int | None) -> None:
        chat = arguments.text("chat_id")
        self._cloud.calls.note(
            token=token,
            at=self._cloud.clock.now(),
            method=self._proper.get(name, name),
            chat_id=int(chat) if chat.lstrip("-").isdigit() else chat or None,
            error_code=code,
        )

    async def send_file(self, request: web.Request) -> web.Response:
        file = self._cloud.files.at_path(request.match_info["path"])
        if unquote(request.match_info["token"]) not in self._cloud.world.tokens or file is None:
            return _refusal(ApiError(404, "Not Found"), to_text(ApiError(404, "Not Found").as_json()).encode())
        return web.Response(body=self._cloud.files.read(file), content_type="application/octet-stream")


def _refuse_by(fault: Fault) -> None:
    """As Telegram itself refuses, where that is the fault's kind."""
    match fault.kind:
        case "500":
            raise ApiError(500, "Internal Server Error")
        case "401":
            raise ApiError(401, "Unauthorized")
        case "409":
            raise conflict(OTHER_POLLER)
        case "429":
            raise too_many_requests(int(fault.seconds))


def _envelope(result: Any) -> bytes:
    """Some calls say a word beside their result."""
    if isinstance(result, RawJson):
        return b'{"ok":true,"result":' + result + b"}"
    if isinstance(result, tuple):
        return to_text({"ok": True, "result": result[0], "description": result[1]}).encode()
    return b'{"ok":true,"result":' + to_text(result).encode() + b"}"


def _refusal(error: ApiError, body: bytes) -> web.Response:
    headers = dict(HEADERS)
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.Response(status=error.code, body=body, headers=headers)
