"""The record of an alert, minute by minute: raised, told, reached, answered, passed on, closed; in words and to print."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers.alerts.letters import SEVERITIES, heading
from handlers.alerts.ways import keep_deliveries
from handlers.files.documents import keep_report
from handlers.local_time import full_day, full_moment, local, local_day
from reports.report import Report, Section, Table
from storage.messages import BOLD_OFF, BOLD_ON, OutgoingFile
from storage.records.alerts import (
    Alert,
    AlertEvent,
    AlertNotice,
    AlertState,
    Answer,
    Happened,
    Severity,
    events_of,
    notices_of,
)
from storage.records.people import people_named
from storage.records.units import find_unit

SAID = {
    Happened.RAISED: "Tin khẩn được lập",
    Happened.QUIET: "Chờ hết giờ nghỉ",
    Happened.TOLD: "Đã báo",
    Happened.COPIED: "Đã báo để biết",
    Happened.UNDELIVERED: "Không chuyển được tin",
    Happened.OTHER_WAY: "Báo thêm đường khác",
    Happened.UNREACHED: "Không có đường nào để báo",
    Happened.OFFICE_TOLD: "Đã nhắc Văn phòng gọi điện",
    Happened.TAKEN: "Đã nhận",
    Happened.DECLINED: "Không xử lý được, chuyển bước sau",
    Happened.SNOOZED: "Hoãn 15 phút",
    Happened.REMINDED: "Đã nhắc người nhận",
    Happened.JOINED: "Thêm tin cùng sự việc",
    Happened.MERGED: "Gộp vào tin khác",
    Happened.AMENDED: "Người báo đính chính",
    Happened.RETRACTED: "Người báo rút lại",
    Happened.CLOSED: "Khép tin, báo hết cho mọi người",
}
STATES = {AlertState.OPEN: "chưa ai nhận", AlertState.TAKEN: "đang xử lý", AlertState.CLOSED: "đã khép"}
ANSWERS = {Answer.TAKEN: "Đã nhận", Answer.DECLINED: "Không xử lý được", Answer.SNOOZED: "Hoãn 15 phút"}
MOST_LINES = 25


def chronicle_text(tx: Connection, alert: Alert) -> str:
    """The record in a message, the latest lines where it is long."""
    keep_deliveries(tx, alert.id)
    events = events_of(tx, alert.id)
    names = _names(tx, events, notices_of(tx, alert.id))
    lines = [f"{_clock(event.at)} {_in_words(event, names)}" for event in events]
    shown = [*lines[:1], "…", *lines[-MOST_LINES + 2 :]] if len(lines) > MOST_LINES else lines
    state = f"Tình trạng: {STATES[AlertState(alert.state)]}. {_first_receipt(alert, notices_of(tx, alert.id))}"
    return (
        f"📒 {heading(alert)}, ngày {full_day(local_day(alert.raised_at))}\n{alert.subject}\n{state}\n\n"
        + "\n".join(shown)
    )


def write_chronicle(tx: Connection, alert: Alert, now: datetime) -> OutgoingFile:
    """The record as a Word file ready to be sent."""
    keep_deliveries(tx, alert.id)
    return keep_report(tx, chronicle_report(tx, alert, now), name=f"tin-khan-{alert.id}.docx", now=now)


def chronicle_report(tx: Connection, alert: Alert, now: datetime) -> Report:
    events, notices = events_of(tx, alert.id), notices_of(tx, alert.id)
    names = _names(tx, events, notices)
    unit = find_unit(tx, alert.unit_id)
    severity = SEVERITIES[Severity(alert.severity)] or "thường"
    sentences = (
        f"{alert.subject}.",
        f"Đơn vị: {unit.name if unit else ''}. Mức độ: {severity}. Tình trạng: {STATES[AlertState(alert.state)]}.",
        _first_receipt(alert, notices),
        *((f"Khép lúc {full_moment(alert.closed_at)}.",) if alert.closed_at is not None else ()),
    )
    return Report(
        title="NHẬT KÝ XỬ LÝ TIN KHẨN",
        subtitle=f"Số {alert.id} · lập lúc {full_moment(now)}",
        sections=(
            Section(title="Sự việc", sentences=sentences),
            _minute_by_minute(events, names),
            Section(title="Từng người được báo", table=_told_table(notices, names)),
        ),
    )


def _minute_by_minute(events: list[AlertEvent], names: dict[int, str]) -> Section:
    """With the day in each line only where there are several: the names need the room."""
    days = {local_day(event.at) for event in events}
    if len(days) == 1:
        lines = tuple((_clock(event.at), *_apart(event, names)) for event in events)
        title = f"Diễn biến từng phút, ngày {full_day(days.pop())}"
        return Section(title=title, table=Table(("Giờ", "Ai", "Việc"), lines))
    dated = tuple((full_day(local_day(event.at)), _clock(event.at), *_apart(event, names)) for event in events)
    return Section(title="Diễn biến từng phút", table=Table(("Ngày", "Giờ", "Ai", "Việc"), dated))


def lines_of(tx: Connection, alert: Alert) -> list[tuple[datetime, str, str]]:
    """Each line of the record: when, who, what; for the record of the event it belongs to."""
    keep_deliveries(tx, alert.id)
    events = events_of(tx, alert.id)
    names = _names(tx, events, [])
    return [(event.at, *_apart(event, names)) for event in events]


def _told_table(notices: list[AlertNotice], names: dict[int, str]) -> Table:
    rows = tuple(
        (
            "để biết" if notice.step == 0 else notice.step,
            names[notice.person_id],
            _clock(notice.told_at),
            "chưa rõ" if notice.sent_at is None else _clock(notice.sent_at),
            "" if notice.answer is None else ANSWERS[Answer(notice.answer)],
            "" if notice.answered_at is None else _clock(notice.answered_at),
        )
        for notice in notices
    )
    return Table(("Bước", "Người được báo", "Gửi đi", "Tới nơi", "Trả lời", "Lúc"), rows)


def _first_receipt(alert: Alert, notices: list[AlertNotice]) -> str:
    """The time from the report to the first "Đã nhận"."""
    taken = [n.answered_at for n in notices if n.answer == Answer.TAKEN and n.answered_at is not None]
    if not taken:
        return "Chưa có người nhận."
    return f"Từ lúc báo đến lúc có người nhận đầu tiên: {_lasting(min(taken) - alert.raised_at)}."


def _lasting(time: timedelta) -> str:
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = ((hours, "giờ"), (minutes, "phút"), (seconds, "giây"))
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "dưới 1 giây"


def _names(tx: Connection, events: list[AlertEvent], notices: list[AlertNotice]) -> dict[int, str]:
    wanted = {e.person_id for e in events if e.person_id is not None} | {n.person_id for n in notices}
    return {person.id: person.in_full for person in people_named(tx, sorted(wanted))}


def _apart(event: AlertEvent, names: dict[int, str]) -> tuple[str, str]:
    """Who, and what."""
    who = names.get(event.person_id, "") if event.person_id is not None else "Trực Ban"
    step = f" (bước {event.step})" if event.step and event.what == Happened.TOLD else ""
    note = f" ({event.note})" if event.note and event.what != Happened.RAISED else ""
    return who, f"{SAID[Happened(event.what)]}{step}{note}".replace(BOLD_ON, "").replace(BOLD_OFF, "")


def _in_words(event: AlertEvent, names: dict[int, str]) -> str:
    who, what = _apart(event, names)
    return f"{what}: {who}" if event.person_id is not None else what


def _clock(at: datetime) -> str:
    return local(at).strftime("%H:%M:%S")
