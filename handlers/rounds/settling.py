"""Settling an expectation: by a check-in, by its withdrawal, by the due time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from handlers import summaries
from handlers.check_in import CheckInKind
from handlers.kinds import kind_named
from handlers.rounds.board import show_board
from handlers.rounds.expecting import Event, Move, Why, next_state
from handlers.rounds.redrawing import ask_to_show
from storage.record import change
from storage.records.books import move_expectation
from storage.records.check_ins import CheckIn, check_ins
from storage.records.rounds import (
    OPEN,
    Expectation,
    Expected,
    Round,
    expectation_for,
    expectations_of,
    lock_round,
    move_all,
    open_rounds_of,
    round_answered,
)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a check-in did to its round."""

    round: Round
    state: Expected
    why: Why


def settle(tx: Connection, check_in: CheckIn, now: datetime, *, asked: Round | None = None) -> Settled | None:
    """A new check-in or a correction: none, if nobody had asked for it. `asked`: its round, where we hold it already.

    1. move the expectation and tie the check-in to the round, 2. have it shown in the request and on the board,
    3. tell the office what was corrected after its summary.
    """
    found = _owed(tx, check_in, asked)
    if found is None:
        return None
    asked, expectation = found
    move = _moved(expectation, Event.ANSWERED, asked, check_in.reported_at)
    settled_at = expectation.settled_at if move.why is Why.CORRECTED else check_in.reported_at
    move_expectation(
        tx,
        expectation,
        state=move.state,
        settled_at=settled_at,
        check_in_id=check_in.id,
        told_by=check_in.reported_by,
    )
    is_late = move.state is Expected.LATE
    if (check_in.round_id, check_in.is_late) != (asked.id, is_late):
        change(tx, check_ins, check_ins.c.id == check_in.id, round_id=asked.id, is_late=is_late)
    ask_to_show(tx, asked, expectation, now)
    _tell_office(tx, asked, check_in, move, now=now)
    return Settled(asked, move.state, move.why)


def credit(tx: Connection, standing: CheckIn, said_at: datetime, now: datetime, *, asked: Round) -> None:
    """An earlier answer is heard after the one that stands: what was first said in time is in time."""
    found = _owed(tx, standing, asked)
    if found is None or found[1].check_in_id != standing.id:
        return
    expectation = found[1]
    first = min(said_at, expectation.settled_at or said_at)
    state = _moved(replace(expectation, state=Expected.WAITING), Event.ANSWERED, asked, first).state
    move_expectation(tx, expectation, state=state, settled_at=first, check_in_id=standing.id)
    change(tx, check_ins, check_ins.c.id == standing.id, is_late=state is Expected.LATE)
    ask_to_show(tx, asked, expectation, now)


def reopen(tx: Connection, check_in: CheckIn, now: datetime) -> Settled | None:
    """The check-in was withdrawn: what it had settled is owed again."""
    found = _owed(tx, check_in, None)
    if found is None or found[1].check_in_id != check_in.id:
        return None
    asked, expectation = found
    move = _moved(expectation, Event.WITHDRAWN, asked, now)
    move_expectation(tx, expectation, state=move.state, settled_at=None, check_in_id=None)
    ask_to_show(tx, asked, expectation, now)
    return Settled(asked, move.state, move.why)


def excuse_all(tx: Connection, kind: CheckInKind, now: datetime) -> None:
    """Nobody owes this kind any more: what was still open is excused."""
    for found in open_rounds_of(tx, kind.name):
        asked = lock_round(tx, found.id)
        for expectation in expectations_of(tx, asked.id, *OPEN):
            move = next_state(Expected(expectation.state), Event.EXCUSED, is_past_due=False)
            move_expectation(tx, expectation, state=move.state, settled_at=None, check_in_id=None)
        show_board(tx, kind, asked, now)


def close_due(tx: Connection, asked: Round, now: datetime) -> list[Expectation]:
    """Mark those missing who have not answered by the due time; returns all that is still owed."""
    asked = lock_round(tx, asked.id)
    is_past_due = now >= asked.due_at  # an answer in that very moment was still in time
    move = next_state(Expected.WAITING, Event.FELL_DUE, is_past_due=is_past_due)
    if move.why is Why.NOT_ANSWERED_BY_DUE:
        move_all(tx, asked.id, was=Expected.WAITING, state=move.state)
    show_board(tx, kind_named(tx, asked.kind), asked, now)
    return expectations_of(tx, asked.id, *OPEN)


def _owed(tx: Connection, check_in: CheckIn, asked: Round | None) -> tuple[Round, Expectation] | None:
    asked = asked or round_answered(tx, check_in.kind, check_in.day)
    if asked is None:
        return None
    if check_in.person_id is None:
        expectation = expectation_for(tx, asked.id, unit_id=check_in.unit_id)
    else:
        expectation = expectation_for(tx, asked.id, person_id=check_in.person_id)
    return None if expectation is None else (asked, expectation)


def _moved(expectation: Expectation, event: Event, asked: Round, moment: datetime) -> Move:
    return next_state(Expected(expectation.state), event, is_past_due=moment > asked.due_at)


def _tell_office(tx: Connection, asked: Round, check_in: CheckIn, move: Move, *, now: datetime) -> None:
    if asked.summed_up_at is not None and move.why is Why.CORRECTED:
        summaries.send_correction(tx, kind_named(tx, check_in.kind), asked, check_in, now)
