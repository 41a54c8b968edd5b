"""The two things that pass between a platform and the house: a message in, a message out.

Plain frozen dataclasses: no table, no wire format. Identifiers of a platform are text, since one platform counts
in 52-bit numbers and the next in letters.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

BOLD_ON, BOLD_OFF = "\ue000", "\ue001"
"""Marks around bold text (private-use characters, stripped from whatever people type)."""
INVISIBLE = r"\x00-\x08\x0b-\x1f\x7f\x80-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff"
"""For a class of a pattern: control characters (PostgreSQL takes no NUL), private-use ones (our marks for bold are such), and
what nobody sees: no width, or another direction, by which a name or a line could look like something it is not."""


class Act(StrEnum):
    """What happened in the chat."""

    TEXT = "text"  # a new message: text, a file, or both
    EDIT = "edit"  # the sender changed an earlier message: a correction
    PRESS = "press"  # a button under one of our messages
    ADDED = "added"  # the bot entered this chat (or came back)
    REMOVED = "removed"  # the bot was put out, or the person blocked it
    WITHDRAWN = "withdrawn"  # the person asks that his account be forgotten
    MOVED = "moved"  # the chat has a new id (`moved_to`)
    UNSUPPORTED = "unsupported"  # something no one can read, and no file either: a sticker, a poll


class Unread(StrEnum):
    """What it was that nobody can read, where the platform tells."""

    SOMETHING = ""
    VOICE = "voice"  # without an address where it could be heard
    STICKER = "sticker"
    PLACE = "place"  # a point on the map; the text holds it as "10.04521,105.74690"
    CARD = "card"  # somebody's name and number
    WITHHELD = "withheld"  # the platform itself keeps the content back: files, films, cards, bare links
    ONLY_OUR_NAME = "only_our_name"


FileKind = Literal["document", "photo", "video", "video_note", "animation", "voice", "audio"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingFile:
    """A document, picture, film or voice message somebody sent; `reference` is what the platform takes to send it again."""

    reference: str
    name: str
    media_type: str
    size: int
    kind: FileKind = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingMessage:
    """One thing that happened on a platform, decoded. `key` is unique for (platform, bot) and dies in the inbox."""

    platform: str
    key: str
    act: Act
    chat_id: str
    chat_type: Literal["private", "group"]
    sent_at: datetime
    bot: str = ""
    chat_title: str = ""
    user_id: str | None = None
    user_name: str = ""
    message_id: str | None = None
    thread_id: str | None = None
    text: str = ""
    reply_to: str | None = None  # id of the message answered, where the platform tells
    unread: Unread = Unread.SOMETHING  # of an unsupported message
    addressed: bool = False  # private, a reply to the bot, a command, or the bot is named
    anonymous: bool = False  # an administrator hidden behind the group
    forwarded: bool = False  # somebody else's words, passed on
    pressed: str = ""  # our data under the button
    by_words: bool = False  # there are no buttons in this chat: a number or words stand for one
    press_id: str | None = None  # what the platform needs to close the press
    file: IncomingFile | None = None
    moved_to: str | None = None
    is_clocked_here: bool = False  # the platform tells no time of it: `sent_at` is our own clock's

    @property
    def is_private(self) -> bool:
        return self.chat_type == "private"

    @property
    def lane(self) -> str:
        """Messages of one lane are handled one after the other, lanes side by side."""
        return f"{self.platform}/{self.chat_id}"


class Lane(StrEnum):
    """Who goes first when not everything may be sent at once (most urgent first)."""

    ALERT = "alert"
    ANSWER = "answer"
    REMINDER = "reminder"
    DIRECTIVE = "directive"
    CAMPAIGN = "campaign"

    @property
    def rank(self) -> int:
        """As it stands in the tables."""
        return _RANKS[self]

    @classmethod
    def of_rank(cls, rank: int) -> Lane:
        return _BY_RANK[rank]


_BY_RANK = tuple(Lane)
_RANKS = {lane: rank for rank, lane in enumerate(Lane)}


class Marks(StrEnum):
    """How choices are told apart where there are no buttons."""

    NUMBERS = "numbers"
    LETTERS = "letters"  # where a number would be taken for a figure
    WORDS = "words"  # by what stands on them: side doors that need no number


@dataclass(frozen=True, slots=True)
class Button:
    """`data` comes back in `IncomingMessage.pressed`: ASCII, at most 64 bytes (Bot API, InlineKeyboardButton)."""

    text: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file to send: by the platform's own reference, or bytes kept in the `files` table under `file_id`."""

    name: str
    file_id: int | None = None
    reference: str | None = None
    kind: FileKind = "document"


class Deed(StrEnum):
    """What the platform is asked to do."""

    SAY = "say"  # send a message, or change it where the parcel already has an id (a board)
    REACT = "react"  # the quiet receipt: an emoji on `reply_to`
    CLOSE_PRESS = "close_press"  # end the spinner of a button, perhaps with a short note


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMessage:
    """What is to be said, in one chat of one platform; how it looks there is the platform's affair."""

    platform: str
    chat_id: str
    text: str = ""  # plain, with BOLD_ON/BOLD_OFF marks
    buttons: tuple[tuple[Button, ...], ...] = ()  # rows
    file: OutgoingFile | None = None
    reply_to: str | None = None
    thread_id: str | None = None
    deed: Deed = Deed.SAY
    emoji: str = ""
    press_id: str | None = None
    is_group: bool = False  # groups are paced differently
    silent: bool = field(default=False)  # no sound on the phone
    asks_reply: bool = field(default=False)  # the platform may open its reply box
    marks: Marks = Marks.NUMBERS  # of its buttons, where they become words
    meant_for: str = ""  # the account whose choice counts in a group; nobody's: anybody may choose
    is_receipt: bool = False  # says only that something arrived: may be left out where messages are counted
