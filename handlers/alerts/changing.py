"""What becomes of an alert besides its answers: corrected, withdrawn, joined by more reports, merged into another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from handlers.alerts import letters
from handlers.alerts.standing import hold_alert
from handlers.local_time import clock_time
from handlers.telling import tell_person
from handlers.wording import bold, number
from storage.messages import Lane
from storage.prepared import Prepared
from storage.record import change
from storage.records import audit
from storage.records.alerts import (
    Alert,
    AlertState,
    Happened,
    alert_of_report,
    alert_reports,
    alerts,
    find_alert,
    note_event,
    people_told,
)
from storage.records.check_ins import find_check_in

NEWS_EVERY = timedelta(minutes=10)
"""Many reports of one event are told of in one message in this time."""


def has_raised(tx: Connection, check_in_id: int) -> bool:
    """Was anybody alarmed because of this report?"""
    return alert_of_report(tx, check_in_id) is not None


def amend_alert(tx: Connection, check_in_id: int, subject: str, *, successor_id: int, now: datetime) -> bool:
    """The report behind an alert was corrected: tell the same people; false if that report raised none."""
    alert = alert_of_report(tx, check_in_id)
    if alert is None:
        return False
    change(tx, alert_reports, alert_reports.c.check_in_id == check_in_id, check_in_id=successor_id)
    if alert.check_in_id == check_in_id:
        change(tx, alerts, alerts.c.id == alert.id, subject=subject)
    change(tx, alerts, alerts.c.check_in_id == check_in_id, check_in_id=successor_id)  # those that are over, too
    text = f"✏️ {bold('Đính chính tin khẩn')} số {alert.id} lúc {clock_time(now)}\n{subject}"
    tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/amended/{successor_id}", now=now)
    note_event(tx, alert.id, Happened.AMENDED, at=now)
    return True


def retract_alert(tx: Connection, check_in_id: int, *, now: datetime) -> None:
    """The report behind an alert was withdrawn: the same people hear so, and it is they who close it."""
    alert = alert_of_report(tx, check_in_id)
    if alert is None:
        return
    subject = f"(Người báo đã rút lại) {alert.subject}"
    if alert.check_in_id == check_in_id:
        change(tx, alerts, alerts.c.id == alert.id, subject=subject)
    text = f"↩️ {bold('Rút lại tin khẩn')} số {alert.id} lúc {clock_time(now)}\n{subject}"
    tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/retracted/{check_in_id}", now=now)
    note_event(tx, alert.id, Happened.RETRACTED, at=now)


def add_report(tx: Connection, alert: Alert, subject: str, *, check_in_id: int | None, now: datetime) -> None:
    """One more report of the same event: no alert of its own. The first is told of at once, what follows together."""
    is_told_now = alert.news_at is None or alert.news_at <= now
    if check_in_id is not None:
        values = {"check_in_id": check_in_id, "alert_id": alert.id, "is_told": is_told_now}
        tx.execute(alert_reports.insert().values(values))
    note_event(tx, alert.id, Happened.JOINED, at=now)
    if is_told_now:
        change(tx, alerts, alerts.c.id == alert.id, news_at=now + NEWS_EVERY)
        tell_of_one_more(tx, alert, subject, key=f"alert/{alert.id}/news/{now.isoformat()}", now=now)


def tell_of_one_more(tx: Connection, alert: Alert, subject: str, *, key: str, now: datetime) -> None:
    text = f"➕ Thêm một tin về {letters.heading(alert)} lúc {clock_time(now)}\n{subject}"
    tell_everybody_told(tx, alert, text, key=key, now=now)


_UNTOLD = Prepared(
    select(alert_reports.c.alert_id)
    .join(alerts, alerts.c.id == alert_reports.c.alert_id)
    .where(alert_reports.c.is_told.is_(False), alerts.c.news_at <= bindparam("now"))
    .group_by(alert_reports.c.alert_id)
)


def tell_news(tx: Connection, now: datetime) -> int:
    """What came about an event since it was told of last: so many more reports, in one message."""
    told = 0
    for (alert_id,) in _UNTOLD.all(tx, {"now": now}):
        alert = hold_alert(tx, alert_id)
        fresh = change(
            tx,
            alert_reports,
            alert_reports.c.alert_id == alert_id,
            alert_reports.c.is_told.is_(False),
            is_told=True,
        )
        if alert is None or not fresh:
            continue
        change(tx, alerts, alerts.c.id == alert.id, news_at=now + NEWS_EVERY)
        text = f"➕ Thêm {number(fresh)} tin về {letters.heading(alert)} tính đến {clock_time(now)}."
        tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/news/{now.isoformat()}", now=now)
        told += 1
    return told


def join(tx: Connection, alert_id: int, *, into_id: int, by: int, now: datetime) -> bool:
    """A human says that both are one event: the first goes on in the second; false where it cannot be."""
    if alert_id == into_id:
        return False
    alert, into = hold_alert(tx, alert_id), hold_alert(tx, into_id)
    if alert is None or into is None or AlertState.CLOSED in (alert.state, into.state):
        return False
    closed = {"state": AlertState.CLOSED, "closed_by": by, "closed_at": now, "next_at": None}
    change(tx, alerts, alerts.c.id == alert.id, **closed, merged_into_id=into.id)
    change(tx, alert_reports, alert_reports.c.alert_id == alert.id, alert_id=into.id, is_told=True)
    note_event(tx, alert.id, Happened.MERGED, at=now, person_id=by, note=f"vào số {into.id}")
    note_event(tx, into.id, Happened.JOINED, at=now, person_id=by, note=f"từ số {alert.id}")
    audit.note(tx, at=now, actor_id=by, act="join_alerts", subject=f"alert/{alert.id}", into=into.id)
    same = f"🔗 Tin khẩn số {alert.id} là cùng một việc với {letters.heading(into)}"
    text = f"{same}: từ nay theo dõi ở tin số {into.id}."
    tell_everybody_told(tx, alert, text, key=f"alert/{alert.id}/merged", now=now, besides={by})
    return True


def tell_everybody_told(
    tx: Connection, alert: Alert, text: str, *, key: str, now: datetime, besides: Collection[int] = ()
) -> None:
    for person_id in people_told(tx, alert.id, besides=besides):
        tell_person(tx, person_id, text, key=key, lane=Lane.ALERT, now=now, about=f"alert/{alert.id}")


def reporters_of(tx: Connection, alert_id: int) -> set[int]:
    """Who reported it, the joined ones too."""
    alert = find_alert(tx, alert_id)
    first = set() if alert is None or alert.reported_by is None else {alert.reported_by}
    reports = tx.execute(select(alert_reports.c.check_in_id).where(alert_reports.c.alert_id == alert_id)).scalars()
    return first | {found.reported_by for report in reports if (found := find_check_in(tx, report)) is not None}
