"""Where Zalo's bots knock: /zalo/bot<token>/<method>, with the envelope and the silences of the Bot Platform."""

import inspect
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from aiohttp import web

from sandbox.broken_line import break_before, hang_up
from sandbox.faults import Fault
from sandbox.person import Bot
from sandbox.telegram.arguments import Arguments
from sandbox.telegram.errors import ApiError
from sandbox.telegram.request_body import read_arguments
from sandbox.telegram.wire import to_text
from sandbox.zalo.call import Call, Idle, Nothing
from sandbox.zalo.methods import METHODS

if TYPE_CHECKING:
    from sandbox.zalo.service import Zalo

BASE = "/zalo"
SHAPE = re.compile(r"(\d{1,15}):([A-Za-z0-9_-]+)")
REFUSALS = {
    "400": "Bad request",
    "401": "Unauthorized",
    "403": "Internal server error",
    "408": "Request timeout",
    "429": "Quota exceeded",
    "500": "Internal server error",
}


class Door:
    def __init__(self, zalo: "Zalo") -> None:
        self._zalo = zalo

    def add_to(self, application: web.Application) -> None:
        application.router.add_route("*", f"{BASE}/bot{{token:[^/]+}}/{{method:[^/]*}}", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        token, name = unquote(request.match_info["token"]), request.match_info["method"]
        fault: Fault | None = None
        arguments = Arguments({})
        try:
            arguments = await read_arguments(request)
            fault = self._zalo.cloud.faults.strike(token, name.lower(), arguments.text("chat_id") or None)
            if fault and (broken := await break_before(request, fault)):
                return broken
            if fault:
                _refuse_by(fault)
            result = await self._call(request, token, name, arguments)
        except ApiError as error:
            self._note(token, name, arguments, error.code)
            return _refusal(error)
        self._note(token, name, arguments, None)
        if fault and fault.kind == "drop_after":
            return hang_up(request)
        if fault and fault.kind == "408_after":
            return _refusal(ApiError(408, REFUSALS["408"]))
        return result

    async def _call(self, request: web.Request, token: str, name: str, arguments: Arguments) -> web.Response:
        bot = self._find_bot(token)
        method = METHODS.get(name)
        if method is None:
            raise ApiError(404, "Not found")
        call = Call(self._zalo, bot, arguments, lambda: request.transport is not None)
        result = method(call)
        return _envelope(await result if inspect.isawaitable(result) else result, call)

    def _find_bot(self, token: str) -> Bot:
        world = self._zalo.cloud.world
        if (bot := world.tokens.get(token)) is not None and bot.platform == "zalo":
            return bot
        match = SHAPE.fullmatch(token)
        if match is None or (world.bots and not world.any_token) or int(match.group(1)) in world.bots:
            raise ApiError(401, "Unauthorized")
        world.any_token = True
        number = int(match.group(1))
        bot = Bot(id=number, token=token, name=f"Bot {number}", username=f"bot.{number}", platform="zalo")
        bot.profile["unannounced"] = True
        world.keep_bot(bot)
        return bot

    def _note(self, token: str, name: str, arguments: Arguments, code: int | None) -> None:
        calls, now = self._zalo.cloud.calls, self._zalo.cloud.clock.now()
        calls.note(token=token, at=now, method=name, chat_id=arguments.text("chat_id") or None, error_code=code)


def _refuse_by(fault: Fault) -> None:
    """As Zalo itself refuses, where that is the fault's kind."""
    if fault.kind in REFUSALS:
        raise ApiError(int(fault.kind), REFUSALS[fault.kind])


def _envelope(result: Any, call: Call) -> web.Response:
    extras = {"error_code": 0} if call.switches.extras else {}
    match result:
        case Idle(variant="200"):
            return _json({"ok": False, "description": REFUSALS["408"], "error_code": 408})
        case Idle(variant="empty"):
            return _json({"ok": True, "result": {}} | extras)
        case Idle():
            raise ApiError(408, REFUSALS["408"])
        case Nothing():
            return _json({"ok": True} | extras)
    return _json({"ok": True, "result": result} | extras)


def _json(body: dict[str, Any], status: int = 200) -> web.Response:
    return web.Response(status=status, text=to_text(body), content_type="application/json")


def _refusal(error: ApiError) -> web.Response:
    body = {"ok": False, "description": error.description, "error_code": error.code}
    return _json(body, error.code)
