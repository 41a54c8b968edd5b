"""Reminders that somebody sets for an hour: what is to be said to whom, when, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, ForeignKey, String, Table, Text, bindparam, delete

from storage.part_index import part_index
from storage.prepared import Prepared
from storage.record import Json, Moment, add, change, find_all, find_one, identity, metadata, selection


class ReminderState(StrEnum):
    WAITING = "waiting"
    SAID = "said"
    DROPPED = "dropped"  # somebody took it back, or wrote it anew
    MISSED = "missed"  # its hour passed while nobody was there to say it


timed_reminders = Table(
    "timed_reminders",
    metadata,
    identity(),
    Column("author_id", ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column(
        "audience", Json, nullable=False
    ),  # {"people": […], "units": […], "rooms": […], "audiences": […], "called", "every_unit"}
    Column("due_at", Moment(), nullable=False),
    Column("state", String(10), nullable=False),
    Column("source", String(160), nullable=False),  # the message its words came from: an edit of it sets it anew
    Column("set_at", Moment(), nullable=False),
    Column("settled_at", Moment()),
    Column("rhythm", Json),  # how it comes again: handlers/timed_reminders/rhythm.py; none: it is said once
)
_waits = timed_reminders.c.state == "waiting"
part_index("ix_timed_reminders_due", timed_reminders.c.due_at, where=_waits)


@dataclass(frozen=True, slots=True)
class TimedReminder:
    id: int
    author_id: int
    text: str
    audience: dict[str, Any]
    due_at: datetime
    state: str
    rhythm: dict[str, Any] | None

    @property
    def called(self) -> str:
        return str(self.audience["called"])


def set_reminder(
    tx: Connection,
    *,
    author_id: int,
    text: str,
    audience: dict[str, Any],
    due_at: datetime,
    source: str,
    now: datetime,
    rhythm: dict[str, Any] | None = None,
) -> int:
    what = {"text": text, "audience": audience, "rhythm": rhythm}
    values = {**what, "author_id": author_id, "due_at": due_at, "source": source}
    return add(tx, timed_reminders, **values, state=ReminderState.WAITING, set_at=now)


def find_reminder(tx: Connection, reminder_id: int) -> TimedReminder | None:
    return find_one(tx, TimedReminder, timed_reminders, id=reminder_id)


def waiting_reminders(tx: Connection, author_id: int | None = None) -> list[TimedReminder]:
    """Of one author, or everybody's; the next one first."""
    whose = () if author_id is None else (timed_reminders.c.author_id == author_id,)
    order = (timed_reminders.c.due_at, timed_reminders.c.id)
    return find_all(tx, TimedReminder, timed_reminders, _waits, *whose, order_by=order)


def reminders_from(tx: Connection, source: str, author_id: int) -> list[TimedReminder]:
    """Those that wait and were set by this very message."""
    where = (_waits, timed_reminders.c.author_id == author_id, timed_reminders.c.source == source)
    return find_all(tx, TimedReminder, timed_reminders, *where)


_DUE = Prepared(
    selection(TimedReminder, timed_reminders)
    .where(_waits, timed_reminders.c.due_at <= bindparam("now"))
    .order_by(timed_reminders.c.id)
)


def reminders_due(tx: Connection, now: datetime) -> list[TimedReminder]:
    return [TimedReminder(*row) for row in _DUE.all(tx, {"now": now})]


def settle_reminder(tx: Connection, reminder_id: int, state: ReminderState, now: datetime) -> bool:
    """False if it waits no longer: somebody was faster."""
    return change(tx, timed_reminders, timed_reminders.c.id == reminder_id, _waits, state=state, settled_at=now) == 1


def settle_due(tx: Connection, reminder: TimedReminder, state: ReminderState, now: datetime) -> bool:
    """Its hour has come; false if somebody was faster and took it back, or gave it another hour."""
    return change(tx, timed_reminders, *_as_it_was(reminder), state=state, settled_at=now) == 1


def change_reminder(tx: Connection, reminder_id: int, **values: Any) -> bool:
    """False if it waits no longer."""
    return change(tx, timed_reminders, timed_reminders.c.id == reminder_id, _waits, **values) == 1


def go_on_with_reminder(tx: Connection, reminder: TimedReminder, next_at: datetime) -> bool:
    """It waits for its next time; false if somebody was faster."""
    return change(tx, timed_reminders, *_as_it_was(reminder), due_at=next_at) == 1


def _as_it_was(reminder: TimedReminder) -> tuple[ColumnElement[bool], ...]:
    return timed_reminders.c.id == reminder.id, _waits, timed_reminders.c.due_at == reminder.due_at


def prune_reminders(tx: Connection, before: datetime) -> None:
    """Forget those that were settled before then."""
    tx.execute(delete(timed_reminders).where(timed_reminders.c.settled_at < before))
