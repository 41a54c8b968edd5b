"""What the contract of a platform is tried on: a messenger with a bot, chị Lan, and a room they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.platform import Platform


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message as people see it."""

    message_id: str
    text: str
    by_bot: bool
    bold: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()  # the data under them
    reply_to: str | None = None
    reactions: tuple[str, ...] = ()
    file: bytes | None = None
    file_name: str = ""


class Stage(Protocol):
    """One platform, really running; chị Lan and the bot are in `room`, and she has begun to talk in `private`."""

    platform: Platform
    lan: str
    room: str
    private: str
    stranger: str  # a chat id the bot may not write to

    async def say(self, text: str, *, chat: str, reply_to: str | None = None) -> str: ...

    async def edit(self, message_id: str, text: str, *, chat: str) -> None: ...

    async def press(self, message_id: str, data: str, *, chat: str) -> str | None:
        """Returns the note chị Lan was shown."""

    async def upload(self, name: str, content: bytes, *, chat: str, caption: str = "") -> None: ...

    async def shown(self, chat: str) -> list[Shown]: ...

    async def leave_out(self) -> None:
        """The bot is put out of the room."""

    async def shut_out(self) -> None:
        """Chị Lan no longer wants to hear from the bot."""

    async def lose_next_answer(self) -> None:
        """The next message is shown to people, and the bot never hears that it was."""

    async def refuse_connections(self) -> None:
        """The platform cannot be reached any more."""
