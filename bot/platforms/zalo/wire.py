"""The few fields we use of Zalo's Bot Platform; what is not named here is skipped, not decoded."""

from __future__ import annotations

import msgspec

TEXT = "message.text.received"
IMAGE = "message.image.received"
VOICE = "message.voice.received"
UNSUPPORTED = "message.unsupported.received"
LINK = "message.link.received"
"""In no document, and listed by several clients: it is read when it brings a text."""


class User(msgspec.Struct, gc=False):
    id: str
    display_name: str = ""
    is_bot: bool = False


class Chat(msgspec.Struct, gc=False):
    id: str
    chat_type: str = "PRIVATE"


class Message(msgspec.Struct, gc=False):
    """`date` is in milliseconds. Documents name the picture `photo`, live traffic `photo_url`."""

    chat: Chat
    sender: User = msgspec.field(name="from")
    message_id: str = ""
    date: float = 0
    text: str = ""
    caption: str = ""
    voice_url: str = ""
    photo_url: str = ""
    photo: str = ""


class Event(msgspec.Struct):
    event_name: str = ""
    message: Message | None = None


class EventName(msgspec.Struct):
    """The least that is read of an event that cannot be read."""

    event_name: str = ""


class WrappedEvent(msgspec.Struct):
    """The documents show webhook bodies in the envelope of an answer; live traffic comes without it."""

    result: msgspec.Raw


class Myself(msgspec.Struct):
    """getMe."""

    id: str
    account_name: str = ""
    account_type: str = ""
    can_join_groups: bool = False
    display_name: str = ""


class Sent(msgspec.Struct):
    message_id: str | int


class WebhookState(msgspec.Struct):
    url: str = ""


class Verification(msgspec.Struct):
    ok: bool = True
    outcome: str = ""


class WebhookSet(msgspec.Struct):
    url: str = ""
    verification: Verification | None = None
