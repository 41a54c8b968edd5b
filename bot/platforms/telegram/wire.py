"""The few fields we use of Telegram's updates (Bot API 10.x); what is not named here is skipped, not decoded."""

from __future__ import annotations

import msgspec

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")

ANONYMOUS_ADMINISTRATOR = 1087968824
POSTS_AS_CHANNEL = 136817688
TELEGRAM_ITSELF = 777000

NOTHING = msgspec.Raw()


class User(msgspec.Struct, gc=False):
    id: int
    is_bot: bool = False
    first_name: str = ""
    last_name: str = ""


class Chat(msgspec.Struct, gc=False):
    id: int
    type: str
    title: str = ""


class Document(msgspec.Struct, gc=False):
    file_id: str
    file_name: str = ""
    mime_type: str = ""
    file_size: int = 0


class PhotoSize(msgspec.Struct, gc=False):
    file_id: str
    width: int
    height: int
    file_size: int = 0


class Location(msgspec.Struct, gc=False):
    latitude: float
    longitude: float


class Answered(msgspec.Struct):
    """The message that was replied to."""

    message_id: int
    sender: User | None = msgspec.field(name="from", default=None)
    forum_topic_created: msgspec.Raw = NOTHING


class Message(msgspec.Struct):
    message_id: int
    date: int
    chat: Chat
    sender: User | None = msgspec.field(name="from", default=None)
    sender_chat: Chat | None = None
    is_automatic_forward: bool = False
    forward_origin: msgspec.Raw = NOTHING
    author_signature: str = ""
    edit_date: int | None = None
    message_thread_id: int | None = None
    is_topic_message: bool = False
    reply_to_message: Answered | None = None
    text: str = ""
    caption: str = ""
    document: Document | None = None
    animation: Document | None = None
    video: Document | None = None
    video_note: Document | None = None
    voice: Document | None = None
    audio: Document | None = None
    photo: list[PhotoSize] = []
    location: Location | None = None
    migrate_to_chat_id: int | None = None
    # Content that cannot be read: only its presence counts.
    checklist: msgspec.Raw = NOTHING
    contact: msgspec.Raw = NOTHING
    dice: msgspec.Raw = NOTHING
    game: msgspec.Raw = NOTHING
    paid_media: msgspec.Raw = NOTHING
    poll: msgspec.Raw = NOTHING
    sticker: msgspec.Raw = NOTHING
    story: msgspec.Raw = NOTHING
    venue: msgspec.Raw = NOTHING


UNREADABLE_CONTENT = tuple(
    name for name, kind in Message.__annotations__.items() if kind == "msgspec.Raw" and name != "forward_origin"
)


class Pressed(msgspec.Struct):
    """The message under whose button somebody pressed; of an inaccessible one only this much is told."""

    message_id: int
    chat: Chat
    message_thread_id: int | None = None
    is_topic_message: bool = False


class CallbackQuery(msgspec.Struct):
    id: str
    sender: User = msgspec.field(name="from")
    message: Pressed | None = None
    data: str = ""


class Membership(msgspec.Struct, gc=False):
    status: str
    is_member: bool = False  # told for `restricted` only

    @property
    def is_inside(self) -> bool:
        return self.status in {"creator", "administrator", "member"} or (self.status == "restricted" and self.is_member)


class MembershipChange(msgspec.Struct):
    chat: Chat
    sender: User = msgspec.field(name="from")
    date: int
    old_chat_member: Membership
    new_chat_member: Membership


class Update(msgspec.Struct):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MembershipChange | None = None


class UpdateNumber(msgspec.Struct):
    """The least that is read of an update that cannot be read."""

    update_id: int


class Batch(msgspec.Struct):
    """An answer to getUpdates; every update is decoded by itself, so that a bad one harms no other."""

    ok: bool
    result: list[msgspec.Raw]
