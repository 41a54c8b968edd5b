"""When those who have not acknowledged are reminded: two working hours after publishing, then on the next mornings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.directives.board import refresh_board
from handlers.directives.meetings import meets_at, next_chase
from handlers.directives.missing import who_is_missing
from handlers.directives.reminding import call_heads, chase_key, remind_people, remind_rooms
from handlers.directives.working_hours import coming_morning, is_daytime, next_morning
from handlers.local_time import short_moment
from handlers.telling import tell_person
from storage.messages import Lane
from storage.records.audit import note
from storage.records.directives import (
    Directive,
    DirectiveState,
    change_directive,
    count_receipts,
    directives_to_chase,
    hold_directive,
)
from storage.records.schedules import exceptional_days

CHASES = 3  # without being asked for
PAUSE = timedelta(minutes=30)  # between two chases of one directive
MET = "Đã tới giờ họp nêu trong chỉ đạo ({when}) nên từ nay tôi không tự nhắc nữa ạ."
HEADS_HEAR_FROM = 2  # the chase at which heads of unit are told the names


def chase_due(tx: Connection, now: datetime) -> int:
    """Chase every directive whose time has come; says how many were chased. Call it every minute.

    1. Nobody is called to a meeting that is past. 2. At night and on free days everything waits for the morning.
    3. Claim each. 4. Remind, merged over all of them.
    """
    due = [directive for directive in directives_to_chase(tx, now) if not _ends_with_its_meeting(tx, directive, now)]
    if not due:
        return 0
    exceptions = exceptional_days(tx)
    if not is_daytime(now, exceptions):
        for directive in due:
            _wait_until(tx, directive, coming_morning(now, exceptions), now)
        return 0
    chased = [claimed for directive in due if (claimed := _claim_due(tx, directive.id, exceptions, now)) is not None]
    _chase(tx, chased, now)
    return len(chased)


def chase_now(tx: Connection, directive_id: int, *, actor_id: int, now: datetime) -> bool:
    """Remind at once because somebody asks for it; false where that was done a moment ago, or nobody owes."""
    directive = hold_directive(tx, directive_id)
    if directive is None or not may_chase_again(directive, now) or count_receipts(tx, directive_id).is_complete:
        return False
    chased = _count_chase(tx, directive, exceptional_days(tx), now)
    if chased is None:
        return False
    _chase(tx, [chased], now)
    note(tx, at=now, actor_id=actor_id, act="directive.chased", subject=directive.about)
    return True


def may_chase_again(directive: Directive, now: datetime) -> bool:
    return directive.chased_at is None or now - directive.chased_at >= PAUSE


def _ends_with_its_meeting(tx: Connection, directive: Directive, now: datetime) -> bool:
    """They meet (or have met): the author learns who has not read of it, and nobody is reminded any more."""
    met_at = meets_at(directive, now)
    if met_at is None or met_at > now:
        return False
    held = hold_directive(tx, directive.id)
    if held is None or held.chase_at != directive.chase_at:
        return True
    if change_directive(tx, directive.id, DirectiveState.PUBLISHED, chase_at=None):
        if not count_receipts(tx, directive.id).is_complete:
            text = f"{MET.format(when=short_moment(met_at))}\n\n{who_is_missing(tx, directive)}"
            key = f"{directive.about}/met"
            tell_person(tx, directive.author_id, text, key=key, lane=Lane.REMINDER, now=now)
        refresh_board(tx, directive.id, now)
    return True


def _claim_due(tx: Connection, directive_id: int, exceptions: Mapping[date, str], now: datetime) -> Directive | None:
    """The directive with this chase counted; None where somebody was faster or everybody has acknowledged."""
    directive = hold_directive(tx, directive_id)
    if directive is None or directive.chase_at is None or directive.chase_at > now:
        return None
    if count_receipts(tx, directive_id).is_complete:
        change_directive(tx, directive_id, DirectiveState.PUBLISHED, chase_at=None)
        return None
    return _count_chase(tx, directive, exceptions, now)


def _count_chase(
    tx: Connection, directive: Directive, exceptions: Mapping[date, str], now: datetime
) -> Directive | None:
    chases = directive.chases + 1
    next_at = next_chase(directive, next_morning(now, exceptions), now, exceptions) if chases < CHASES else None
    values = {"chases": chases, "chased_at": now, "chase_at": next_at}
    if not change_directive(tx, directive.id, DirectiveState.PUBLISHED, **values):
        return None
    return replace(directive, chases=chases, chased_at=now, chase_at=next_at)


def _wait_until(tx: Connection, directive: Directive, moment: datetime, now: datetime) -> None:
    change_directive(tx, directive.id, DirectiveState.PUBLISHED, chase_at=moment)
    refresh_board(tx, directive.id, now)


def _chase(tx: Connection, chased: Sequence[Directive], now: datetime) -> None:
    if not chased:
        return
    unreached = remind_people(tx, chased, now)
    remind_rooms(tx, chased, unreached, now)
    call_heads(tx, [one for one in chased if one.chases >= HEADS_HEAR_FROM], now)
    for directive in chased:
        if directive.chases == CHASES:
            _tell_author(tx, directive, now)
        refresh_board(tx, directive.id, now, is_news=True)


def _tell_author(tx: Connection, directive: Directive, now: datetime) -> None:
    text = f"Đã nhắc {CHASES} lần, từ nay không tự nhắc nữa ạ.\n\n{who_is_missing(tx, directive)}"
    key = f"{chase_key([directive])}/author"
    tell_person(tx, directive.author_id, text, key=key, lane=Lane.REMINDER, now=now)
