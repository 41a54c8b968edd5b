"""A line that fails on purpose: it breaks, keeps one waiting, or a stranger's page answers in the messenger's place."""

import asyncio

from aiohttp import web

from sandbox.faults import Fault

PAGES = {"html404": 404, "html502": 502}
TITLES = {404: "404 Not Found", 500: "500 Internal Server Error", 502: "502 Bad Gateway"}


async def break_before(request: web.Request, fault: Fault) -> web.StreamResponse | None:
    """What comes in place of an answer; None where the call goes on, perhaps after its delay."""
    if fault.kind == "drop_before":
        return hang_up(request)
    if fault.kind == "delay":
        await asyncio.sleep(fault.seconds)
    return foreign_page(PAGES[fault.kind]) if fault.kind in PAGES else None


def hang_up(request: web.Request) -> web.Response:
    """The line breaks and no answer comes."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def foreign_page(status: int) -> web.Response:
    title = TITLES[status]
    text = f"<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>"
    return web.Response(status=status, text=text, content_type="text/html")
