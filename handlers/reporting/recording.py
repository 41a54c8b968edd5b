"""Keeping what was reported: the check-in, its figures, and what it settles. Corrections supersede."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from handlers import rounds
from handlers.check_in import Answers, CheckInKind
from handlers.local_time import local_day
from handlers.reporting import consequences
from handlers.reporting.source import Source, is_overtaken
from handlers.risk_areas import mark_journey
from storage.holding import hold
from storage.record import change, find_one
from storage.records.books import count_in_months, enter_check_in, foresee_entry, keep_figures, supersede
from storage.records.check_ins import (
    CheckIn,
    CheckInState,
    check_in_of_person,
    check_in_of_unit,
    check_ins,
    check_ins_from_message,
    find_check_in,
    put_at_the_end,
    put_behind,
    withdrawn_check_in,
)
from storage.records.people import people
from storage.records.rounds import Round, foresee_expectation, foresee_round_answered, round_answered
from storage.records.units import units

HEARD_AT_ONCE = timedelta(seconds=1)
"""Most of what is said: nothing can have overtaken it by more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What is to be kept: the answers, who told them, in which words, and now."""

    kind: CheckInKind
    answers: Answers
    reported_by: int
    source: Source
    now: datetime


def record(
    tx: Connection,
    *,
    kind: CheckInKind,
    answers: Answers,
    unit_id: int,
    person_id: int | None,
    reported_by: int,
    source: Source,
    now: datetime,
    day: date | None = None,
) -> CheckIn:
    """Keep a new check-in. Where one stands already for this unit and day, the one that was said later corrects the other."""
    told = _Told(kind=kind, answers=answers, reported_by=reported_by, source=source, now=now)
    starts, until = kind.span(answers, local_day(min(now, source.said_at or now)))
    starts = day or starts
    standing = _standing(tx, kind, unit_id, person_id, starts)
    standing = standing or _overtaking(tx, told, unit_id=unit_id, person_id=person_id, day=starts)
    if standing is not None:
        return _supersede(tx, standing, told)
    new, asked = _insert(tx, told, unit_id=unit_id, person_id=person_id, span=(starts, until))
    count_in_months(tx, came=new.id)
    rounds.settle(tx, new, now, asked=asked)
    consequences.follow_report(tx, kind, new, now)
    return new


def _standing(tx: Connection, kind: CheckInKind, unit_id: int, person_id: int | None, day: date) -> CheckIn | None:
    """What a second report of the same day would correct."""
    _hold_debtor(tx, kind, unit_id, person_id)
    foresee_round_answered(tx, kind.name, day)
    foresee_entry(tx, unit_id=unit_id, person_id=person_id)
    if kind.about == "unit":
        return check_in_of_unit(tx, kind.name, unit_id, day)
    if not kind.is_once_a_day or person_id is None:
        return None
    return check_in_of_person(tx, kind.name, person_id, day)


def _overtaking(tx: Connection, told: _Told, *, unit_id: int, person_id: int | None, day: date) -> CheckIn | None:
    """What was said later and heard earlier, where nothing stands: its withdrawal, or the same message as it was edited since."""
    kind, source = told.kind, told.source
    if source.said_at is None or told.now - source.said_at < HEARD_AT_ONCE:
        return None
    if kind.has_one_a_day:
        return withdrawn_check_in(tx, kind.name, day, source.said_at, unit_id=unit_id, person_id=person_id)
    same = check_ins_from_message(tx, source.platform, source.chat_id, source.message_id or "")
    ours = (each for each in same if (each.kind, each.person_id) == (kind.name, person_id))
    return next((each for each in ours if is_overtaken(each, source)), None)


def _hold_debtor(tx: Connection, kind: CheckInKind, unit_id: int, person_id: int | None) -> None:
    """Two reports of one unit or person at the same moment come one after the other."""
    if kind.about == "unit":
        hold(tx, units, unit_id)
    elif person_id is not None:
        hold(tx, people, person_id)


def correct(
    tx: Connection,
    old: CheckIn,
    *,
    kind: CheckInKind,
    answers: Answers,
    reported_by: int,
    source: Source,
    now: datetime,
) -> CheckIn:
    """Put a new check-in in the place of `old` (or of what took its place already), which stays to be opened.

    The same answers change nothing.
    """
    _hold_debtor(tx, kind, old.unit_id, old.person_id)
    told = _Told(kind=kind, answers=answers, reported_by=reported_by, source=source, now=now)
    return _supersede(tx, as_it_stands(tx, kind, old), told)


def _supersede(tx: Connection, old: CheckIn, told: _Told) -> CheckIn:
    if is_overtaken(old, told.source):
        return _keep_behind(tx, old, told)
    if told.answers == old.answers and old.state == CheckInState.CURRENT:
        _note_said_again(tx, old, told.source)
        return old
    supersede(tx, old)
    new, asked = _insert_beside(tx, told, old, supersedes=old)
    count_in_months(tx, came=new.id, went=old.id if old.state == CheckInState.CURRENT else 0)
    rounds.settle(tx, new, told.now, asked=asked)
    consequences.follow_correction(tx, told.kind, old, new, told.now)
    return new


def _note_said_again(tx: Connection, standing: CheckIn, source: Source) -> None:
    """What was said before this moment, and is heard later, changes it no more."""
    if standing.said_at is not None and source.said_at is not None and source.said_at > standing.said_at:
        change(tx, check_ins, check_ins.c.id == standing.id, said_at=source.said_at)


def _keep_behind(tx: Connection, later: CheckIn, told: _Told) -> CheckIn:
    """Keep what was overtaken by later words: it can be opened, counts nowhere, alarms nobody. Said in time is in time."""
    old, asked = _insert_beside(tx, told, later, state=CheckInState.SUPERSEDED)
    if later.state == CheckInState.CANCELLED and later.reported_at <= old.reported_at:
        put_at_the_end(tx, old.id, later)  # both were said before they were withdrawn
    else:
        put_behind(tx, old.id, later, old.reported_at)
    if asked is not None:
        rounds.credit(tx, later, old.reported_at, told.now, asked=asked)
    return old


def as_it_stands(tx: Connection, kind: CheckInKind, old: CheckIn) -> CheckIn:
    """What stands today in the place of `old`: somebody else may have mended or withdrawn it since it was looked at."""
    latest = find_check_in(tx, old.id) or old
    while (successor := find_one(tx, CheckIn, check_ins, supersedes_id=latest.id)) is not None:
        latest = successor
    if latest.state != CheckInState.CANCELLED:
        return latest
    return _standing(tx, kind, latest.unit_id, latest.person_id, latest.day) or latest


def withdraw(
    tx: Connection, old: CheckIn, *, kind: CheckInKind, now: datetime, said_at: datetime | None = None
) -> None:
    """Take a check-in back: it stays to be opened, counts no more, and what it settled is owed again.

    `said_at`: when that was said, by the platform's clock.
    """
    _hold_debtor(tx, kind, old.unit_id, old.person_id)
    is_current = check_ins.c.state == CheckInState.CURRENT
    if change(tx, check_ins, check_ins.c.id == old.id, is_current, state=CheckInState.CANCELLED, withdrawn_at=said_at):
        count_in_months(tx, went=old.id)
    rounds.reopen(tx, old, now)
    consequences.follow_withdrawal(tx, kind, old, now)


def _insert_beside(
    tx: Connection,
    told: _Told,
    other: CheckIn,
    *,
    supersedes: CheckIn | None = None,
    state: CheckInState = CheckInState.CURRENT,
) -> tuple[CheckIn, Round | None]:
    """Of the same unit or person and the same day as another; a unit's report keeps that one's days."""
    days = (other.day, other.until) if told.kind.about == "unit" else told.kind.span(told.answers, other.day)
    return _insert(
        tx,
        told,
        unit_id=other.unit_id,
        person_id=other.person_id,
        span=days,
        supersedes=supersedes,
        state=state,
    )


def _insert(
    tx: Connection,
    told: _Told,
    *,
    unit_id: int,
    person_id: int | None,
    span: tuple[date, date | None],
    supersedes: CheckIn | None = None,
    state: CheckInState = CheckInState.CURRENT,
) -> tuple[CheckIn, Round | None]:
    """The new check-in, and the round that asked for it (held)."""
    kind, source, now = told.kind, told.source, told.now
    asked = round_answered(tx, kind.name, span[0])
    if asked is not None:
        foresee_expectation(tx, asked.id, unit_id=unit_id, person_id=person_id)
    said_at = min(now, source.said_at or now)
    whose = {"unit_id": unit_id, "person_id": person_id, "day": span[0], "until": span[1]}
    in_round = {
        "round_id": None if asked is None else asked.id,
        "is_late": asked is not None and said_at > asked.due_at,
    }
    in_history = {
        "state": state,
        "supersedes_id": None if supersedes is None else supersedes.id,
        # our own clock, which tells when a button was pressed, may be ahead of the platform's
        "reported_at": said_at if supersedes is None else max(said_at, supersedes.reported_at),
    }
    kept = enter_check_in(tx, {**_as_told(told, said_at), **whose, **in_round, **in_history})
    keep_figures(tx, kept.id, kind.count(told.answers))
    if state is CheckInState.CURRENT:
        mark_journey(tx, kind, kept, now)
    return kept, asked


def _as_told(told: _Told, said_at: datetime) -> dict[str, Any]:
    """What of a check-in's row comes from the telling itself."""
    source = told.source
    return {
        "kind": told.kind.name,
        "reported_by": told.reported_by,
        "answers": told.answers,
        "said": source.said,
        "said_at": None if source.said_at is None else said_at,
        "platform": source.platform,
        "chat_id": source.chat_id,
        "message_id": source.message_id,
    }
