"""A month, a quarter, a year as a report with tables, to count on with or to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from handlers.days.named_periods import Period
from handlers.files.documents import keep_report
from handlers.local_time import full_moment
from handlers.summaries.period import KindInPeriod, States, kinds_in, other_matters, percent, sentences_of, title_of
from reports.report import Cell, Report, Section, Table
from storage.messages import OutgoingFile
from storage.records.rounds import Expected
from storage.records.units import Unit, UnitKind, units_by_id


def write_period(tx: Connection, period: Period, now: datetime, ending: str) -> OutgoingFile:
    """The report as a file; `ending`: "xlsx" or "docx"."""
    kinds, others = kinds_in(tx, period, now), (other_matters(tx, period),)
    report = Report(
        title=f"Báo cáo {title_of(period, now)[0].lower()}{title_of(period, now)[1:]}",
        subtitle=f"Lập lúc {full_moment(now)}",
        sections=(
            *(section for each in kinds for section in _sections(tx, each, period)),
            Section(title="Việc khác", sentences=others),
        ),
    )
    return keep_report(tx, report, name=f"bao-cao-{period.code}.{ending}", now=now)


def _sections(tx: Connection, each: KindInPeriod, period: Period) -> list[Section]:
    """Who answered how often; what comes anew each day stands beside it, of the rest the means in a table of their own."""
    figures = each.kind.figures if each.adds_up else ()
    ordered = _in_tree(units_by_id(tx, each.states))
    headings = ("STT", "Đơn vị", "Phải báo", "Đúng hạn", "Muộn", "Chưa báo", "Tỷ lệ báo")
    rows = tuple(
        (
            count,
            _name(unit),
            *_states_told(each.states[unit.id]),
            *(_sum(each, unit, figure.name) for figure in figures),
        )
        for count, unit in enumerate(ordered, start=1)
    )
    totals = (None, "Tổng cộng", *_states_told(each.all_states), *(each.totals.get(one.name) for one in figures))
    table = Table((*headings, *(figure.title for figure in figures)), rows, totals)
    first = Section(title=each.kind.title, sentences=tuple(sentences_of(each, period)), table=table)
    return [first] if each.adds_up else [first, _means(each, ordered)]


def _means(each: KindInPeriod, ordered: list[Unit]) -> Section:
    told = {name for _, name in each.figures}
    figures = [figure for figure in each.kind.figures if figure.name in told]
    headings = ("STT", "Đơn vị", *(figure.title for figure in figures))
    rows = tuple(
        (count, _name(unit), *(_mean_of(each, unit, figure.name) for figure in figures))
        for count, unit in enumerate(ordered, start=1)
    )
    return Section(title=f"{each.kind.title}, bình quân mỗi lần báo", table=Table(headings, rows))


def _in_tree(units: Mapping[int, Unit]) -> list[Unit]:
    """By their codes, zones behind the unit that is responsible for them."""

    def place(unit: Unit) -> tuple[str, bool, str]:
        above = units.get(unit.parent_id or 0) if unit.kind == UnitKind.ZONE else None
        return (above or unit).code, above is not None, unit.code

    return sorted(units.values(), key=place)


def _name(unit: Unit) -> str:
    return f"   {unit.name}" if unit.kind == UnitKind.ZONE else unit.name


def _sum(each: KindInPeriod, unit: Unit, name: str) -> Cell:
    values = each.figures.get((unit.id, name))
    return sum(values) if values else None


def _mean_of(each: KindInPeriod, unit: Unit, name: str) -> Cell:
    values = each.figures.get((unit.id, name))
    if not values:
        return None
    mean = round(sum(values) / len(values), 1)
    return int(mean) if mean.is_integer() else mean


def _states_told(states: States) -> tuple[Cell, ...]:
    on_time, late = states.get(Expected.ON_TIME, 0), states.get(Expected.LATE, 0)
    silent = states.get(Expected.MISSING, 0) + states.get(Expected.WAITING, 0)
    owed = on_time + late + silent
    return owed, on_time, late, silent, percent(on_time + late, owed) if owed else None
