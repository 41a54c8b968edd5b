"""Audit: who did what when, for the acts that change somebody's rights, records or messages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table

from storage.record import Json, Moment, identity, keep, metadata

audit_entries = Table(
    "audit_entries",
    metadata,
    identity(),
    Column("at", Moment(), nullable=False),
    Column("actor_id", ForeignKey("people.id")),  # none: the duty officer itself
    Column("act", String(60), nullable=False),
    Column("subject", String(80), nullable=False),  # "directive/12"
    Column("details", Json, nullable=False),  # identifiers and numbers, never health data or message text
    Index("ix_audit_entries_subject", "subject"),
)


def note(tx: Connection, *, at: datetime, actor_id: int | None, act: str, subject: str, **details: Any) -> None:
    keep(tx, audit_entries, at=at, actor_id=actor_id, act=act, subject=subject, details=details)
