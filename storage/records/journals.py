"""Journals: what happened in an incident or a run of a playbook, line by line, as its record tells it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, ForeignKey, Index, String, Table, Text

from storage.record import Moment, find_all, identity, keep, metadata

journal_entries = Table(
    "journal_entries",
    metadata,
    identity(),
    Column("subject", String(40), nullable=False),  # "incident/12", "run/3"
    Column("at", Moment(), nullable=False),
    Column("actor_id", ForeignKey("people.id")),  # none: the duty officer itself
    Column("act", String(40), nullable=False),
    Column("text", Text, nullable=False),  # for those entitled to the subject, never for a room
    Index("ix_journal_entries_subject", "subject"),
)


@dataclass(frozen=True, slots=True)
class JournalEntry:
    id: int
    subject: str
    at: datetime
    actor_id: int | None
    act: str
    text: str


def write_journal(tx: Connection, subject: str, *, at: datetime, actor_id: int | None, act: str, text: str) -> None:
    keep(tx, journal_entries, subject=subject, at=at, actor_id=actor_id, act=act, text=text)


def journal_of(tx: Connection, subject: str) -> list[JournalEntry]:
    order = (journal_entries.c.at, journal_entries.c.id)
    return find_all(tx, JournalEntry, journal_entries, subject=subject, order_by=order)
