"""What a refusal makes of the parcels it met: again later, elsewhere, given up, or in doubt."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.delivery.parcels import Bundle
from bot.platform import DeliveryError, Reason
from handlers.telling import second_messenger
from handlers.troubles import undelivered
from storage.parcels import sending, uncertainty
from storage.records.chats import move_chat

AWAY_PAUSE = 5.0  # seconds before a platform that is away is tried again
LONGEST_PAUSE = 300.0
GIVE_UP_AFTER = 200  # attempts: at the longest pause, most of a day


def pause_after(error: DeliveryError, attempts: int) -> float:
    """Seconds before another try."""
    if error.reason == Reason.WAIT:
        return error.retry_after or 1.0
    return min(AWAY_PAUSE * 2.0 ** min(attempts, 8), LONGEST_PAUSE)


def note_refusal(tx: Connection, chosen: Bundle, error: DeliveryError, now: datetime) -> None:
    first = chosen.parcels[0]
    ids = [parcel.id for parcel in chosen.parcels]
    if error.reason == Reason.UNCERTAIN and first.attempts < GIVE_UP_AFTER:
        # once at once; what stays in doubt must not pour the same alert out again and again
        again_at = now + timedelta(seconds=pause_after(error, first.attempts) if first.attempts else 0)
        waiting = uncertainty.leave_uncertain(tx, uncertainty.are(ids), trouble=error.detail[:200], again_at=again_at)
        if waiting:
            undelivered.tell_of_uncertain(tx, waiting, now)
    elif error.reason == Reason.MOVED and error.moved_to is not None:
        move_chat(tx, first.platform, first.chat_id, error.moved_to)
        sending.postpone(tx, ids, until=now, trouble="moved", chat_id=error.moved_to)
    elif error.reason in (Reason.WAIT, Reason.AWAY) and first.attempts < GIVE_UP_AFTER:
        until = now + timedelta(seconds=pause_after(error, first.attempts))
        is_too_long = error.reason == Reason.AWAY and first.attempts >= second_messenger.AWAY_TOO_LONG
        gone = second_messenger.go_another_way(tx, chosen.parcels, now) if is_too_long else []
        sending.postpone(tx, [one for one in ids if one not in gone], until=until, trouble=error.detail[:200])
    elif error.reason == Reason.REFUSED and first.is_board and first.external_id is not None:
        sending.show_anew(tx, first.id, trouble=error.detail[:200], now=now)
    else:
        _give_up(tx, chosen, error, now)


def _give_up(tx: Connection, chosen: Bundle, error: DeliveryError, now: datetime) -> None:
    """Lost here; people who can be reached elsewhere hear it there."""
    gone = second_messenger.go_another_way(tx, chosen.parcels, now)
    lost = [parcel for parcel in chosen.parcels if parcel.id not in gone]
    if lost:
        sending.give_up(tx, [parcel.id for parcel in lost], trouble=error.detail[:200], now=now)
        undelivered.tell_of_failure(tx, lost[0], is_lasting=error.reason == Reason.UNREACHABLE, now=now)
    elif error.reason == Reason.UNREACHABLE:
        undelivered.mark_closed(tx, chosen.parcels[0])
