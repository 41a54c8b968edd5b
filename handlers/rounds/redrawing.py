"""Drawing the boards of a round anew: the request in the unit's room, the live board in the office's, and its end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import summaries
from handlers.check_in import CheckInKind
from handlers.kinds import all_kinds
from handlers.rounds.board import show_board
from handlers.rounds.requests import about_person, about_unit, ask_person, show_answer, thank_person
from storage.parcels.redraws import ask_to_redraw, take_redraws
from storage.records.check_ins import CheckIn, find_check_in
from storage.records.people import find_person
from storage.records.rounds import Expectation, Round, expectation_for, is_owed, lock_round, mark_completed
from storage.records.units import find_unit


def ask_to_show(tx: Connection, asked: Round, expectation: Expectation, now: datetime) -> None:
    """The answer of one debtor changed: its request and the office's board no longer say the truth."""
    unit_id, person_id = expectation.unit_id, expectation.person_id
    request = about_person(asked, person_id) if person_id is not None else about_unit(asked, unit_id or 0)
    ask_to_redraw(tx, f"round/{asked.id}", request, now=now)


def redraw(tx: Connection, now: datetime) -> int:
    """Draw what was asked for; says how many boards that were."""
    abouts = take_redraws(tx)
    for about in abouts:
        _, round_id, *debtor = about.split("/")
        asked = lock_round(tx, int(round_id))
        kind = all_kinds(tx).get(asked.kind)
        if kind is None:
            continue
        match debtor:
            case ["unit", unit_id]:
                _show_to_unit(tx, kind, asked, int(unit_id), now)
            case ["person", person_id]:
                _show_to_person(tx, kind, asked, int(person_id), now)
            case _:
                show_board(tx, kind, asked, now)
                _complete(tx, kind, asked, now)
    return len(abouts)


def _complete(tx: Connection, kind: CheckInKind, asked: Round, now: datetime) -> None:
    """The last one has answered: the office hears so, if it had its summary before."""
    is_complete = not is_owed(tx, asked.id) and mark_completed(tx, asked.id, now)
    if is_complete and asked.summed_up_at is not None:
        summaries.send_supplement(tx, kind, asked, now)


def _show_to_unit(tx: Connection, kind: CheckInKind, asked: Round, unit_id: int, now: datetime) -> None:
    check_in = _answer(tx, expectation_for(tx, asked.id, unit_id=unit_id))
    if (unit := find_unit(tx, unit_id)) is not None:
        show_answer(tx, kind, asked, unit, check_in, now=now)


def _show_to_person(tx: Connection, kind: CheckInKind, asked: Round, person_id: int, now: datetime) -> None:
    check_in = _answer(tx, expectation_for(tx, asked.id, person_id=person_id))
    person = find_person(tx, person_id)
    if person is not None and check_in is not None:
        thank_person(tx, kind, asked, person, at=check_in.reported_at, now=now)
    elif person is not None:
        ask_person(tx, kind, asked, person, now)


def _answer(tx: Connection, expectation: Expectation | None) -> CheckIn | None:
    answered_by = None if expectation is None else expectation.check_in_id
    return None if answered_by is None else find_check_in(tx, answered_by)
