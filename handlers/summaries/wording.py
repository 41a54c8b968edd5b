"""The summary as the office reads it in its room."""

from __future__ import annotations

from handlers.check_in import CheckInKind
from handlers.local_time import clock_time, full_day, short_day
from handlers.summaries.day_summary import DaySummary, KindSummary, Notes, UnitLine
from handlers.wording import and_more, bold, number
from storage.records.rounds import Expected
from storage.records.units import UnitKind

MOST_LINES = 25
"""More units than this are read in the table, not in the chat."""
PRESENCE = {
    "office": "tại cơ quan",
    "home": "làm tại nhà",
    "field": "đi công tác",
    "leave": "nghỉ phép",
    "sick": "nghỉ ốm",
}


def as_text(summary: DaySummary) -> str:
    heading = f"📌 {bold(f'Tổng hợp ngày {full_day(summary.day)}')} (lúc {clock_time(summary.made_at)})"
    kinds = [_kind_text(each) for each in summary.kinds]
    return "\n\n".join([heading, *kinds, *_notes_text(summary.notes)])


def _kind_text(each: KindSummary) -> str:
    lines = [f"{bold(each.kind.title)}: {each.answered}/{each.owed} {each.kind.debtors}"]
    if each.totals:
        lines.append(f"Tổng cộng: {totals_text(each)}")
    shown = [line for line in each.lines if line.check_in is not None]
    listed = {line.unit.id for line in shown}
    lines += [f"• {_below(line, listed)}{line_text(each.kind, line)}" for line in shown[:MOST_LINES]]
    lines += and_more(len(shown) - MOST_LINES, "đơn vị khác, xem bảng Excel.")
    for title, units in (("Chưa báo cáo", each.missing), ("Báo muộn", each.late)):
        if units:
            lines.append(f"{title}: {', '.join(line.unit.short_name for line in units)}")
    lines += [f"⚠️ Nên xem lại {line.unit.short_name}: {line.remark}" for line in each.odd]
    return "\n".join(lines)


def totals_text(each: KindSummary, *, has_changes: bool = True) -> str:
    """Every figure's sum with its change against the working day before; a kind's only figure goes without title."""
    changes = each.changes if has_changes else {}
    figures = [figure for figure in each.kind.figures if figure.name in each.totals]
    parts = [
        ("" if len(each.kind.figures) == 1 else f"{figure.title.lower()} ")
        + bold(number(each.totals[figure.name]))
        + (f" ({signed(changes[figure.name])})" if changes.get(figure.name) else "")
        for figure in figures
    ]
    against = f"; so với {short_day(each.day_before)}" if any(changes.values()) else ""
    return ", ".join(parts) + against


def line_text(kind: CheckInKind, line: UnitLine) -> str:
    """ "Phòng TM: 5 lượt khách (+2; cùng các khu: 17), muộn"."""
    if line.check_in is None:
        return f"{line.unit.short_name}: chưa báo cáo"
    change = line.changes(kind).get(kind.figures[0].name)
    notes = [note for note in (signed(change) if change else "", _zones(kind, line)) if note]
    text = f"{line.unit.short_name}: {kind.say(line.check_in.answers)}"
    return text + (f" ({'; '.join(notes)})" if notes else "") + (", muộn" if line.state is Expected.LATE else "")


def _below(line: UnitLine, listed: set[int]) -> str:
    """A zone stands below its unit where that is told too; below another it would look like the other's."""
    return "↳ " if line.unit.kind == UnitKind.ZONE and line.unit.parent_id in listed else ""


def _zones(kind: CheckInKind, line: UnitLine) -> str:
    """What the unit and its zones have together, once a zone has added to it."""
    first = kind.figures[0].name
    together = (line.with_zones or {}).get(first)
    own = {} if line.check_in is None else kind.count(line.check_in.answers)
    return "" if together in (None, own.get(first)) else f"cùng các khu: {number(together)}"


def signed(change: int) -> str:
    return f"+{number(change)}" if change > 0 else f"−{number(-change)}"


def _notes_text(notes: Notes) -> list[str]:
    """Numbers without names; nothing where there is nothing to say."""
    lines = []
    if notes.travel_notices or notes.travelling:
        lines.append(f"Đi ra ngoài tỉnh: {notes.travel_notices} tin báo mới, {notes.travelling} người đang đi")
    if notes.leaves_waiting:
        lines.append(f"Đơn đi khỏi tỉnh chờ duyệt: {notes.leaves_waiting} (xem /duyet)")
    if notes.presence:
        counts = [f"{PRESENCE.get(status, status)} {number(people)}" for status, people in notes.presence.items()]
        lines.append(f"Có mặt theo tự báo: {', '.join(counts)}")
    if notes.symptom_reports:
        lines.append(f"Báo triệu chứng: {notes.symptom_reports} tin (chi tiết đã gửi riêng người phụ trách)")
    if notes.parked or notes.uncertain:
        lines.append(f"⚠️ Cần xử lý: {notes.parked} tin nhận chưa xử lý được, {notes.uncertain} tin gửi chưa rõ kết quả")
    return ["\n".join([bold("Thông tin khác"), *lines])] if lines else []
