"""An approval follows its check-in: opened with it, asked anew when it is corrected, taken back when it is withdrawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.approvals.asking import ask_next, reread, state_line
from handlers.approvals.deciders import deciders
from handlers.approvals.machine import Corrected, Event, Standing, Why, Withdrawn, next_standing
from handlers.approvals.policy import Decider, level_of, policy_for
from handlers.check_in import CheckInKind
from handlers.local_time import at, local_day
from storage.record import add
from storage.records.approvals import (
    Act,
    Approval,
    ApprovalState,
    approval_of,
    approvals,
    change_approval,
    hold_approval,
    note_step,
)
from storage.records.check_ins import CheckIn
from storage.records.people import Role, posts_of, posts_with

TOO_LATE_TO_WAIT = "16:00"  # who leaves tomorrow and asks after this is in a hurry


@dataclass(frozen=True, slots=True)
class Followed:
    """`asked` reads the request and need not be told besides; `line` says where it stands."""

    asked: int | None = None
    line: str = ""
    was_asked: int | None = None  # hears what became of it, whoever else does


def follow(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> Followed:
    """Ask leave for a new check-in, or anew for a corrected one, where the office's rules want it."""
    if kind.leave is None or check_in.person_id is None:
        return Followed()
    before = None if check_in.supersedes_id is None else approval_of(tx, check_in.supersedes_id)
    steps = _steps_for(tx, kind, check_in, now)
    if before is not None:
        return _renew(tx, before, check_in, steps, now)
    return _open(tx, check_in, steps, now) if steps else Followed()


def withdraw_request(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> Followed:
    """Nobody need decide any more."""
    found = None if kind.leave is None else approval_of(tx, check_in.id)
    held = None if found is None else hold_approval(tx, found.id)
    if held is None:
        return Followed()
    _end(tx, held, Withdrawn(), now)
    return Followed(was_asked=held.asked_id)


def standing_of(approval: Approval) -> Standing:
    return Standing(
        state=ApprovalState(approval.state), round=approval.round, step=approval.step, steps=len(approval.steps)
    )


def _steps_for(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> list[str]:
    """The deciders that the rules name, without those behind whom stands nobody but the traveller."""
    today = local_day(now)
    if kind.leave is None or check_in.person_id is None or not kind.leave.is_ahead(check_in.answers, today):
        return []
    level = level_of(post.role for post in posts_of(tx, check_in.person_id, today))
    named = policy_for(tx, kind.name).deciders_for(level, kind.leave.reason(check_in.answers))
    return [str(each) for each in named if _is_there(tx, each, check_in, now)]


def _is_there(tx: Connection, decider: Decider, check_in: CheckIn, now: datetime) -> bool:
    """A unit without a head goes to the next step at once: a leader who stands in would be asked twice."""
    today = local_day(now)
    if decider is Decider.HEAD:
        heads = posts_with(tx, today, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD)
        return any(post.unit_id == check_in.unit_id and post.person_id != check_in.person_id for post in heads)
    return bool(deciders(tx, decider, unit_id=check_in.unit_id, day=today, without=(check_in.person_id or 0,)))


def _open(tx: Connection, check_in: CheckIn, steps: list[str], now: datetime) -> Followed:
    approval_id = add(
        tx,
        approvals,
        check_in_id=check_in.id,
        person_id=check_in.person_id,
        unit_id=check_in.unit_id,
        state=ApprovalState.WAITING,
        round=1,
        step=0,
        steps=steps,
        reminders=0,
        has_begun=False,
        opened_at=now,
        **_days(check_in, now),
    )
    return _asked(tx, reread(tx, approval_id), now)


def _renew(tx: Connection, before: Approval, check_in: CheckIn, steps: list[str], now: datetime) -> Followed:
    held = hold_approval(tx, before.id) or before
    change_approval(tx, held.id, check_in_id=check_in.id, **_days(check_in, now))
    if _end(tx, held, Corrected(len(steps)), now, steps=steps) is Why.ASKED_ANEW:
        return replace(_asked(tx, reread(tx, held.id), now), was_asked=held.asked_id)
    return Followed(line=state_line(tx, reread(tx, held.id)), was_asked=held.asked_id)


def _end(tx: Connection, held: Approval, event: Event, now: datetime, *, steps: list[str] | None = None) -> Why:
    """Bring it to where the event leads, with nobody asked."""
    move = next_standing(standing_of(held), event)
    if move.why is Why.NOTHING:
        return move.why
    change_approval(
        tx,
        held.id,
        state=move.standing.state,
        round=move.standing.round,
        step=move.standing.step,
        steps=steps or held.steps,
        asked_id=None,
        next_at=None,
        decided_at=None,
        comment=None,
        has_begun=False,
    )
    act = Act.RENEWED if move.why is Why.ASKED_ANEW else Act.WITHDRAWN
    note_step(tx, reread(tx, held.id), act, None, now)
    return move.why


def _asked(tx: Connection, approval: Approval, now: datetime) -> Followed:
    approval = ask_next(tx, approval, now)
    return Followed(approval.asked_id, state_line(tx, approval))


def _days(check_in: CheckIn, now: datetime) -> dict[str, object]:
    today = local_day(now)
    leaves_soon = check_in.day == today + timedelta(days=1) and now >= at(today, TOO_LATE_TO_WAIT)
    is_urgent = check_in.day <= today or leaves_soon
    return {"begins_on": check_in.day, "ends_on": check_in.until, "is_urgent": is_urgent}
