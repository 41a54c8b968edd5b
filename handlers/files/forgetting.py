"""Files that were handed out, or brought and never confirmed, hold names and codes: forgotten when nobody needs them."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import Connection, exists, select

from storage.messages import OutgoingMessage
from storage.outbox import IS_OPEN, Outcome, parcels
from storage.records.directives import directives
from storage.records.files import files, prune_files


def forget_old_files(tx: Connection, before: datetime) -> int:
    """All but those of directives, and those that a message not settled yet is to bring."""
    of_a_directive = exists().where(directives.c.file_id == files.c.id)
    return prune_files(tx, before, keep=_on_their_way(tx), unless=of_a_directive)


def _on_their_way(tx: Connection) -> set[int]:
    states = (IS_OPEN, parcels.c.state == Outcome.UNCERTAIN)  # one by one: each has its index
    payloads = (payload for state in states for payload in tx.execute(select(parcels.c.payload).where(state)).scalars())
    messages = (msgspec.json.decode(payload, type=OutgoingMessage) for payload in payloads)
    return {message.file.file_id for message in messages if message.file and message.file.file_id is not None}
