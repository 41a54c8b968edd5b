"""An event that was taken for over and is not: told to all who follow it, and alarmed anew."""

from __future__ import annotations

from handlers import alerts
from handlers.incidents.all_kinds import incident_kind
from handlers.incidents.following import may_follow
from handlers.local_time import clock_time, local
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED
from storage.holding import hold
from storage.messages import Button
from storage.records.alerts import Alert, AlertState, alert_of_report
from storage.records.incidents import Incident, incidents
from storage.records.journals import write_journal
from understanding import read

ALARM = "🚨 Báo động lại"
IS_OVER = (
    "Đã ghi thêm và chuyển những người theo dõi. Tin khẩn này đã khép lúc {at}: lại nguy hiểm thì chọn “Báo động lại”."
)
ALARMED = "🚨 Đã báo động lại: tin khẩn số {number}. Có người nhận là anh/chị được biết."


def alarm_if_over(visit: Visit, incident: Incident, words: str) -> bool:
    """News of an event whose alert was closed: alarmed at once where the words tell of danger, else by his press."""
    alert = _alert_of(visit, incident)
    if alert is None or alert.state != AlertState.CLOSED:
        return False
    if _tells_of_danger(visit, incident, words):
        _alarm(visit, incident, alert, words)
    else:
        buttons = ((Button(ALARM, f"incident:alarm:{incident.id}"),),)
        at = clock_time(alert.closed_at or visit.now)
        visit.reply(IS_OVER.format(at=at), buttons=buttons, about=incident.about)
    return True


def press_alarm(visit: Visit, incident: Incident) -> None:
    """By whoever reported it or follows it; once, until that alert is closed too."""
    alert = _alert_of(visit, incident)
    if visit.known.id != incident.reported_by and not may_follow(visit, incident):
        visit.close_press(NOT_ALLOWED)
    elif alert is None or alert.state != AlertState.CLOSED:
        visit.close_press("Tin khẩn của sự việc này đang mở.")
    else:
        visit.close_press("Đang báo động lại…")
        _alarm(visit, incident, alert, incident.subject)


def _alert_of(visit: Visit, incident: Incident) -> Alert | None:
    """The latest one; who else would alarm anew waits until we have committed, and then finds ours."""
    hold(visit.tx, incidents, incident.id)
    return alert_of_report(visit.tx, incident.check_in_id)


def _tells_of_danger(visit: Visit, incident: Incident, words: str) -> bool:
    types = incident_kind(incident.kind).types
    reports = read(words, local(visit.said_at)).reports
    return any(report.kind == "incident" and report.get("type") in types for report in reports)


def _alarm(visit: Visit, incident: Incident, over: Alert, words: str) -> None:
    subject = f"(Báo động lại) {visit.known.called}: {words}"
    if words != incident.subject:
        subject = f"{subject}. Tin đầu: {incident.subject}"
    number = alerts.raise_anew(visit.tx, over, subject, by=visit.known.id, now=visit.now)
    told = f"Báo động lại: tin khẩn số {number}"
    write_journal(visit.tx, incident.about, at=visit.now, actor_id=visit.known.id, act="alarmed", text=told)
    visit.reply(ALARMED.format(number=number))
