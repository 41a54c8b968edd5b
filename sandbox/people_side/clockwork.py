"""The clock: what time it is played to be, and moving it forward."""

import time

from aiohttp import web

from sandbox.clock import read_moment
from sandbox.people_side.rooms import answer, read_wish
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud


async def show(cloud: Cloud, request: web.Request) -> web.Response:
    """With `after`, waits until the clock is at another version than that one."""
    if "after" in request.query:
        version = int(request.query["after"])
        end = time.monotonic() + min(60.0, float(request.query.get("timeout", 25)))
        while cloud.clock.version == version and not cloud.clock.closed and (left := end - time.monotonic()) > 0:
            await cloud.clock.wait_for_move(left)
    return answer(cloud.clock.as_json())


async def move(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    try:
        if "advance" in wish:
            cloud.clock.advance(float(wish["advance"]))
        else:
            cloud.clock.move_to(read_moment(str(wish["to"]), cloud.clock.today()))
    except ValueError as refused:
        raise Refusal(str(refused)) from None
    cloud.counters.offset = cloud.clock.offset
    cloud.state.touch("counters", "", cloud.counters)
    cloud.events.tell_everyone("clock", cloud.clock.as_json())
    return answer(cloud.clock.as_json())


ROUTES = [("GET", "/clock", show), ("POST", "/clock", move)]
