"""The human side over plain HTTP: what people do in their rooms; the chat page and the tests use the same calls."""

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from sandbox.people_side import clockwork, looking, membership, pressing, talking, trouble, uploading, worldly, zalo
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud

FAMILIES = (looking, talking, pressing, uploading, membership, worldly, clockwork, trouble, zalo)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def add_to(application: web.Application, cloud: Cloud) -> None:
    for family in FAMILIES:
        for method, path, act in family.ROUTES:
            application.router.add_route(method, path, _politely(act, cloud))


def _politely(act: Callable[[Cloud, web.Request], Awaitable[web.StreamResponse]], cloud: Cloud) -> Handler:
    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await act(cloud, request)
        except Refusal as refusal:
            return _error(refusal.sentence, refusal.status)
        except json.JSONDecodeError:
            return _error("Nội dung gửi lên không phải JSON.", 400)
        except KeyError as missing:
            return _error(f"Thiếu «{missing.args[0]}».", 400)
        except (TypeError, ValueError) as wrong:
            return _error(f"Giá trị không hợp lệ: {wrong}", 400)

    return handler


def _error(sentence: str, status: int) -> web.Response:
    body = json.dumps({"error": sentence}, ensure_ascii=False)
    return web.Response(status=status, text=body, content_type="application/json")
