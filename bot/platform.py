"""The contract of a platform: what the house may ask of a messenger, and how a refusal is understood."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import msgspec
from aiohttp import web

from storage.messages import IncomingMessage, OutgoingMessage

NOT_JSON = (msgspec.MsgspecError, UnicodeDecodeError, RecursionError)
"""What reading somebody else's JSON may raise; the last one where it is nested a hundred thousand deep."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a platform bears: lengths in characters, paces in messages."""

    text_length: int
    per_second: float  # for one bot, over all chats
    chat_interval: float  # seconds between two messages to one chat
    group_per_minute: int
    has_buttons: bool
    has_edits: bool
    has_reactions: bool
    shows_reply_target: bool  # does an incoming reply tell which message it answers?
    has_group_buttons: bool = True  # also in groups, where there are buttons at all?
    hears_groups: bool = True  # do lines of a group arrive that neither name nor answer the bot?
    tells_removal: bool = True  # is it told when it is blocked or put out of a group?
    has_files: bool = True  # can documents be sent and received?
    monthly_allowance: int | None = None  # messages a calendar month; none: as many as we like


class Reason(StrEnum):
    """What a failed delivery means for the house (not what the platform called it)."""

    WAIT = "wait"  # too fast: this chat rests for `retry_after` seconds
    MOVED = "moved"  # the chat lives on under `moved_to`
    UNREACHABLE = "unreachable"  # this person or room cannot be written to until something changes there
    REFUSED = "refused"  # this message will never be taken; the next one may
    UNCERTAIN = "uncertain"  # it may have been delivered: nobody knows
    AWAY = "away"  # the platform cannot be reached; nothing was delivered


class DeliveryError(Exception):
    """A delivery did not succeed; `reason` tells what that means. The text never holds a token or a message."""

    def __init__(
        self,
        reason: Reason,
        detail: str = "",
        *,
        retry_after: float | None = None,
        moved_to: str | None = None,
    ) -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail
        self.retry_after = retry_after
        self.moved_to = moved_to


@dataclass(frozen=True, slots=True)
class Attachment:
    """The file of an outgoing message: its bytes, or the reference the platform gave for it earlier."""

    name: str
    content: bytes | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """What the platform said of a message it took. `file_reference` is set after an upload."""

    message_id: str | None = None
    file_reference: str | None = None
    messages: int = 1  # as many as the platform counts, where a long text went in parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who we are on a platform. `account` is the bot's own id there, `username` what a link or mention needs."""

    platform: str
    account: str
    username: str
    display_name: str = ""
    way_in: str = ""  # how people come to us where no link can be made of the username: "tìm “Bot Trực Ban” trên Zalo"
    way_into_rooms: str = ""  # how we are brought into a group there and the group's code is typed


@dataclass(frozen=True, slots=True)
class Poison:
    """Something the wire brought that could not be decoded: parked raw, so that nothing is lost."""

    platform: str
    bot: str
    key: str
    raw: bytes
    error: str


Receive = Callable[[Sequence[IncomingMessage | Poison]], Awaitable[None]]
"""Takes messages in; returns when every one of them is committed (done or parked). Raises only when the database
is away: then nothing may be confirmed to the platform."""


class Platform(Protocol):
    """A messenger. One folder in `bot/platforms/`; it is on when its settings are present."""

    name: str
    limits: Limits

    @property
    def trouble(self) -> str | None:
        """What is wrong with it now, in a sentence for the operator; None while it answers."""

    async def start(self) -> Identity:
        """Open connections and learn who we are; waits (with growing pauses) while the platform is away."""

    async def close(self) -> None: ...

    def routes(self, receive: Receive) -> Iterable[web.RouteDef]:
        """The webhooks it wants mounted; empty when it polls."""

    async def listen(self, receive: Receive) -> None:
        """Bring messages in until cancelled. A webhook platform registers its address here and then watches."""

    async def deliver(
        self, message: OutgoingMessage, *, edits: str | None = None, attachment: Attachment | None = None
    ) -> Delivered:
        """Do what the message asks (`edits`: the id of the board to change) or raise DeliveryError."""

    async def probe(self) -> None:
        """A harmless call, after deliveries went unanswered: returns when it was answered, or raises DeliveryError."""

    async def download(self, reference: str) -> bytes:
        """The bytes of a file somebody sent; DeliveryError when it cannot be had."""

    async def announce_commands(self, menus: Sequence[Menu]) -> None:
        """Show the commands where the platform has menus for them."""


@dataclass(frozen=True, slots=True)
class Menu:
    """Commands shown to one scope: `private`, `groups` or `administrators` (of groups)."""

    scope: str
    commands: tuple[tuple[str, str], ...]
