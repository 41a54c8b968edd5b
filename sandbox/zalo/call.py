"""One call of one bot: what a method gets to see, and the answers that are no results."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chat import Chat
from sandbox.person import Bot
from sandbox.telegram.arguments import Arguments
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.zalo.account import Account, Switches
from sandbox.zalo.ids import message_id

if TYPE_CHECKING:
    from sandbox.zalo.service import Zalo


@dataclass(frozen=True, slots=True)
class Idle:
    """A poll whose time is up; `variant` is how this account says so."""

    variant: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Taken, without a result."""


@dataclass(frozen=True, slots=True)
class Call:
    zalo: "Zalo"
    bot: Bot
    arguments: Arguments
    is_there: Callable[[], bool]

    @property
    def account(self) -> Account:
        return self.zalo.account_of(self.bot)

    @property
    def switches(self) -> Switches:
        return self.account.switches

    def open_chat(self) -> Chat:
        """There is no code of its own for a chat that is unknown, blocked or left."""
        wanted = self.arguments.text("chat_id").strip()
        chat = self.zalo.find_chat(self.bot, wanted) if wanted else None
        if chat is None:
            raise bad_request("chat_id is invalid")
        return chat

    def send(self, chat: Chat, content: dict[str, Any]) -> dict[str, Any]:
        """Written into the room and counted, unless the month is used up."""
        if self.account.is_spent:
            raise ApiError(429, "Quota exceeded")
        message = self.zalo.cloud.write(chat, self.bot.id, content)
        message.body["wire_id"] = message_id(chat.key, message.id)
        self.count()
        return {"message_id": message.body["wire_id"], "date": int(message.body["date"]) * 1000}

    def count(self) -> None:
        self.account.count_sent()
        self.zalo.cloud.world.keep_bot(self.bot)
