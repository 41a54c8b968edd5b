"""The record of an incident: what was told, answered, decided and done, minute by minute, as a document to print."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.alerts.chronicle import lines_of
from handlers.files.documents import keep_report
from handlers.incidents.all_kinds import incident_kind
from handlers.incidents.cards import title_of
from handlers.incidents.duties import all_duties
from handlers.incidents.owing import facts_of
from handlers.journals import journal_table, who_acted
from handlers.local_time import full_moment
from reports.report import Report, Section, Table
from storage.messages import OutgoingFile
from storage.record import require
from storage.records.alerts import alert_of_report, alerts_over
from storage.records.incidents import DutyState, Incident, duties_of, find_incident, incidents_joined_into
from storage.records.journals import journal_of

DUTY_STATES = {
    DutyState.OWED: "Chưa ghi nhận",
    DutyState.DONE: "Đã báo, đã làm",
    DutyState.WAIVED: "Không phải báo",
    DutyState.LAPSED: "Không còn phải báo",
}


def write_record(tx: Connection, incident_id: int, now: datetime) -> OutgoingFile:
    """The record as a Word file ready to be sent; LookupError for an incident that is not there."""
    incident = require(find_incident(tx, incident_id))
    return keep_report(tx, incident_report(tx, incident, now), name=f"su-viec-{incident.id}.docx", now=now)


def incident_report(tx: Connection, incident: Incident, now: datetime) -> Report:
    known = incident_kind(incident.kind)
    facts = facts_of(incident)
    sentences = (
        f"Lúc {full_moment(incident.raised_at)}: {incident.subject}.",
        *(
            f"Tin cùng việc lúc {full_moment(one.raised_at)}: {one.subject}."
            for one in incidents_joined_into(tx, incident.id)
        ),
        *(f"{line[:1].upper()}{line[1:]}." for line in known.say(facts)),
        f"Mức độ: {known.severity(facts).called}. Lĩnh vực: {known.field}.",
        "Đang xử lý." if incident.closed_at is None else f"Khép lúc {full_moment(incident.closed_at)}.",
    )
    return Report(
        title="BIÊN BẢN DIỄN BIẾN SỰ VIỆC",
        subtitle=f"{title_of(incident)} · lập lúc {full_moment(now)}",
        sections=(
            Section(title="Sự việc", sentences=sentences),
            Section(title="Báo ra ngoài", table=_duties_table(tx, incident)),
            Section(title="Diễn biến từng phút", table=_journal_table(tx, incident)),
        ),
    )


def _duties_table(tx: Connection, incident: Incident) -> Table:
    rows = []
    for owed in duties_of(tx, incident.id):
        duty = all_duties()[owed.name]
        settled = "" if owed.settled_at is None else f"{full_moment(owed.settled_at)}, {who_acted(tx, owed.settled_by)}"
        state = DUTY_STATES[DutyState(owed.state)]
        rows.append((duty.whom, duty.clock, state, settled, owed.note or "", duty.law))
    return Table(
        headings=("Nơi phải báo", "Hạn", "Tình trạng", "Lúc, người ghi", "Ghi chú", "Căn cứ"), rows=tuple(rows)
    )


def _journal_table(tx: Connection, incident: Incident) -> Table:
    told = [
        (entry.at, who_acted(tx, entry.actor_id), entry.text)
        for about in [incident.about, *(one.about for one in incidents_joined_into(tx, incident.id))]
        for entry in journal_of(tx, about)
    ]
    return journal_table(sorted([*told, *_alert_lines(tx, incident)], key=lambda line: line[0]))


def _alert_lines(tx: Connection, incident: Incident) -> list[tuple[datetime, str, str]]:
    """Who was told by the alert, who took it, who closed it."""
    latest = alert_of_report(tx, incident.check_in_id)
    found = {alert.id: alert for alert in (*alerts_over(tx, incident.check_in_id), latest) if alert is not None}
    lines = [line for alert in found.values() for line in lines_of(tx, alert)]
    return [(at, who, f"Tin khẩn: {what[:1].lower()}{what[1:]}") for at, who, what in lines]
