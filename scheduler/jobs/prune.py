"""At night: forgets handled update keys, settled parcels, finished errands, questions and choices left open, files handed out, reminders said, and drafts that nobody needs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.directives import forget_old_drafts
from handlers.files.forgetting import forget_old_files
from scheduler.job import Job, Row
from scheduler.timetable import Tick
from storage.errands import prune_errands
from storage.inbox import prune_inbox
from storage.outbox import prune_outbox
from storage.records.dialogues import prune_dialogues
from storage.records.offers import prune_offers
from storage.records.timed_reminders import prune_reminders

KEEP_INBOX = timedelta(days=30)  # Zalo may bring its last event again until there is a newer one: a long holiday
KEEP_OPEN = timedelta(days=7)  # what nobody has come back to
KEEP_PARCELS = timedelta(days=60)  # an answer or a press may meet an old message


def run(tx: Connection, _tick: Tick, now: datetime) -> None:
    prune_inbox(tx, now - KEEP_INBOX)
    prune_outbox(tx, now - KEEP_PARCELS)
    prune_errands(tx, now - KEEP_OPEN)
    prune_dialogues(tx, now - KEEP_OPEN)
    prune_offers(tx, now - KEEP_OPEN)
    prune_reminders(tx, now - KEEP_PARCELS)
    forget_old_drafts(tx, now)
    forget_old_files(tx, now - KEEP_OPEN)


JOB = Job(
    name="prune",
    title="Dọn dữ liệu tạm",
    run=run,
    rows=lambda _tx: (Row("02:30", "daily", 24 * 60),),
    order=90,
    is_missed_aloud=False,
)
