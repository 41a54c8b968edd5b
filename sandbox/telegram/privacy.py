"""Which bots get to see a message of a group: everything, or only what privacy mode lets through."""

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.messages import Log, Message
from sandbox.world import World


def bots_that_see(world: World, chat: Chat, log: Log, message: Message) -> list[Bot]:
    """Bots never see what bots write; of the bots in privacy mode only one gets an ordinary message, replies first."""
    if chat.bot_id is not None:
        return [] if chat.blocked or message.sender == chat.bot_id else [world.bots[chat.bot_id]]
    bots = [world.bots[bot_id] for bot_id in chat.bots]
    if not bots or message.is_service:
        return bots
    if message.sender in world.bots:
        return []
    seeing = [bot for bot in bots if bot.can_read_all_group_messages or chat.leads(bot.id)]
    shy = [bot for bot in bots if bot not in seeing]
    return seeing + _meant_for(shy, log, message)


def _meant_for(bots: list[Bot], log: Log, message: Message) -> list[Bot]:
    for reason in (_is_reply_to, _is_command_to):
        for bot in bots:
            if reason(bot, log, message):
                return [bot]
    return []


def _is_reply_to(bot: Bot, log: Log, message: Message) -> bool:
    """A reply to what the bot wrote, or to what had been meant for it."""
    answered = message.body.get("reply_to_message")
    if answered is None or "forum_topic_created" in answered:
        return False
    original = log.messages.get(answered["message_id"])
    return original is not None and (original.sender == bot.id or bot.id in original.seen_by)


def _is_command_to(bot: Bot, log: Log, message: Message) -> bool:
    """`/x@bot`, or plain `/x` when this bot was the last to write here."""
    text = message.body.get("text") or message.body.get("caption") or ""
    if not text.startswith("/"):
        return False
    command, _, name = text.split(maxsplit=1)[0].partition("@")
    if name:
        return bool(name.lower() == bot.username.lower())
    return len(command) > 1 and log.last_bot == bot.id
