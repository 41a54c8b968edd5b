"""Turns what happened into updates, in the queue of every bot that may know."""

import json

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.privacy import bots_that_see
from sandbox.telegram.shapes import chat_shape, user_shape
from sandbox.telegram.updates import PRESS_LIFE
from sandbox.telegram.wire import to_text


def hand_out(cloud: Cloud, chat: Chat, message: Message) -> None:
    if chat.platform in cloud.sides:
        cloud.sides[chat.platform].hand_out(chat, message)
        return
    bots = bots_that_see(cloud.world, chat, cloud.log_of(chat), message)
    if not bots:
        return
    if not message.is_service:
        message.seen_by = [bot.id for bot in bots]
    body = to_text(message.body)
    for bot in bots:
        put(cloud, bot, "message", body, lane=f"m{chat.key}")


def hand_out_edit(cloud: Cloud, chat: Chat, message: Message) -> None:
    """Whoever saw the message sees its edit, and so do those who see everything."""
    seeing = {bot.id for bot in bots_that_see(cloud.world, chat, cloud.log_of(chat), message)}
    body = to_text(message.body)
    for bot_id in seeing | {bot_id for bot_id in message.seen_by if chat.is_present(bot_id)}:
        put(cloud, cloud.world.bots[bot_id], "edited_message", body, lane=f"m{chat.key}")


def hand_out_press(cloud: Cloud, bot: Bot, press: Body) -> None:
    if bot.platform in cloud.sides:
        cloud.sides[bot.platform].press(bot, press)
        return
    lane = f"c{press['from']['id']}"
    cloud.post_of(bot).queue.put("callback_query", to_text(press), lane=lane, now=cloud.clock.now(), life=PRESS_LIFE)


def hand_out_reaction(
    cloud: Cloud, chat: Chat, message: Message, *, person_id: int, old: list[Body], new: list[Body]
) -> None:
    """Only administrators that asked for it hear of reactions; in a private talk the bot does."""
    body = {
        "chat": chat_shape(cloud.world, chat),
        "message_id": message.id,
        "user": user_shape(cloud.world, person_id),
        "date": int(cloud.clock.now()),
        "old_reaction": old,
        "new_reaction": new,
    }
    listeners = [chat.bot_id] if chat.bot_id is not None else [bot for bot in chat.bots if chat.leads(bot)]
    for bot_id in listeners:
        put(cloud, cloud.world.bots[bot_id], "message_reaction", to_text(body), lane=f"r{chat.key}")


def put(cloud: Cloud, bot: Bot, kind: str, body: str, *, lane: str) -> None:
    if bot.platform in cloud.sides:
        cloud.sides[bot.platform].hear(bot, kind, json.loads(body))
        return
    cloud.post_of(bot).queue.put(kind, body, lane=lane, now=cloud.clock.now())
