"""The summary as a report with tables, for the office's files."""

from __future__ import annotations

from handlers.check_in import CheckInKind
from handlers.local_time import clock_time, full_day, full_moment
from handlers.summaries.day_summary import DaySummary, KindSummary, UnitLine
from handlers.summaries.wording import totals_text
from reports.report import Cell, Change, Report, Section, Table
from storage.messages import BOLD_OFF, BOLD_ON
from storage.records.rounds import Expected
from storage.records.units import UnitKind

STATES = {
    Expected.WAITING: "Chưa báo cáo",
    Expected.MISSING: "Chưa báo cáo",
    Expected.ON_TIME: "Đúng hạn",
    Expected.LATE: "Muộn",
    Expected.EXCUSED: "Miễn",
}


def as_report(summary: DaySummary) -> Report:
    return Report(
        title=f"Tổng hợp ngày {full_day(summary.day)}",
        subtitle=f"Lập lúc {full_moment(summary.made_at)}",
        sections=tuple(_section(each) for each in summary.kinds),
    )


def _section(each: KindSummary) -> Section:
    plain = totals_text(each).replace(BOLD_ON, "").replace(BOLD_OFF, "")
    sentences = [f"Đã báo cáo: {each.answered}/{each.owed} {each.kind.debtors}"]
    if each.totals:
        sentences.append(f"Tổng cộng: {plain}")
    return Section(
        title=each.kind.title,
        sentences=tuple(sentences),
        table=_table(each) if each.lines else None,
    )


def _table(each: KindSummary) -> Table:
    titles = [figure.title for figure in each.kind.figures]
    first = titles[0].lower()
    headings = ("STT", "Đơn vị", "Tình trạng", *titles, f"Thay đổi {first}", "Người báo", "Giờ báo", "Cần xem lại")
    rows = tuple(_row(each.kind, number, line) for number, line in enumerate(each.lines, start=1))
    sums = tuple(each.totals.get(figure.name) for figure in each.kind.figures)
    totals: tuple[Cell, ...] = (None, "Tổng cộng", f"{each.answered}/{each.owed}", *sums, None, None, None, None)
    return Table(headings, rows, totals)


def _row(kind: CheckInKind, number: int, line: UnitLine) -> tuple[Cell, ...]:
    figures = kind.count(line.check_in.answers) if line.check_in else {}
    change = line.changes(kind).get(kind.figures[0].name)
    name = f"   {line.unit.name}" if line.unit.kind == UnitKind.ZONE else line.unit.name
    return (
        number,
        name,
        STATES[line.state],
        *(figures.get(figure.name) for figure in kind.figures),
        None if change is None else Change(change),
        line.reporter,
        clock_time(line.check_in.reported_at) if line.check_in else None,
        line.remark,
    )
