"""What stands in the rooms: each message as the Bot API shows it, with what only the people's side needs beside it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]

SERVICE_NAMES = (
    "new_chat_members left_chat_member new_chat_title group_chat_created supergroup_chat_created "
    "migrate_to_chat_id migrate_from_chat_id pinned_message forum_topic_created forum_topic_edited "
    "forum_topic_closed forum_topic_reopened"
)
SERVICE_KEYS = frozenset(SERVICE_NAMES.split())


@dataclass(slots=True, kw_only=True)
class Message:
    chat: str
    body: Body
    sender: int
    seq: int = 0
    seen_by: list[int] = field(default_factory=list)
    reactions: dict[int, str] = field(default_factory=dict)
    keyboard: Body | None = None

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def key(self) -> str:
        return f"{self.chat}/{self.body['message_id']}"

    @property
    def is_service(self) -> bool:
        return not SERVICE_KEYS.isdisjoint(self.body)

    def as_json(self) -> Body:
        return {name: getattr(self, name) for name in self.__slots__}

    @staticmethod
    def from_json(shape: Body) -> "Message":
        reactions = {int(who): emoji for who, emoji in shape["reactions"].items()}
        return Message(**{**shape, "reactions": reactions})


@dataclass(slots=True, kw_only=True)
class Log:
    """The messages of one room; `changes` remembers in which order they last changed, also the deleted ones."""

    chat: str
    last_id: int = 0
    last_bot: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    changes: dict[int, int] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)

    def as_json(self) -> Body:
        return {"chat": self.chat, "last_id": self.last_id, "last_bot": self.last_bot}

    def put(self, message: Message) -> None:
        self.messages[message.id] = message
        self.changes.pop(message.id, None)
        self.changes[message.id] = message.seq

    def drop(self, message_id: int, seq: int) -> Message:
        message = self.messages.pop(message_id)
        self.changes.pop(message_id, None)
        self.changes[message_id] = seq
        self.deleted.add(message_id)
        return message

    def latest(self, count: int) -> list[Message]:
        newest_first = reversed(self.messages.values())
        return [message for message, _ in zip(newest_first, range(count), strict=False)][::-1]

    def changed_since(self, seq: int) -> Iterator[int]:
        """Ids of messages changed after `seq`, in the order of their changes."""
        newer = []
        for message_id, changed in reversed(self.changes.items()):
            if changed <= seq:
                break
            newer.append(message_id)
        return reversed(newer)
