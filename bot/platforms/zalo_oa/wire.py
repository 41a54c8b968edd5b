"""The few fields we use of the Official Account's events and answers; what is not named here is skipped, not decoded."""

from __future__ import annotations

import msgspec

Number = str | int
"""Documented as text; some sources show figures."""


class Party(msgspec.Struct, gc=False):
    id: Number = ""
    group_id: Number = ""


class Coordinates(msgspec.Struct, gc=False):
    latitude: float | str
    longitude: float | str


class Payload(msgspec.Struct):
    url: str = ""
    name: str = ""
    size: Number = 0
    coordinates: Coordinates | None = None


class Attachment(msgspec.Struct):
    type: str = ""
    payload: Payload = msgspec.field(default_factory=Payload)


class Message(msgspec.Struct):
    msg_id: Number = ""
    text: str = ""
    quote_msg_id: Number = ""
    conversation_id: Number = ""
    attachments: list[Attachment] = []


class Event(msgspec.Struct):
    event_name: str = ""
    timestamp: Number = ""
    app_id: Number = ""
    oa_id: Number = ""
    group_id: Number = ""
    sender: Party | None = None
    recipient: Party | None = None
    follower: Party | None = None
    message: Message | None = None
    users: list[Party] = []


class Signed(msgspec.Struct):
    """What is read of a body before anybody has shown that it comes from Zalo."""

    timestamp: Number = ""
    event_name: str = ""


class Envelope(msgspec.Struct):
    error: int = 0
    data: msgspec.Raw = msgspec.Raw()


class Tokens(msgspec.Struct):
    """An answer of the token endpoint; `expires_in` is text, in seconds."""

    access_token: str = ""
    refresh_token: str = ""
    expires_in: Number = 0
    error: int = 0


class Account(msgspec.Struct):
    oa_id: Number = ""
    name: str = ""
    oa_type: Number = 0


class Sent(msgspec.Struct):
    message_id: Number = ""


class Uploaded(msgspec.Struct):
    attachment_id: str = ""
    token: str = ""


class User(msgspec.Struct):
    display_name: str = ""


class GroupInfo(msgspec.Struct):
    name: str = ""


class Group(msgspec.Struct):
    name: str = ""
    group_info: GroupInfo = msgspec.field(default_factory=GroupInfo)
