"""/nhatky: the open urgent alerts, and the minute-by-minute record of one of them, in words and as a document to print."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from handlers.access import Right
from handlers.alerts.chronicle import STATES, chronicle_text, write_chronicle
from handlers.alerts.letters import heading
from handlers.command import Command, Place
from handlers.local_time import full_moment
from handlers.visit import Visit
from handlers.wording import and_more, bold, bullets
from storage.record import find_all
from storage.records.alerts import Alert, AlertState, alert_notices, alerts, find_alert
from storage.records.people import find_person

LATELY = timedelta(days=30)
MOST = 15
HOW = "Xem diễn biến từng phút của một tin: /nhatky và số của tin, ví dụ: /nhatky 12"
NONE_SUCH = "Không có tin khẩn số này, hoặc anh/chị không ở trong số người được xem."


def run(visit: Visit, rest: str) -> None:
    number = rest.strip().removeprefix("số").strip()
    if not number:
        _list(visit)
        return
    alert = find_alert(visit.tx, int(number)) if number.isdecimal() and len(number) < 10 else None
    if alert is None or not _may_read(visit, alert):
        visit.reply(NONE_SUCH)
        return
    visit.reply(chronicle_text(visit.tx, alert))
    visit.reply(f"Nhật ký tin khẩn số {alert.id}, để in", file=write_chronicle(visit.tx, alert, visit.now))


def _may_read(visit: Visit, alert: Alert) -> bool:
    """Who may see health data of the whole body, and who was told of this one."""
    return visit.may(Right.SEE_HEALTH) or alert.id in _told_to(visit)


def _told_to(visit: Visit) -> set[int]:
    told = select(alert_notices.c.alert_id).where(alert_notices.c.person_id == visit.known.id)
    return set(visit.tx.execute(told).scalars())


def _list(visit: Visit) -> None:
    since = visit.now - LATELY
    found = find_all(visit.tx, Alert, alerts, alerts.c.raised_at >= since, order_by=(alerts.c.id.desc(),))
    told = _told_to(visit)
    readable = [alert for alert in found if visit.may(Right.SEE_HEALTH) or alert.id in told]
    if not readable:
        visit.reply("30 ngày qua không có tin khẩn nào anh/chị được xem.")
        return
    lines = [
        bullets([_line(visit, alert) for alert in readable[:MOST]]),
        *and_more(len(readable) - MOST, "tin cũ hơn."),
    ]
    visit.reply("\n".join([bold("Tin khẩn 30 ngày qua"), *lines, "", HOW]))


def _line(visit: Visit, alert: Alert) -> str:
    taker = find_person(visit.tx, alert.taken_by) if alert.taken_by else None
    whose = f" ({taker.called} nhận)" if taker else ""
    return f"{heading(alert)}, {full_moment(alert.raised_at)}, {STATES[AlertState(alert.state)]}{whose}: {alert.subject[:120]}"


COMMAND = Command(
    name="nhatky",
    menu="Tin khẩn: diễn biến từng phút, kèm bản in",
    run=run,
    words=("nhật ký tin khẩn", "tin khẩn"),
    place=Place.PRIVATE,
    order=45,
)
