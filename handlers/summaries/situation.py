"""How things stand now, on one screen of a telephone: what is urgent, who has reported, who is away, what waits."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.alerts.chronicle import STATES
from handlers.alerts.letters import heading
from handlers.check_in import CheckInKind
from handlers.kinds import all_kinds
from handlers.local_time import ONE_DAY, at, clock_time, full_day, local_day, short_moment
from handlers.summaries.absentees import absentees_counted
from handlers.summaries.progress import progress_of
from handlers.wording import among, and_more, bold, number
from storage.records.alerts import Alert, AlertState, alerts_closed_since, open_alerts
from storage.records.approvals import count_waiting
from storage.records.people import find_person
from storage.records.rounds import Round, names_still_open, rounds_on
from storage.roll_ups import grand_total

EVENING = "16:30"  # where the last summary ended
MOST_ALERTS = 5
MOST_NAMES = 12
LONGEST_SUBJECT = 120
MORE = "Từng đơn vị, kèm Excel: /tonghop · Tên người vắng: /vang · Cả tuần: /tonghop tuần"


def situation_text(tx: Connection, now: datetime) -> str:
    """Of the whole body; nobody is named but in what is urgent."""
    day = local_day(now)
    kinds = all_kinds(tx)
    asked = [each for each in rounds_on(tx, day) if each.kind in kinds]
    away = absentees_counted(tx, day)
    waiting = count_waiting(tx)
    lines = [
        bold(f"Tình hình {full_day(day)}, lúc {clock_time(now)}"),
        *_urgent(tx, now),
        *([_counted(tx, kinds[each.kind], each) for each in asked] or ["📋 Hôm nay chưa có đợt báo cáo nào được mở."]),
        f"🧳 Không ở cơ quan: {away}" if away else "🧳 Chưa ai báo vắng.",
        *([f"📝 Đơn chờ duyệt: {number(waiting)} (xem /duyet)"] if waiting else []),
    ]
    return "\n".join([*lines, "", MORE])


def _urgent(tx: Connection, now: datetime) -> list[str]:
    """What is open, and what was closed since yesterday afternoon: the director reads in the morning how the night was."""
    found, over = open_alerts(tx), alerts_closed_since(tx, at(local_day(now) - ONE_DAY, EVENING))
    shown = [
        f"🚨 {heading(each)}, {_in_whose_hands(tx, each)}: {each.subject[:LONGEST_SUBJECT]}"
        for each in found[-MOST_ALERTS:]
    ]
    closed = [
        f"☑️ {heading(each)}, khép {short_moment(each.closed_at or now)}: {each.subject[:LONGEST_SUBJECT]}"
        for each in over[-MOST_ALERTS:]
    ]
    return [
        *(shown or ["🟢 Không có tin khẩn nào đang mở."]),
        *and_more(len(found) - MOST_ALERTS, "tin khác, xem /nhatky"),
        *closed,
        *and_more(len(over) - MOST_ALERTS, "tin đã khép, xem /nhatky"),
    ]


def _in_whose_hands(tx: Connection, alert: Alert) -> str:
    taker = find_person(tx, alert.taken_by) if alert.taken_by else None
    return STATES[AlertState(alert.state)] + (f" ({taker.called})" if taker else "")


def _counted(tx: Connection, kind: CheckInKind, asked: Round) -> str:
    """ "📋 Số lượt khách: 3/12 đơn vị, tổng 66. Chưa báo: …"."""
    come = progress_of(tx, asked.id)
    figures = grand_total(tx, kind=kind.name, first=asked.day, last=asked.day)
    total = f", tổng {number(figures[kind.figures[0].name])}" if len(kind.figures) == 1 and figures else ""
    names = names_still_open(tx, asked.id, MOST_NAMES) if kind.about == "unit" else []
    missing = f". Chưa báo: {among(names, come.owed - come.answered, 'đơn vị khác')}" if names else ""
    return f"📋 {kind.title}: {number(come.answered)}/{number(come.owed)} {kind.debtors}{total}{missing}"
