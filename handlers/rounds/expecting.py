"""What becomes of an expectation: one pure function from state and event to the next state, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from storage.records.rounds import ANSWERED, OPEN, Expected


class Event(StrEnum):
    ANSWERED = "answered"  # a check-in, or the correction of one
    WITHDRAWN = "withdrawn"  # the check-in that stood for it was cancelled
    FELL_DUE = "fell_due"
    EXCUSED = "excused"


class Why(StrEnum):
    """The reason of a move, named for log, board and test."""

    ANSWERED_IN_TIME = "answered_in_time"
    ANSWERED_LATE = "answered_late"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"
    NOT_ANSWERED_BY_DUE = "not_answered_by_due"
    EXCUSED = "excused"
    NOT_DUE_YET = "not_due_yet"
    NOTHING_TO_DO = "nothing_to_do"


@dataclass(frozen=True, slots=True)
class Move:
    state: Expected
    why: Why


def next_state(state: Expected, event: Event, *, is_past_due: bool) -> Move:
    """Where `event` brings an expectation."""
    match event:
        case Event.ANSWERED:
            return _answered(state, is_past_due=is_past_due)
        case Event.WITHDRAWN if state in ANSWERED:
            return Move(Expected.MISSING if is_past_due else Expected.WAITING, Why.TAKEN_BACK)
        case Event.FELL_DUE if state is Expected.WAITING:
            return Move(Expected.MISSING, Why.NOT_ANSWERED_BY_DUE) if is_past_due else Move(state, Why.NOT_DUE_YET)
        case Event.EXCUSED if state in OPEN:
            return Move(Expected.EXCUSED, Why.EXCUSED)
        case _:
            return Move(state, Why.NOTHING_TO_DO)


def _answered(state: Expected, *, is_past_due: bool) -> Move:
    """A correction keeps what the first answer earned: in time stays in time. What was said in time and heard late
    (we were down) is in time."""
    if state in ANSWERED:
        return Move(state, Why.CORRECTED)
    if is_past_due:
        return Move(Expected.LATE, Why.ANSWERED_LATE)
    return Move(Expected.ON_TIME, Why.ANSWERED_IN_TIME)
