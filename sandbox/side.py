"""What the world asks of a platform besides Telegram: to carry what people write to its bots, in its own way."""

from collections.abc import Mapping
from typing import Any, Protocol

from aiohttp import web

from sandbox.chat import Chat
from sandbox.person import Bot


class Side(Protocol):
    """One platform; the rooms, people and messages are the world's, the wire is its own."""

    def add_to(self, application: web.Application) -> None:
        """Where its bots knock."""

    def restore(self) -> None:
        """What the state file remembers of its queues."""

    def words_of(self, chat: Chat, wish: Mapping[str, Any], text: str) -> dict[str, Any]:
        """What somebody writes, as the rooms keep it."""

    def hand_out(self, chat: Chat, message: Any) -> None:
        """Bring a message of the rooms to the bots that may hear it."""

    def press(self, bot: Bot, press: dict[str, Any]) -> None:
        """Somebody pressed a button under a message of this bot."""

    def hear(self, bot: Bot, kind: str, body: dict[str, Any]) -> None:
        """Something about presence or blocking happened that Telegram would tell its bots."""

    def admit(self, bot: Bot, chat: Chat) -> None:
        """Refusal where this bot may not enter this group."""

    def bot_shown(self, bot: Bot) -> dict[str, Any]:
        """Its own part of a bot, for people."""

    def change(self, bot: Bot, wish: dict[str, Any]) -> None:
        """Its own part of a bot, from a world file or by hand."""

    def wake(self) -> None:
        """End polls that wait."""

    @property
    def is_empty(self) -> bool:
        """Whether no event waits for a bot."""

    async def close(self) -> None: ...
