"""Group chats with their audience, kept up to date from what the platforms tell; a chat that moved keeps its old ids."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, String, Table, UniqueConstraint, bindparam, delete

from storage.inserts import insert_or_update
from storage.prepared import Prepared
from storage.record import Moment, change, find_one, foresee_one, identity, metadata, selection


class Audience(StrEnum):
    """Who sits in the room."""

    LEADERS = "leaders"
    MANAGERS = "managers"  # leaders and heads of unit
    EVERYONE = "everyone"
    UNIT = "unit"
    OFFICE = "office"


class ChatState(StrEnum):
    ACTIVE = "active"
    LEFT = "left"  # the bot was put out
    UNREACHABLE = "unreachable"  # a send was refused for good; a new message there wakes it


chats = Table(
    "chats",
    metadata,
    identity(),
    Column("platform", String(20), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("title", String(200), nullable=False, default=""),
    Column("audience", String(20), index=True),  # none until somebody typed the room's code in it
    Column("unit_id", ForeignKey("units.id"), index=True),
    Column("thread_id", String(64)),  # the topic that the code was typed in, where a group has topics
    Column("state", String(20), nullable=False, default=ChatState.ACTIVE),
    Column("bound_at", Moment()),
    UniqueConstraint("platform", "external_id"),
)

chat_aliases = Table(
    "chat_aliases",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("old_external_id", String(64), primary_key=True),
    Column("chat_id", ForeignKey("chats.id"), nullable=False),
)

room_codes = Table(
    "room_codes",
    metadata,
    Column("code", String(16), primary_key=True),
    Column("audience", String(20), nullable=False),
    Column("unit_id", ForeignKey("units.id")),
    UniqueConstraint("audience", "unit_id"),
)


@dataclass(frozen=True, slots=True)
class RoomCode:
    code: str
    audience: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class GroupChat:
    id: int
    platform: str
    external_id: str
    title: str
    audience: str | None
    unit_id: int | None
    thread_id: str | None
    state: str


def chat_of(tx: Connection, platform: str, external_id: str) -> GroupChat | None:
    """The chat with this id, also by an id it had before it moved."""
    found = find_one(tx, GroupChat, chats, platform=platform, external_id=external_id)
    if found is not None:
        return found
    by_alias = selection(GroupChat, chats).join(chat_aliases, chat_aliases.c.chat_id == chats.c.id)
    where = (chat_aliases.c.platform == platform, chat_aliases.c.old_external_id == external_id)
    row = tx.execute(by_alias.where(*where)).first()
    return None if row is None else GroupChat(*row)


def foresee_chat(tx: Connection, platform: str, external_id: str) -> None:
    foresee_one(tx, GroupChat, chats, is_steady=True, platform=platform, external_id=external_id)


def rooms_of_unit(tx: Connection, unit_id: int) -> list[GroupChat]:
    return [GroupChat(*row) for row in _ROOMS_OF_UNIT.all(tx, {"unit_id": unit_id})]


def rooms_by_unit(tx: Connection) -> dict[int, list[GroupChat]]:
    """The same for every unit at once."""
    found: dict[int, list[GroupChat]] = {}
    for row in _ROOMS_OF_UNITS.all(tx, {}):
        room = GroupChat(*row)
        found.setdefault(room.unit_id or 0, []).append(room)
    return found


def rooms_for(tx: Connection, *audiences: Audience) -> list[GroupChat]:
    """Active rooms bound to one of these audiences."""
    return [GroupChat(*row) for row in tx.execute(_ROOMS_FOR, {"audiences": audiences})]


_ACTIVE = selection(GroupChat, chats).where(chats.c.state == ChatState.ACTIVE).order_by(chats.c.id)
_ROOMS_OF_UNIT = Prepared(_ACTIVE.where(chats.c.unit_id == bindparam("unit_id"), chats.c.audience.is_not(None)))
_ROOMS_OF_UNITS = Prepared(_ACTIVE.where(chats.c.unit_id.is_not(None), chats.c.audience.is_not(None)))
_ROOMS_FOR = _ACTIVE.where(chats.c.audience.in_(bindparam("audiences", expanding=True)))


def move_chat(tx: Connection, platform: str, old: str, new: str) -> None:
    """The chat lives on under a new id; what is still addressed to the old one finds it by alias."""
    chat = chat_of(tx, platform, old)
    if chat is None or chat.external_id == new:
        return
    newcomer = chat_of(tx, platform, new)
    if newcomer is not None and newcomer.id != chat.id:  # the new id wrote to us before we heard of the move
        _give_way(tx, newcomer, chat)
    change(tx, chats, chats.c.id == chat.id, external_id=new)
    values = {"platform": platform, "old_external_id": old, "chat_id": chat.id}
    insert_or_update(tx, chat_aliases, values, key=("platform", "old_external_id"))


def _give_way(tx: Connection, newcomer: GroupChat, chat: GroupChat) -> None:
    """What it was called before leads to the other now; what it was tied to is kept where the other had no use yet."""
    change(tx, chat_aliases, chat_aliases.c.chat_id == newcomer.id, chat_id=chat.id)
    tx.execute(delete(chats).where(chats.c.id == newcomer.id))
    if chat.audience is None and newcomer.audience is not None:
        change(tx, chats, chats.c.id == chat.id, audience=newcomer.audience, unit_id=newcomer.unit_id)
