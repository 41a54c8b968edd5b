"""Offers: the choices that stood under a message where there are no buttons, so that "2" or "đã nhận" finds its button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Index, String, Table, UniqueConstraint, bindparam, delete

from storage.inserts import insert_or_update
from storage.record import Json, Moment, identity, metadata, selection

offers = Table(
    "offers",
    metadata,
    identity(),
    Column("platform", String(20), nullable=False),
    Column("chat_id", String(64), nullable=False),
    Column("slot", String(200), nullable=False),  # what is offered: said again, it takes the place of what stood
    Column("user_id", String(64), nullable=False, default=""),  # whose choice counts; empty: anybody's in that chat
    Column("title", String(120), nullable=False),  # what the message was, to ask which of two is meant
    Column("choices", Json, nullable=False),
    Column("offered_at", Moment(), nullable=False),
    Column("expires_at", Moment(), nullable=False),
    UniqueConstraint("platform", "chat_id", "slot"),
    Index("ix_offers_expires_at", "expires_at"),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One button as words: the number or letter it goes by (empty: none), what stands on it, its data."""

    mark: str
    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Offer:
    id: int
    slot: str
    user_id: str
    title: str
    choices: list[Any]
    offered_at: datetime
    expires_at: datetime

    @property
    def open_choices(self) -> tuple[Choice, ...]:
        return tuple(msgspec.convert(self.choices, list[Choice]))


_OPEN = (
    selection(Offer, offers)
    .where(
        offers.c.platform == bindparam("platform"),
        offers.c.chat_id == bindparam("chat_id"),
        offers.c.expires_at > bindparam("now", type_=Moment()),
    )
    .order_by(offers.c.offered_at.desc(), offers.c.id.desc())
)


def open_offers(tx: Connection, platform: str, chat_id: str, now: datetime) -> list[Offer]:
    """What may still be chosen in this chat, the latest first."""
    return [Offer(*row) for row in tx.execute(_OPEN, {"platform": platform, "chat_id": chat_id, "now": now})]


def keep_offer(
    tx: Connection,
    platform: str,
    chat_id: str,
    *,
    slot: str,
    user_id: str,
    title: str,
    choices: Sequence[Choice],
    now: datetime,
    expires_at: datetime,
) -> None:
    """Remember what stands under a message; what was offered in the same slot before is forgotten."""
    values = {
        "platform": platform,
        "chat_id": chat_id,
        "slot": slot,
        "user_id": user_id,
        "title": title,
        "choices": msgspec.to_builtins(choices),
        "offered_at": now,
        "expires_at": expires_at,
    }
    insert_or_update(tx, offers, values, key=("platform", "chat_id", "slot"))


def prune_offers(tx: Connection, before: datetime) -> int:
    """Forget what could be chosen until this moment."""
    return tx.execute(delete(offers).where(offers.c.expires_at < before)).rowcount
