"""Whose token it is; a world without bots, or one told so, takes any token of the right shape."""

import re

from sandbox.person import Bot
from sandbox.telegram.errors import ApiError
from sandbox.world import World

SHAPE = re.compile(r"(\d{1,15}):([A-Za-z0-9_-]+)")


def find_bot(world: World, token: str) -> Bot:
    bot = world.tokens.get(token)
    if bot is not None and bot.platform == "telegram":
        return bot
    match = SHAPE.fullmatch(token)
    if match is None:
        raise ApiError(404, "Not Found") if ":" not in token else ApiError(401, "Unauthorized")
    bot_id = int(match.group(1))
    if (world.bots and not world.any_token) or bot_id in world.bots:
        raise ApiError(401, "Unauthorized")
    world.any_token = True
    bot = Bot(id=bot_id, token=token, name=f"Bot {bot_id}", username=f"sandbox_{bot_id}_bot")
    bot.profile["unannounced"] = True
    world.keep_bot(bot)
    return bot
