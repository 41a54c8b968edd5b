"""Dialogues: a question that is still open with one person in one chat, kept as a row and changed with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, String, Table, delete

from storage.inserts import insert_or_update
from storage.record import Json, Moment, find_one, foresee_one, metadata

dialogues = Table(
    "dialogues",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("chat_id", String(64), primary_key=True),
    Column("user_id", String(64), primary_key=True),
    Column("topic", String(60), nullable=False),  # who asked: "check_in", "directive", …
    Column("state", Json, nullable=False),
    Column("expires_at", Moment(), nullable=False),
)


@dataclass(frozen=True, slots=True)
class Dialogue:
    topic: str
    state: dict[str, Any]
    expires_at: datetime


def open_dialogue(tx: Connection, platform: str, chat_id: str, user_id: str, now: datetime) -> Dialogue | None:
    """The dialogue with this person in this chat, unless it has expired."""
    found = find_one(tx, Dialogue, dialogues, platform=platform, chat_id=chat_id, user_id=user_id)
    return found if found is not None and found.expires_at > now else None


def foresee_dialogue(tx: Connection, platform: str, chat_id: str, user_id: str) -> None:
    foresee_one(tx, Dialogue, dialogues, is_steady=True, platform=platform, chat_id=chat_id, user_id=user_id)


def keep_dialogue(tx: Connection, platform: str, chat_id: str, user_id: str, dialogue: Dialogue) -> None:
    """Remember where we are; what was open here before is forgotten."""
    values = {
        "platform": platform,
        "chat_id": chat_id,
        "user_id": user_id,
        "topic": dialogue.topic,
        "state": dialogue.state,
        "expires_at": dialogue.expires_at,
    }
    insert_or_update(tx, dialogues, values, key=("platform", "chat_id", "user_id"))


def end_dialogue(tx: Connection, platform: str, chat_id: str, user_id: str) -> bool:
    """Forget it; true if there was one."""
    where = (dialogues.c.platform == platform, dialogues.c.chat_id == chat_id, dialogues.c.user_id == user_id)
    return tx.execute(delete(dialogues).where(*where)).rowcount == 1


def prune_dialogues(tx: Connection, before: datetime) -> int:
    """Forget the questions that expired before this moment: what was said in them is nobody's business any more."""
    return tx.execute(delete(dialogues).where(dialogues.c.expires_at < before)).rowcount
