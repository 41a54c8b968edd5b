"""The card of an incident: one message for each who follows it, changed whenever something becomes known or is done."""

from __future__ import annotations

from datetime import datetime
from textwrap import shorten

from sqlalchemy import Connection

from handlers.incidents.all_kinds import incident_kind
from handlers.incidents.duties import all_duties, duties_possible
from handlers.incidents.following import who_follows
from handlers.incidents.owing import facts_of, still_owed
from handlers.local_time import full_moment, short_moment
from handlers.telling import Buttons
from handlers.wording import bold, bullets
from storage import outbox
from storage.messages import Button, Lane, OutgoingMessage
from storage.records.accounts import private_chats_of
from storage.records.alerts import alert_of_report
from storage.records.incidents import (
    DutyState,
    Incident,
    IncidentState,
    OwedDuty,
    duties_of,
    find_incident,
    incidents_joined_into,
)
from storage.records.people import find_person

LONGEST_SUBJECT = 500  # on the card; the alert and the record have the whole
LONGEST_NOTE = 120
MARKS = {DutyState.OWED: "⏳", DutyState.DONE: "✅", DutyState.WAIVED: "➖"}


def title_of(incident: Incident) -> str:
    return f"Sự việc {incident.id} · {incident_kind(incident.kind).title}"


def refresh_cards(tx: Connection, incident_id: int, now: datetime, *, is_news: bool | None = None) -> None:
    """Bring every follower's card to what stands now; `is_news`: said anew where no message can be changed."""
    incident = find_incident(tx, incident_id)
    if incident is None:
        return
    text, buttons = card_of(tx, incident), card_buttons(tx, incident)
    followers = [person.id for person in who_follows(tx, incident, now)]
    for person_id, account in private_chats_of(tx, followers).items():
        message = OutgoingMessage(
            platform=account.platform, chat_id=account.private_chat_id or "", text=text, buttons=buttons
        )
        key = f"{incident.about}/card/person/{person_id}"
        outbox.put_board(tx, message, key=key, lane=Lane.ANSWER, now=now, about=incident.about, is_news=is_news)


def card_of(tx: Connection, incident: Incident) -> str:
    """All that is known, with names: only for those entitled."""
    kind, facts = incident_kind(incident.kind), facts_of(incident)
    head = f"🗂 {bold(title_of(incident))}\nMức: {kind.severity(facts).called} · lĩnh vực: {kind.field}"
    joined = [f"Cùng việc, {in_brief(one)}" for one in incidents_joined_into(tx, incident.id)]
    parts = [
        head,
        "\n".join([in_brief(incident), *joined]),
        bullets(kind.say(facts)),
        _in_whose_hands(tx, incident),
        _duties_text(tx, incident),
        _ending(tx, incident),
    ]
    return "\n\n".join(part for part in parts if part)


def in_brief(incident: Incident) -> str:
    """When and what was reported; of a long report the beginning."""
    return f"{short_moment(incident.raised_at)} · {shorten(incident.subject, LONGEST_SUBJECT, placeholder='…')}"


def _in_whose_hands(tx: Connection, incident: Incident) -> str:
    """Who took its alert."""
    alert = alert_of_report(tx, incident.check_in_id)
    taker = None if alert is None or alert.taken_by is None else find_person(tx, alert.taken_by)
    if alert is None or taker is None or alert.taken_at is None:
        return ""
    end = f", khép lúc {short_moment(alert.closed_at)}" if alert.closed_at else ""
    return f"👤 Tin khẩn số {alert.id}: {taker.called} nhận lúc {short_moment(alert.taken_at)}{end}."


def _duties_text(tx: Connection, incident: Incident) -> str:
    lines = [_duty_line(tx, owed) for owed in duties_of(tx, incident.id) if owed.state != DutyState.LAPSED]
    possible = [duty.whom for duty in duties_possible(incident.kind, facts_of(incident))]
    if possible and incident.state == IncidentState.OPEN:
        lines.append(f"❔ Có thể còn phải báo ngay: {', '.join(possible)} (chưa rõ thương vong, hợp đồng lao động)")
    return f"{bold('Phải báo ra ngoài')}\n" + "\n".join(lines) if lines else ""


def _duty_line(tx: Connection, owed: OwedDuty) -> str:
    duty = all_duties()[owed.name]
    line = f"{MARKS[DutyState(owed.state)]} {duty.whom}: {duty.clock}"
    if owed.state == DutyState.OWED:
        return line if duty.is_at_once else f"{line}, hạn {short_moment(owed.due_at)}"
    who = find_person(tx, owed.settled_by) if owed.settled_by else None
    done = "xong" if owed.state == DutyState.DONE else "không phải báo"
    note = f": {shorten(owed.note, LONGEST_NOTE, placeholder='…')}" if owed.note else ""
    return (
        f"{line} · {done} lúc {short_moment(owed.settled_at or owed.due_at)}{f' ({who.called})' if who else ''}{note}"
    )


def _ending(tx: Connection, incident: Incident) -> str:
    if incident.state == IncidentState.CLOSED and incident.closed_at is not None:
        who = find_person(tx, incident.closed_by) if incident.closed_by else None
        return f"☑️ Đã khép lúc {full_moment(incident.closed_at)}" + (f" ({who.called})." if who else ".")
    if incident.state == IncidentState.JOINED:
        return f"Đã gộp vào sự việc {incident.joined_into_id}."
    return "↩️ Người báo đã rút lại." if incident.state == IncidentState.WITHDRAWN else ""


def card_buttons(tx: Connection, incident: Incident) -> Buttons:
    record = Button("Biên bản (Word)", f"incident:record:{incident.id}")
    if incident.state == IncidentState.JOINED:
        return ((record, Button("Tách ra", f"incident:split:{incident.id}")),)
    if incident.state != IncidentState.OPEN:
        return ((record,),)
    rows = duty_buttons(still_owed(tx, incident.id))
    return (*rows, (record, Button("Khép sự việc", f"incident:close:{incident.id}")))


def duty_buttons(owed: list[OwedDuty]) -> Buttons:
    """A button for each duty still owed: it brings the prepared text."""
    return tuple((Button(f"☐ {all_duties()[one.name].whom}"[:60], f"duty:show:{one.id}"),) for one in owed)
