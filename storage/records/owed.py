"""What units and people owe: the open expectations, of a unit with the zones it answers for."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Date, bindparam, false, literal_column, or_, select

from storage.last_words import Concerns
from storage.prepared import Prepared
from storage.record import selection
from storage.records.rounds import IS_OPEN, Expectation, Round, expectations, rounds
from storage.records.units import UnitKind, exists_on, units


def still_open(
    tx: Connection, *, unit_ids: list[int], person_id: int | None, today: date, since: date
) -> list[tuple[Round, Expectation]]:
    """What these units, the zones they answer for today and this person owe of rounds since that day, the latest first."""
    values, of = _asked_of(unit_ids, person_id, today, since), _concerned(unit_ids, person_id)
    rows = _still_open(len(unit_ids)).all(tx, values, of=of)
    found = [(Round(*row[:_EXPECTATION_AT]), Expectation(*row[_EXPECTATION_AT:])) for row in rows]
    return sorted(found, key=lambda pair: (-pair[0].day.toordinal(), pair[0].id, pair[1].id))


def foresee_still_open(tx: Connection, *, unit_ids: list[int], person_id: int | None, today: date, since: date) -> None:
    values, of = _asked_of(unit_ids, person_id, today, since), _concerned(unit_ids, person_id)
    _still_open(len(unit_ids)).foresee(tx, values, of=of, is_steady=True)


def _asked_of(unit_ids: list[int], person_id: int | None, today: date, since: date) -> dict[str, Any]:
    given = {f"unit_{n}": unit_id for n, unit_id in enumerate(unit_ids)}
    return {**given, "person_id": person_id, "today": today, "since": since}


def _concerned(unit_ids: list[int], person_id: int | None) -> Concerns | None:
    # what somebody else reports for one of the zones in this very transaction may be missed: whoever answers, looks again
    return (
        None if person_id is None else frozenset({("person", person_id), *(("unit", unit_id) for unit_id in unit_ids)})
    )


_EXPECTATION_AT = len(fields(Round))


@cache
def _still_open(how_many_units: int) -> Prepared:
    """Two halves, each led by its own index of what is open: the books of ten years cost nothing here."""
    named = or_(false(), *(units.c.id == bindparam(f"unit_{n}") for n in range(how_many_units)))
    answering = select(units.c.id).where(named).cte("answering", recursive=True)
    is_zone = (units.c.kind == literal_column(f"'{UnitKind.ZONE}'"), exists_on(bindparam("today", type_=Date())))
    answering = answering.union(select(units.c.id).where(units.c.parent_id == answering.c.id, *is_zone))
    columns = (*selection(Round, rounds).selected_columns, *selection(Expectation, expectations).selected_columns)
    owed = select(*columns).join(rounds, rounds.c.id == expectations.c.round_id)
    owed = owed.where(IS_OPEN, rounds.c.day >= bindparam("since", type_=Date()))
    of_units = owed.where(expectations.c.unit_id.in_(select(answering.c.id)))
    of_person = owed.where(expectations.c.person_id == bindparam("person_id"))
    return Prepared(of_units.union_all(of_person))
