"""The account's own side: who it is, what it hears, and what it keeps through a restart."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.arguments import Upload
from sandbox.telegram.attachments import show, store
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.files import File
from sandbox.telegram.messages import Body, Message
from sandbox.zalo_oa.account import Account
from sandbox.zalo_oa.events import change_of, event_of, press_of
from sandbox.zalo_oa.ids import message_id
from sandbox.zalo_oa.routes import Door
from sandbox.zalo_oa.sending import OaRefusal
from sandbox.zalo_oa.webhook import Webhook

NAME = "zalo_oa"
UPLOAD_LIFE = 7 * 86_400.0


class ZaloOa:
    """Fulfils `Side`."""

    def __init__(self, cloud: Cloud) -> None:
        self.cloud = cloud
        self._accounts: dict[int, Account] = {}
        self._webhooks: dict[int, Webhook] = {}
        self._uploads: dict[str, tuple[File, float]] = {}

    def add_to(self, application: web.Application) -> None:
        Door(self).add_to(application)

    def account_of(self, bot: Bot) -> Account:
        known = self._accounts.get(bot.id)
        if known is None or known.bot is not bot:
            known = self._accounts[bot.id] = Account(bot, self.cloud.clock)
            self._webhooks[bot.id] = Webhook(known, self.cloud.clock)
        return known

    def webhook_of(self, bot: Bot) -> Webhook:
        self.account_of(bot)
        return self._webhooks[bot.id]

    def accounts(self) -> list[Account]:
        return [self.account_of(bot) for bot in self.cloud.world.bots.values() if bot.platform == NAME]

    def keep_upload(self, upload: Upload, kind: str) -> str:
        file = store(self.cloud.files, "photo" if kind == "image" else "document", upload)
        name = f"up-{file.id}"
        self._uploads[name] = (file, self.cloud.clock.now() + UPLOAD_LIFE)
        return name

    def uploaded(self, _account: Account, name: str) -> Body:
        file, until = self._uploads.get(name, (None, 0.0))
        if file is None or self.cloud.clock.now() >= until:
            raise OaRefusal(-100)
        return show(file)

    def restore(self) -> None:
        for account in self.accounts():
            self.webhook_of(account.bot).resume()

    def words_of(self, chat: Chat, wish: Mapping[str, Any], text: str) -> dict[str, Any]:  # noqa: ARG002 - as typed
        return {"text": text} if text else {}

    def hand_out(self, chat: Chat, message: Message) -> None:
        """Everything said in private, and everything in a group of this account."""
        message.body["wire_id"] = message_id(chat.key, message.id)
        if message.is_service or message.sender in self.cloud.world.bots:
            return
        bots = [chat.bot_id] if chat.bot_id is not None else sorted(chat.bots)
        for bot in (self.cloud.world.bots[number] for number in bots):
            account = self.account_of(bot)
            if chat.is_private:
                account.note_heard(message.sender)
                self.cloud.world.keep_bot(bot)
            at, files_at = self.cloud.clock.now(), f"{self.cloud.root}/human/file"
            event = event_of(account, chat, message, at=at, files_at=files_at)
            self.webhook_of(bot).put(event, twice=self.cloud.faults.doubles(bot.token))

    def press(self, bot: Bot, press: Body) -> None:
        account, person = self.account_of(bot), press["from"]["id"]
        account.note_heard(person)
        self.cloud.world.keep_bot(bot)
        event = press_of(account, person, press["data"], press["id"], at=self.cloud.clock.now())
        self.webhook_of(bot).put(event)

    def hear(self, bot: Bot, kind: str, body: Body) -> None:
        """Of comings and goings it hears its own."""
        if kind == "my_chat_member":
            account = self.account_of(bot)
            self.webhook_of(bot).put(change_of(account, bot, body, at=self.cloud.clock.now()))

    def admit(self, bot: Bot, chat: Chat) -> None:
        """Its groups are its own; who founds one in the sandbox stands for the account."""

    def bot_shown(self, bot: Bot) -> dict[str, Any]:
        return self.account_of(bot).as_json() | {"deliveries": self.webhook_of(bot).log[-50:]}

    def change(self, bot: Bot, wish: dict[str, Any]) -> None:
        self.account_of(bot).change(wish)
        self.cloud.world.keep_bot(bot)
        self.webhook_of(bot).resume()

    def wake(self) -> None:
        """Nothing polls here."""

    @property
    def is_empty(self) -> bool:
        return not any(webhook.under_way for webhook in self._webhooks.values())

    async def close(self) -> None:
        for webhook in self._webhooks.values():
            await webhook.close()
