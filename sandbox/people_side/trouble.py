"""Faults, revoked tokens, limits and the list of calls: for trying what a bad day does to a bot."""

from dataclasses import asdict

from aiohttp import web

from sandbox.people_side.rooms import answer, read_wish
from sandbox.telegram.cloud import Cloud


async def add_fault(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    cloud.faults.add(wish)
    if str(wish.get("method", "")).lower() == "getupdates":
        for post in cloud.posts.values():  # a waiting poll ends empty, so that the trouble meets the next one now
            post.poll.end(None)
        for side in cloud.sides.values():
            side.wake()
    return answer(wish)


async def clear_faults(cloud: Cloud, _: web.Request) -> web.Response:
    cloud.faults.clear()
    return answer({"cleared": True})


async def revoke_token(cloud: Cloud, request: web.Request) -> web.Response:
    """The bot is refused (401) from the next call on; the answer is its new token."""
    bot = cloud.world.bot_named(str((await read_wish(request))["bot"]))
    if (post := cloud.posts.get(bot.id)) is not None:
        post.poll.end(None)
    return answer({"token": cloud.world.renew_token(bot)})


async def set_limits(cloud: Cloud, request: web.Request) -> web.Response:
    return answer(asdict(cloud.flood.change(await read_wish(request))))


async def list_calls(cloud: Cloud, request: web.Request) -> web.Response:
    return answer(cloud.calls.since(int(request.query.get("after", 0)), request.query.get("bot")))


ROUTES = [
    ("POST", "/faults", add_fault),
    ("DELETE", "/faults", clear_faults),
    ("POST", "/revoke", revoke_token),
    ("POST", "/limits", set_limits),
    ("GET", "/calls", list_calls),
]
