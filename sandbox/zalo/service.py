"""Zalo's own side: the posts of its bots, who is served, and what it keeps through a restart."""

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.messages import Message
from sandbox.zalo.account import Account, change_switches
from sandbox.zalo.events import bots_that_hear, chat_of, event_of
from sandbox.zalo.ids import message_id
from sandbox.zalo.post import Event, Post
from sandbox.zalo.routes import Door
from sandbox.zalo.webhook import Webhook

NAME = "zalo"


class Zalo:
    """Fulfils `Side`."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self.posts: dict[int, Post] = {}
        self.webhooks: dict[int, Webhook] = {}

    def add_to(self, application: web.Application) -> None:
        Door(self).add_to(application)

    def account_of(self, bot: Bot) -> Account:
        return Account(bot, self.cloud.clock)

    def post_of(self, bot: Bot) -> Post:
        if bot.id not in self.posts:
            doubles = partial(self.cloud.faults.doubles, bot.token)
            account = self.account_of(bot)
            post = self.posts[bot.id] = Post(bot.id, account, self.cloud.state, doubles)
            self.webhooks[bot.id] = Webhook(bot, account, post, self.cloud.clock, doubles)
        return self.posts[bot.id]

    def webhook_of(self, bot: Bot) -> Webhook:
        self.post_of(bot)
        return self.webhooks[bot.id]

    def restore(self) -> None:
        for shape in self.cloud.state.load("zalo_event"):
            if bot := self.cloud.world.bots.get(shape["bot"]):
                self.post_of(bot).restore(Event(**shape))
        for bot in self.bots():
            self.webhook_of(bot).resume()

    def bots(self) -> list[Bot]:
        return [bot for bot in self.cloud.world.bots.values() if bot.platform == NAME]

    def find_chat(self, bot: Bot, wire_id: str) -> Chat | None:
        """A room this bot has seen and is still in; blocked and left look the same from outside."""
        for chat in self.cloud.world.chats.values():
            if chat.platform != NAME or not chat.is_present(bot.id) or chat_of(bot.id, chat)["id"] != wire_id:
                continue
            if chat.is_private and (chat.blocked or not chat.started or not self.account_of(bot).serves(chat.id)):
                return None
            return chat
        return None

    def words_of(self, chat: Chat, wish: Mapping[str, Any], text: str) -> dict[str, Any]:
        """A mention is one chosen from the picker (`mention`); a name typed by hand is only text."""
        bot = self._mentioned(chat, wish.get("mention"))
        if bot is None:
            return {"text": text} if text else {}
        words = text if f"@{bot.name}" in text else f"@{bot.name} {text}".rstrip()
        at = len(words[: words.index(f"@{bot.name}")].encode("utf-16-le")) // 2
        mention = {"type": "mention", "offset": at, "length": len(bot.name) + 1}
        return {"text": words, "entities": [mention], "mentions": [bot.id]}

    def _mentioned(self, chat: Chat, wish: Any) -> Bot | None:
        if not wish or wish in ("false", "0") or chat.is_private:
            return None
        if str(wish).startswith("@"):
            return self.cloud.world.bot_named(str(wish))
        bots = [self.cloud.world.bots[bot_id] for bot_id in sorted(chat.bots)]
        if not bots:
            raise Refusal("Trong nhóm này không có bot nào để gắn tên.")
        return bots[0]

    def hand_out(self, chat: Chat, message: Message) -> None:
        message.body["wire_id"] = message_id(chat.key, message.id)
        for bot in bots_that_hear(self.cloud.world, chat, self.cloud.log_of(chat), message):
            account = self.account_of(bot)
            if not account.serves(message.sender):
                continue
            message.seen_by.append(bot.id)
            message.body["heard"] = True
            account.count_received()
            self.cloud.world.keep_bot(bot)
            event = event_of(
                self.cloud.world,
                bot,
                chat,
                message,
                switches=account.switches,
                files_at=f"{self.cloud.root}/human/file",
            )
            webhook = self.webhook_of(bot)
            self.post_of(bot).put(json.dumps(event, ensure_ascii=False), by_webhook=webhook.setting is not None)
            webhook.resume()
        if message.body.get("heard"):  # the room saw it before anybody could know
            shown = self.cloud.seen_by_people
            self.cloud.events.tell_room(chat, "edited", lambda: shown(chat, message), seq=message.seq)

    def press(self, bot: Bot, press: dict[str, Any]) -> None:
        """There are no buttons."""

    def hear(self, bot: Bot, kind: str, body: dict[str, Any]) -> None:
        """Its bots are never told."""

    def admit(self, bot: Bot, chat: Chat) -> None:
        switches = self.account_of(bot).switches
        others = [each for each in self.cloud.world.groups() if bot.id in each.bots and each.id != chat.id]
        if not switches.can_join_groups:
            raise Refusal(f"Zalo chưa cho {bot.name} vào nhóm.", status=403)
        if len(others) >= switches.groups:
            raise Refusal(f"{bot.name} đã ở đủ {switches.groups} nhóm của gói này.", status=403)

    def bot_shown(self, bot: Bot) -> dict[str, Any]:
        return self.account_of(bot).as_json()

    def change(self, bot: Bot, wish: dict[str, Any]) -> None:
        change_switches(bot, wish)
        self.cloud.world.keep_bot(bot)
        if bot.id in self.posts:
            self.posts[bot.id].wake()

    def wake(self) -> None:
        for post in self.posts.values():
            post.wake()

    @property
    def is_empty(self) -> bool:
        return not any(post.waiting for post in self.posts.values())

    async def close(self) -> None:
        self.wake()
        for webhook in self.webhooks.values():
            await webhook.close()
