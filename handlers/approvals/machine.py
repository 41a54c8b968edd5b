"""What becomes of an approval: one pure function from where it stands and what happens to where it stands next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from storage.records.approvals import ApprovalState


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Round and step say what exactly is asked: an answer to anything else is an old one."""

    state: ApprovalState
    round: int
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class Agreed:
    round: int
    step: int


@dataclass(frozen=True, slots=True)
class Returned:
    round: int
    step: int


@dataclass(frozen=True, slots=True)
class Corrected:
    steps: int  # how many must agree to what is asked now


@dataclass(frozen=True, slots=True)
class Withdrawn:
    pass


@dataclass(frozen=True, slots=True)
class Over:
    """The days it was asked for have passed."""


Event = Agreed | Returned | Corrected | Withdrawn | Over


class Why(StrEnum):
    """The reason of a move, named for answers and tests."""

    NEXT_STEP = "next_step"
    APPROVED = "approved"
    RETURNED = "returned"
    ASKED_ANEW = "asked_anew"
    NOT_NEEDED = "not_needed"  # what it was corrected to needs nobody's leave
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    OLD_BUTTON = "old_button"  # it answers a step or a wording that is past
    DECIDED = "decided"  # there is nothing to decide any more
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Move:
    standing: Standing
    why: Why


def next_standing(now: Standing, event: Event) -> Move:
    """Never raises: whatever is pressed in whatever order, it stands somewhere afterwards and says why."""
    match event:
        case Agreed() | Returned():
            return _decide(now, event)
        case Corrected(steps=0):
            return Move(replace(now, state=ApprovalState.WITHDRAWN, round=now.round + 1), Why.NOT_NEEDED)
        case Corrected(steps=steps):
            anew = Standing(state=ApprovalState.WAITING, round=now.round + 1, step=0, steps=steps)
            return Move(anew, Why.ASKED_ANEW)
        case Withdrawn():
            return _end(now, ApprovalState.WITHDRAWN, Why.WITHDRAWN)
        case Over():
            is_open = now.state is ApprovalState.WAITING
            return _end(now, ApprovalState.LAPSED, Why.LAPSED) if is_open else Move(now, Why.NOTHING)


def _decide(now: Standing, event: Agreed | Returned) -> Move:
    if (event.round, event.step) != (now.round, now.step):
        return Move(now, Why.OLD_BUTTON)
    if now.state is not ApprovalState.WAITING:
        return Move(now, Why.DECIDED)
    if isinstance(event, Returned):
        return Move(replace(now, state=ApprovalState.RETURNED), Why.RETURNED)
    if now.step + 1 < now.steps:
        return Move(replace(now, step=now.step + 1), Why.NEXT_STEP)
    return Move(replace(now, state=ApprovalState.APPROVED), Why.APPROVED)


def _end(now: Standing, state: ApprovalState, why: Why) -> Move:
    return Move(now, Why.NOTHING) if now.state is state else Move(replace(now, state=state), why)
