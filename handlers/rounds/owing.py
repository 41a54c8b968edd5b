"""What a unit or person still owes, so that an answer finds its question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.days.working_days import working_day_before
from handlers.kinds import all_kinds
from handlers.local_time import local_day, short_day
from storage.messages import Button
from storage.records.owed import foresee_still_open, still_open
from storage.records.rounds import Expectation, Round
from storage.records.schedules import exceptional_days
from storage.records.units import Unit, UnitKind, find_unit, foresee_unit, foresee_units_on, units_on

LONGEST_HOLIDAY = timedelta(days=30)
"""No two working days lie further apart."""
MEANT = "meant"
"""The button that says which question a number answers: "meant:<round>:<unit>:<number>"."""


@dataclass(frozen=True, slots=True)
class Owing:
    """One open question: of a unit, or (unit is none) of the person himself."""

    kind: CheckInKind
    round: Round
    unit: Unit | None
    state: str


def owing(tx: Connection, *, unit_ids: Iterable[int], person_id: int | None, now: datetime) -> list[Owing]:
    """What these units, the zones they answer for and this person still owe of today and the working day before;
    the latest day first, within a day their own units before the zones."""
    day = local_day(now)
    own = list(unit_ids)
    found = open_questions(tx, unit_ids=own, person_id=person_id, now=now)
    if any(asked.day < day for asked, _ in found):
        since = working_day_before(day, exceptional_days(tx))
        found = [(asked, expectation) for asked, expectation in found if asked.day >= since]
    if not found:
        return []
    answers_for = _with_their_zones(own, units_on(tx, day, UnitKind.ZONE))
    kinds = all_kinds(tx)
    exists = _those_that_exist(tx, {expectation.unit_id for _, expectation in found}, day)
    owed = [
        Owing(kinds[asked.kind], asked, exists.get(expectation.unit_id or 0), expectation.state)
        for asked, expectation in found
        if asked.kind in kinds and (expectation.unit_id is None or expectation.unit_id in exists)
    ]
    return sorted(owed, key=lambda each: (-each.round.day.toordinal(), _rank(each, answers_for)))


def figure_buttons(owed: Sequence[Owing], value: int, *, names_units: bool) -> list[Button]:
    """What the bare number may be of: one button each, with the day where there is more than one."""
    has_days = len({each.round.day for each in owed}) > 1
    buttons = []
    for each in owed:
        if each.unit is not None:
            unit = f" · {each.unit.short_name}" if names_units else ""
            label = f"{each.kind.title}{unit}{f' · {short_day(each.round.day)}' if has_days else ''}"
            buttons.append(Button(label, f"{MEANT}:{each.round.id}:{each.unit.id}:{value}"))
    return buttons


def open_questions(
    tx: Connection, *, unit_ids: list[int], person_id: int | None, now: datetime
) -> list[tuple[Round, Expectation]]:
    """What these units, the zones they answer for and this person owe, older days and units that are gone included."""
    day = local_day(now)
    return still_open(tx, unit_ids=unit_ids, person_id=person_id, today=day, since=day - LONGEST_HOLIDAY)


def foresee_owing(tx: Connection, *, unit_ids: list[int], person_id: int, now: datetime) -> None:
    """It will be asked soon what they owe."""
    day = local_day(now)
    foresee_still_open(tx, unit_ids=unit_ids, person_id=person_id, today=day, since=day - LONGEST_HOLIDAY)


def foresee_whose(tx: Connection, found: list[tuple[Round, Expectation]], now: datetime) -> None:
    """It will be asked soon which units and zones owe this."""
    if found:
        foresee_units_on(tx, local_day(now), UnitKind.ZONE)
    for unit_id in {expectation.unit_id for _, expectation in found if expectation.unit_id is not None}:
        foresee_unit(tx, unit_id)


def what_unit_owes(tx: Connection, unit_id: int, now: datetime) -> list[Owing]:
    """What the unit still owes, for itself and for its zones."""
    return owing(tx, unit_ids=[unit_id], person_id=None, now=now)


def _those_that_exist(tx: Connection, unit_ids: Iterable[int | None], day: date) -> dict[int, Unit]:
    found = [find_unit(tx, unit_id) for unit_id in unit_ids if unit_id is not None]
    return {unit.id: unit for unit in found if unit is not None and unit.existed_on(day)}


def _with_their_zones(unit_ids: list[int], zones: list[Unit]) -> list[int]:
    """The units, then the zones that they are responsible for (zones within zones too)."""
    found = list(dict.fromkeys(unit_ids))
    for unit_id in found:  # grows while it is walked
        found += [zone.id for zone in zones if zone.parent_id == unit_id and zone.id not in found]
    return found


def _rank(each: Owing, answers_for: list[int]) -> int:
    return -1 if each.unit is None else answers_for.index(each.unit.id)
