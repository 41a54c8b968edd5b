"""One person on two messengers is one person: what cannot reach him on one goes out on the other.

Alerts have their own ways (`handlers/alerts`): they go out on both at once where it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, or_, select

from storage import outbox
from storage.messages import Deed, Lane, OutgoingMessage
from storage.outbox import Parcel
from storage.record import change
from storage.records.accounts import accounts, reachable_accounts

AWAY_TOO_LONG = 7
"""Attempts on a platform that is away, growing apart: about ten minutes."""
BOUND = ("dlg:", "kindq:", "directive:")
"""Buttons of a dialogue that goes on only in the chat where it was begun."""


def go_another_way(tx: Connection, parcels: Sequence[Parcel], now: datetime) -> list[int]:
    """Put these once more, for the same people on another platform; returns the ids of those that go there."""
    return [parcel.id for parcel in parcels if _go(tx, parcel, now)]


def _go(tx: Connection, parcel: Parcel, now: datetime) -> bool:
    message = parcel.message
    if not _may_go_elsewhere(parcel, message):
        return False
    where = (accounts.c.platform == parcel.platform, accounts.c.private_chat_id == parcel.chat_id)
    person_id = tx.execute(select(accounts.c.person_id).where(*where)).scalar()
    if person_id is None:
        return False
    other = next((one for one in reachable_accounts(tx, person_id) if one.platform != parcel.platform), None)
    if other is None:
        return False
    moved = replace(message, platform=other.platform, chat_id=other.private_chat_id or "", reply_to=None)
    key = f"{parcel.key}/{parcel.version}/via/{other.platform}"[:160]
    lane = Lane.of_rank(parcel.lane)
    outbox.put(tx, moved, key=key, lane=lane, now=now, about=parcel.about)
    is_not_sent = or_(*(outbox.parcels.c.state == state for state in outbox.OPEN))
    change(
        tx, outbox.parcels, outbox.parcels.c.id == parcel.id, is_not_sent,
        state=outbox.Outcome.DROPPED, holder=None, settled_at=now, trouble="went another way",
    )  # fmt: skip
    return True


def _may_go_elsewhere(parcel: Parcel, message: OutgoingMessage) -> bool:
    is_words = message.deed is Deed.SAY and not message.is_group and message.file is None
    is_bound = any(button.data.startswith(BOUND) for row in message.buttons for button in row)
    return is_words and not is_bound and not parcel.is_alert and parcel.external_id is None
