"""Where an app knocks: /zalo-oa/api/… with a token in its header, /zalo-oa/oauth/… for tokens; refusals come with HTTP 200."""

import json
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from sandbox.broken_line import break_before, foreign_page, hang_up
from sandbox.faults import Fault
from sandbox.telegram.arguments import Upload
from sandbox.telegram.errors import ApiError
from sandbox.telegram.wire import to_text
from sandbox.zalo_oa.account import Account
from sandbox.zalo_oa.ids import group_id, oa_id, user_id
from sandbox.zalo_oa.sending import V2, V3, OaRefusal, Sending

if TYPE_CHECKING:
    from sandbox.zalo_oa.service import ZaloOa

API, OAUTH = "/zalo-oa/api", "/zalo-oa/oauth"
GROUP = "v3.0/oa/group/message"
MEGABYTE = 1024 * 1024
UPLOAD_LIMITS = {"image": MEGABYTE, "file": 5 * MEGABYTE}
FILE_ENDINGS = (".pdf", ".doc", ".docx", ".csv")


class Door:
    def __init__(self, oa: "ZaloOa") -> None:
        self._oa = oa

    def add_to(self, application: web.Application) -> None:
        application.router.add_post(f"{OAUTH}/v4/oa/access_token", self.give_tokens)
        application.router.add_get(f"{OAUTH}/v4/oa/permission", self.ask_consent)
        application.router.add_route("*", f"{API}/{{path:.+}}", self.answer)

    async def give_tokens(self, request: web.Request) -> web.StreamResponse:
        form = await request.post()
        account = self._account(lambda each: each.state.app_id == form.get("app_id"))
        fault = self._fault(account, "access_token", None)
        if fault and fault.kind == "drop_before":
            return hang_up(request)
        if account is None or request.headers.get("secret_key") != account.state.app_secret:
            return _json({"error": -14002, "error_name": "Invalid app or secret"})
        if form.get("grant_type") == "refresh_token":
            pair = account.rotate(str(form.get("refresh_token")))
        else:
            pair = account.exchange(str(form.get("code")), str(form.get("code_verifier")))
        self._oa.cloud.world.keep_bot(account.bot)
        self._note(account, "access_token", None, None if pair else -14014)
        if fault and fault.kind == "drop_after":
            return hang_up(request)
        return _json(pair or {"error": -14014, "error_name": "Invalid refresh token or code"})

    async def ask_consent(self, request: web.Request) -> web.StreamResponse:
        """An administrator of the account who looks at this page has agreed."""
        account = self._account(lambda each: each.state.app_id == request.query.get("app_id"))
        if account is None:
            return _json({"error": -14003, "error_name": "Invalid redirect uri"})
        code = account.consent(request.query.get("code_challenge", ""))
        self._oa.cloud.world.keep_bot(account.bot)
        query = f"code={code}&oa_id={oa_id(account.bot.id)}&state={request.query.get('state', '')}"
        raise web.HTTPFound(f"{request.query['redirect_uri']}?{query}")

    async def answer(self, request: web.Request) -> web.StreamResponse:
        path, token = request.match_info["path"], request.headers.get("access_token", "")
        account = self._account(lambda each: token in each.state.access)
        wish: dict[str, Any] = {}
        if request.content_type == "application/json":
            wish = await request.json()
        to = wish.get("recipient", {})
        chat = to.get("user_id") or to.get("group_id")
        fault = self._fault(account, path, chat)
        if fault and (broken := await break_before(request, fault)):
            return broken
        if fault and fault.kind == "500":
            return foreign_page(500)
        try:
            result = await self._call(self._admit(account, token, fault), path, request, wish)
        except OaRefusal as refusal:
            self._note(account, path, chat, refusal.code)
            return _json({"error": refusal.code, "message": "refused"})
        self._note(account, path, chat, None)
        if fault and fault.kind == "drop_after":
            return hang_up(request)
        return _json({"error": 0, "message": "Success", "data": result})

    def _admit(self, account: Account | None, token: str, fault: Fault | None) -> Account:
        if account is None:
            raise OaRefusal(-216)
        if account.state.access[token] <= self._oa.cloud.clock.now():
            raise OaRefusal(-220)
        if fault and fault.kind.startswith("-"):
            raise OaRefusal(int(fault.kind))
        return account

    async def _call(self, account: Account, path: str, request: web.Request, wish: dict[str, Any]) -> Any:
        sending = Sending(self._oa, account)
        match path:
            case "v2.0/oa/getoa":
                return {
                    "oa_id": oa_id(account.bot.id),
                    "name": account.bot.name,
                    "oa_type": account.state.oa_type,
                    "is_verified": True,
                }
            case _ if path in (V2, V3):
                return sending.privately(path, wish)
            case _ if path == GROUP:
                return sending.to_group(wish)
            case "v2.0/oa/upload/image" | "v2.0/oa/upload/file":
                return await self._upload(request, path.rsplit("/", 1)[-1])
            case "v3.0/oa/user/detail":
                return self._user(account, json.loads(request.query["data"])["user_id"])
            case "v3.0/oa/group/getgroup":
                return self._group(account, json.loads(request.query["data"])["group_id"])
        raise OaRefusal(-212)

    async def _upload(self, request: web.Request, kind: str) -> dict[str, str]:
        part = await (await request.multipart()).next()
        if not isinstance(part, BodyPartReader) or part.name != "file" or part.filename is None:
            raise OaRefusal(-201)
        content = bytes(await part.read(decode=True))
        is_fit = kind == "image" or part.filename.lower().endswith(FILE_ENDINGS)
        if not is_fit or not 0 < len(content) <= UPLOAD_LIMITS[kind]:
            raise OaRefusal(-201)
        mime = part.headers.get("Content-Type", "application/octet-stream")
        try:
            name = self._oa.keep_upload(Upload(name=part.filename, mime=mime, content=content), kind)
        except ApiError:
            raise OaRefusal(-201) from None
        return {"attachment_id" if kind == "image" else "token": name}

    def _user(self, account: Account, wanted: str) -> dict[str, str]:
        for person in self._oa.cloud.world.people.values():
            if user_id(account.bot.id, person.id) == wanted:
                return {"user_id": wanted, "display_name": person.name}
        raise OaRefusal(-201)

    def _group(self, account: Account, wanted: str) -> dict[str, Any]:
        for chat in self._oa.cloud.world.groups():
            if group_id(chat.id) == wanted and chat.is_present(account.bot.id):
                return {"group_info": {"group_id": wanted, "name": chat.title}}
        raise OaRefusal(-403)

    def _account(self, fits: Any) -> Account | None:
        return next((account for account in self._oa.accounts() if fits(account)), None)

    def _fault(self, account: Account | None, path: str, chat: str | None) -> Fault | None:
        if account is None:
            return None
        return self._oa.cloud.faults.strike(account.bot.token, path.lower(), chat)

    def _note(self, account: Account | None, path: str, chat: str | None, code: int | None) -> None:
        token = account.bot.token if account else ""
        at = self._oa.cloud.clock.now()
        self._oa.cloud.calls.note(token=token, at=at, method=path, chat_id=chat, error_code=code)


def _json(body: Any) -> web.Response:
    return web.Response(text=to_text(body), content_type="application/json")
