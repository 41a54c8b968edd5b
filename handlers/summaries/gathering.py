"""Gathering the day's summary from the tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from handlers.check_in import CheckInKind
from handlers.days.working_days import working_day_before
from handlers.kinds import all_kinds
from handlers.local_time import ONE_DAY, at
from handlers.summaries.day_summary import DaySummary, KindSummary, Notes, UnitLine
from handlers.summaries.oddities import remark_on, usual_figures
from storage.inbox import count_parked
from storage.parcels.uncertainty import uncertain
from storage.records.approvals import count_waiting
from storage.records.check_ins import CheckIn, CheckInState, check_ins, standing_check_ins, told_for
from storage.records.people import people_named
from storage.records.rounds import Expectation, Expected, Round, expectations_of, rounds_on
from storage.records.schedules import exceptional_days
from storage.records.units import Unit, UnitKind, units_on
from storage.roll_ups import Totals, grand_total, roll_up


def daily_summary(tx: Connection, day: date, now: datetime) -> DaySummary:
    """Everything the office is told of a day, as it stands now."""
    kinds = all_kinds(tx)
    before = working_day_before(day, exceptional_days(tx))
    rounds = [each for each in rounds_on(tx, day) if each.kind in kinds]
    return DaySummary(
        day=day,
        made_at=now,
        kinds=tuple(_summarize(tx, kinds[each.kind], each, before) for each in rounds),
        notes=_notes(tx, day),
    )


def _summarize(tx: Connection, kind: CheckInKind, asked: Round, before: date) -> KindSummary:
    expectations = expectations_of(tx, asked.id)
    return KindSummary(
        kind=kind,
        round=asked,
        lines=_lines(tx, kind, asked, expectations, before) if kind.about == "unit" else (),
        states=tuple(Expected(each.state) for each in expectations),
        totals=grand_total(tx, kind=kind.name, first=asked.day, last=asked.day),
        day_before=before,
    )


def _lines(
    tx: Connection, kind: CheckInKind, asked: Round, expectations: list[Expectation], before: date
) -> tuple[UnitLine, ...]:
    by_unit = {each.unit_id: each for each in expectations}
    rolled_up = roll_up(tx, kind=kind.name, first=asked.day, last=asked.day)
    usual = usual_figures(tx, kind, asked.day)
    units = units_on(tx, asked.day)
    responsible = {unit.parent_id for unit in units if unit.kind == UnitKind.ZONE}
    lines = []
    standing = standing_check_ins(tx, kind.name, asked.day)
    earlier = standing_check_ins(tx, kind.name, before)
    names = _names_of_reporters(tx, standing.values())
    for unit in in_tree_order(unit for unit in units if unit.id in by_unit):
        check_in, last = standing.get(unit.id), earlier.get(unit.id)
        lines.append(
            UnitLine(
                unit=unit,
                state=Expected(by_unit[unit.id].state),
                check_in=check_in,
                before=last,
                reporter=names[check_in.reported_by] if check_in else "",
                with_zones=rolled_up.get(unit.id) if unit.id in responsible else None,
                remark=None if check_in is None else remark_on(kind, check_in, last, usual.get(unit.id, {})),
            )
        )
    return tuple(lines)


def _names_of_reporters(tx: Connection, reported: Iterable[CheckIn]) -> dict[int, str]:
    ids = {check_in.reported_by for check_in in reported}
    return {person.id: person.full_name for person in people_named(tx, sorted(ids))}


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Units in the order of their codes, each followed by the zones it is responsible for."""
    listed = list(units)
    below: dict[int, list[Unit]] = defaultdict(list)
    ids = {unit.id for unit in listed}
    for unit in listed:
        below[unit.parent_id if unit.parent_id in ids and unit.parent_id is not None else 0].append(unit)

    def walk(parent: int) -> list[Unit]:
        return [each for unit in below[parent] for each in (unit, *walk(unit.id))]

    return walk(0)


def _notes(tx: Connection, day: date) -> Notes:
    told_today = and_(check_ins.c.reported_at >= at(day, "00:00"), check_ins.c.reported_at < at(day + ONE_DAY, "00:00"))
    return Notes(
        travel_notices=_count(tx, "travel_notice", told_today),
        travelling=len(told_for(tx, "travel_notice", day)),
        leaves_waiting=count_waiting(tx),
        presence=_presence(tx, day),
        symptom_reports=_count(tx, "symptom_report", told_today),
        parked=count_parked(tx),
        uncertain=len(uncertain(tx)),
    )


def _count(tx: Connection, kind: str, when: ColumnElement[bool]) -> int:
    where = (check_ins.c.kind == kind, check_ins.c.state == CheckInState.CURRENT, when)
    return tx.execute(select(func.count()).select_from(check_ins).where(*where)).scalar_one()


def _presence(tx: Connection, day: date) -> Totals:
    """How many people say that they are where, by their latest word."""
    latest = {person_id: str(answers.get("status", "")) for person_id, answers in told_for(tx, "presence", day)}
    return dict(Counter(latest.values()))
