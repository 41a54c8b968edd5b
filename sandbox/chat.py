"""A room and who is in it."""

from dataclasses import asdict, dataclass, field
from typing import Any

PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
LEADING = frozenset({"creator", "administrator"})


@dataclass(slots=True, kw_only=True)
class Member:
    id: int
    status: str = "member"
    anonymous: bool = False
    rights: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Chat:
    """A room: a group, or the private talk of one person with one bot (then `bot_id` is set and `id` is the person's)."""

    id: int
    type: str
    title: str = ""
    bot_id: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    bots: set[int] = field(default_factory=set)
    is_forum: bool = False
    topics: dict[int, str] = field(default_factory=dict)
    closed_topics: set[int] = field(default_factory=set)
    started: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    pinned: list[int] = field(default_factory=list)
    platform: str = "telegram"

    @property
    def key(self) -> str:
        return str(self.id) if self.bot_id is None else f"{self.bot_id}:{self.id}"

    @property
    def is_private(self) -> bool:
        return self.bot_id is not None

    def status_of(self, member_id: int) -> str:
        member = self.members.get(member_id)
        return member.status if member else "left"

    def is_present(self, member_id: int) -> bool:
        if self.bot_id is not None:
            return member_id in (self.id, self.bot_id)
        member = self.members.get(member_id)
        return member is not None and member.status in PRESENT

    def leads(self, member_id: int) -> bool:
        return self.status_of(member_id) in LEADING

    def as_json(self) -> dict[str, Any]:
        shape = asdict(self)
        shape["members"] = list(shape["members"].values())
        shape["bots"] = sorted(self.bots)
        shape["closed_topics"] = sorted(self.closed_topics)
        return shape

    @staticmethod
    def from_json(shape: dict[str, Any]) -> "Chat":
        members = {member["id"]: Member(**member) for member in shape["members"]}
        topics = {int(number): name for number, name in shape["topics"].items()}
        sets = {"bots": set(shape["bots"]), "closed_topics": set(shape["closed_topics"])}
        return Chat(**{**shape, "members": members, "topics": topics, **sets})
