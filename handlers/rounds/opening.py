"""Opening a round: once for each kind and day, an expectation for everybody who owes, a request to each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.days.working_days import is_working_day
from handlers.local_time import at
from handlers.rounds.board import show_board
from handlers.rounds.debtors import away_on, is_excused, present_by_unit, units_that_report
from handlers.rounds.requests import answers_before, ask_person, ask_unit
from handlers.rounds.settling import settle
from storage.records.chats import rooms_by_unit
from storage.records.check_ins import standing_check_ins, standing_of_people
from storage.records.people import Person, members_of
from storage.records.rounds import Expected, Round, expect, expect_all, keep_round
from storage.records.schedules import exceptional_days

TIME_TO_ANSWER = timedelta(minutes=30)
"""What everybody gets at least, where downtime made the opening late."""
SHORTEST = timedelta(minutes=10)


def open_round(tx: Connection, kind: CheckInKind, day: date, now: datetime) -> Round | None:
    """Ask every unit (or person) that must report. None on days that owe nothing; a second call changes nothing."""
    if kind.plan is None or not kind.plan.is_asked_on(day) or not is_working_day(day, exceptional_days(tx)):
        return None
    asked, is_new = keep_round(tx, kind=kind.name, day=day, opens_at=now, due_at=due_at(kind, day, now))
    if not is_new:
        return asked
    if kind.about == "unit":
        _ask_units(tx, kind, asked, now)
    else:
        _ask_everybody(tx, kind, asked, now)
    show_board(tx, kind, asked, now)
    return asked


def _ask_units(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """Ask each unit, unless nobody is there to answer or the answer was given before the question."""
    standing = standing_check_ins(tx, kind.name, asked.day)
    before = answers_before(tx, kind, asked.day)
    present = present_by_unit(tx, asked.day)
    debtors = units_that_report(tx, asked.day)
    excused = {unit.id for unit in debtors if unit.id not in standing and is_excused(tx, unit, present)}
    states = {unit.id: Expected.EXCUSED if unit.id in excused else Expected.WAITING for unit in debtors}
    expect_all(tx, asked.id, states)
    rooms = rooms_by_unit(tx)
    for unit in debtors:
        if unit.id in standing:
            settle(tx, standing[unit.id], now)
        elif unit.id not in excused:
            ask_unit(tx, kind, asked, unit, before=before.get(unit.id), now=now, rooms=rooms)


def _ask_everybody(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """Ask each member of the units that report, in private; who is away is excused."""
    standing = standing_of_people(tx, kind.name, asked.day)
    away = away_on(tx, asked.day)
    for person in members_of(tx, [unit.id for unit in units_that_report(tx, asked.day)], asked.day):
        is_excused = person.id in away and person.id not in standing
        expect(tx, asked.id, person_id=person.id, state=Expected.EXCUSED if is_excused else Expected.WAITING)
        if person.id in standing:
            settle(tx, standing[person.id], now)
        elif not is_excused:
            ask_person(tx, kind, asked, person, now)


def ask_people(tx: Connection, kind: CheckInKind, day: date, people: Iterable[Person], now: datetime) -> Round | None:
    """Ask these people in private; those asked already are not asked again. None when there is nobody."""
    asked = None
    for person in people:
        asked, _ = keep_round(tx, kind=kind.name, day=day, opens_at=now, due_at=due_at(kind, day, now))
        if expect(tx, asked.id, person_id=person.id, state=Expected.WAITING):
            ask_person(tx, kind, asked, person, now)
    if asked is not None:
        show_board(tx, kind, asked, now)
    return asked


def due_at(kind: CheckInKind, day: date, now: datetime) -> datetime:
    """The plan's time, or half an hour from now where that is past or nearly so: nobody is late by our fault."""
    if kind.plan is None:
        raise ValueError(f"{kind.name} has no plan for rounds")
    planned = at(day, kind.plan.due)
    return planned if now + SHORTEST <= planned else now + TIME_TO_ANSWER
