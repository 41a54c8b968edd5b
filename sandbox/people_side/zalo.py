"""Stickers and other things without words; and how Zalo behaves to a bot."""

from aiohttp import web

from sandbox.people_side.other_content import content_of
from sandbox.people_side.rooms import answer, own_room, read_wish, who
from sandbox.people_side.talking import post
from sandbox.refusal import Refusal
from sandbox.side import Side
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Body

UNREADABLE = ("contact", "location", "video", "link")


async def send(cloud: Cloud, request: web.Request) -> web.Response:
    """`sticker` with its number, or `unsupported`: a card, a place, a film."""
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    if chat.platform == "telegram":
        return answer(cloud.seen_by_people(chat, post(cloud, chat, person, wish, content_of(wish))))
    if wish.get("sticker"):
        content: Body = {"sticker": {"emoji": str(wish["sticker"])}}
    elif (kind := str(wish.get("unsupported", ""))) in UNREADABLE:
        content = {"zalo_unsupported": kind}
    else:
        raise Refusal(f"Cần «sticker», hoặc «unsupported» là một trong: {', '.join(UNREADABLE)}.")
    words = cloud.sides[chat.platform].words_of(chat, wish, "")
    content |= {name: value for name, value in words.items() if name == "mentions"}
    return answer(cloud.seen_by_people(chat, post(cloud, chat, person, wish, content)))


async def show(cloud: Cloud, request: web.Request) -> web.Response:
    bot = cloud.world.bot_named(request.query["bot"])
    return answer(_side(cloud, bot.platform).bot_shown(bot))


async def change(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    bot = cloud.world.bot_named(str(wish.pop("bot")))
    side = _side(cloud, bot.platform)
    side.change(bot, wish)
    return answer(side.bot_shown(bot))


def _side(cloud: Cloud, platform: str) -> Side:
    if platform not in cloud.sides:
        raise Refusal("Bot này không phải bot Zalo.")
    return cloud.sides[platform]


ROUTES = [
    ("POST", "/human/send", send),
    ("GET", "/zalo/account", show),
    ("POST", "/zalo/account", change),
]
