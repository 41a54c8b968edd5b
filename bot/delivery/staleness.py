"""What has waited too long to be true: after hours without a platform, reminders of what is past are left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import structlog
from sqlalchemy import Connection

from bot.delivery.parcels import Bundle
from handlers.rounds.reminding import LASTS
from storage.messages import Lane
from storage.parcels import sending

log = structlog.get_logger()


def leave_out_stale(tx: Connection, chosen: Iterable[Bundle], *, holder: str, now: datetime) -> None:
    """Drop, of what `holder` is about to send, the reminders that are older than they last."""
    reminders = [parcel for each in chosen for parcel in each.parcels if parcel.lane == Lane.REMINDER.rank]
    for what, lasts in LASTS.items() if reminders else ():
        ids = [parcel.id for parcel in reminders if parcel.key.startswith(f"{what}/")]
        if gone := sending.leave_out(tx, ids, holder=holder, put_before=now - lasts, now=now):
            log.info("stale_left_out", what=what, parcels=gone)
