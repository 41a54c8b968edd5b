"""Serves the chat page: plain files, always fresh."""

from mimetypes import guess_type
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
FRESH = {"Cache-Control": "no-cache"}


def add_to(application: web.Application) -> None:
    application.router.add_get("/", _front)
    application.router.add_get("/page/{path:.+}", _file)


async def _front(_: web.Request) -> web.StreamResponse:
    return _send("index.html")


async def _file(request: web.Request) -> web.StreamResponse:
    return _send(request.match_info["path"])


def _send(name: str) -> web.StreamResponse:
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER) or not path.is_file():
        return web.Response(status=404, text="Không có trang này.")
    kind = guess_type(path.name)[0] or "application/octet-stream"
    page = web.Response(body=path.read_bytes(), content_type=kind, charset="utf-8", headers=FRESH)
    page.enable_compression()
    return page
