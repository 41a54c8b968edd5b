"""Several reports of one event: proposed to those who follow it, joined by a human's word, taken apart by another."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from handlers import alerts
from handlers.incidents.cards import in_brief, refresh_cards
from handlers.incidents.following import who_follows
from handlers.incidents.owing import bring_duties, rest_duties, wake_duties
from handlers.telling import tell_people
from handlers.wording import bold, bullets
from storage.messages import Button, Lane
from storage.record import add, change
from storage.records.alerts import alert_of_report
from storage.records.check_ins import find_check_in
from storage.records.incidents import (
    Incident,
    IncidentState,
    Likeness,
    find_incident,
    incidents,
    likenesses,
    open_incidents,
)
from storage.records.journals import write_journal
from understanding.phrases.normalize import fold

NEAR = timedelta(hours=3)
OF_ONE_UNIT = frozenset({"disease_case", "other"})
"""What happens in two units at once is two events; a fire may be seen from anywhere."""


def propose_joining(tx: Connection, later: Incident, now: datetime) -> None:
    """Ask those who follow both whether this is the event that was reported a while ago. Nothing is joined by itself."""
    earlier = next((one for one in open_incidents(tx) if _is_like(tx, one, later)), None)
    if earlier is None:
        return
    likeness_id = add(tx, likenesses, earlier_id=earlier.id, later_id=later.id, proposed_at=now)
    lines = [f"Sự việc {one.id}, {in_brief(one)}" for one in (earlier, later)]
    text = (
        f"🔗 {bold('Hai tin có thể là một việc')}\n{bullets(lines)}\n\n"
        "Có phải cùng một việc không ạ? Xin chọn bên dưới, hoặc trả lời tin này: cùng việc / khác việc."
    )
    buttons = ((Button("Cùng một việc", f"like:same:{likeness_id}"), Button("Việc khác", f"like:other:{likeness_id}")),)
    about = f"likeness/{likeness_id}"
    people = who_follows(tx, later, now)
    tell_people(tx, people, text, key=about, lane=Lane.ALERT, now=now, about=about, buttons=buttons)


def _is_like(tx: Connection, earlier: Incident, later: Incident) -> bool:
    if earlier.id == later.id or earlier.kind != later.kind or later.raised_at - earlier.raised_at > NEAR:
        return False
    if earlier.kind in OF_ONE_UNIT:
        return earlier.unit_id == later.unit_id
    places = {fold(place) for one in (earlier, later) if (place := _place(tx, one))}
    return len(places) < 2


def _place(tx: Connection, incident: Incident) -> str:
    check_in = find_check_in(tx, incident.check_in_id)
    return str(incident.answers.get("place") or (check_in.answers.get("place") if check_in else "") or "")


def decide(tx: Connection, likeness: Likeness, *, same: bool, by: int, now: datetime) -> bool:
    """Somebody says whether they are one; false where somebody was faster."""
    undecided = (likenesses.c.id == likeness.id, likenesses.c.decision.is_(None))
    decision = "same" if same else "other"
    if change(tx, likenesses, *undecided, decision=decision, decided_by=by, decided_at=now) != 1:
        return False
    if same:
        _join(tx, likeness, by=by, now=now)
    else:
        text = f"Không cùng việc với sự việc {likeness.earlier_id}"
        write_journal(tx, f"incident/{likeness.later_id}", at=now, actor_id=by, act="kept_apart", text=text)
    return True


def _join(tx: Connection, likeness: Likeness, *, by: int, now: datetime) -> None:
    """The later report becomes part of the earlier incident; its own alert climbs no more."""
    earlier, later = find_incident(tx, likeness.earlier_id), find_incident(tx, likeness.later_id)
    if earlier is None or later is None:
        return
    is_open = (incidents.c.id == later.id, incidents.c.state == IncidentState.OPEN)
    if change(tx, incidents, *is_open, state=IncidentState.JOINED, joined_into_id=earlier.id) != 1:
        return
    told = {name: answer for name, answer in later.answers.items() if answer is not None}
    known = {name: answer for name, answer in earlier.answers.items() if answer is not None}
    change(tx, incidents, incidents.c.id == earlier.id, answers={**told, **known})
    rest_duties(tx, later.id)
    _join_alerts(tx, later, earlier, by=by, now=now)
    for one, other in ((earlier, later), (later, earlier)):
        text = f"Cùng một việc với sự việc {other.id}: {other.subject}"
        write_journal(tx, one.about, at=now, actor_id=by, act="joined", text=text)
    bring_duties(tx, find_incident(tx, earlier.id) or earlier, now)
    refresh_cards(tx, earlier.id, now)
    refresh_cards(tx, later.id, now)


def _join_alerts(tx: Connection, later: Incident, earlier: Incident, *, by: int, now: datetime) -> None:
    """The later alert climbs no more; whoever was told of it goes on in the earlier one."""
    alert, into = alert_of_report(tx, later.check_in_id), alert_of_report(tx, earlier.check_in_id)
    if alert is not None and into is not None:
        alerts.join(tx, alert.id, into_id=into.id, by=by, now=now)


def split(tx: Connection, incident: Incident, *, by: int, now: datetime) -> bool:
    """It was not the same after all: it is followed up by itself again."""
    joined = (incidents.c.id == incident.id, incidents.c.state == IncidentState.JOINED)
    if change(tx, incidents, *joined, state=IncidentState.OPEN, joined_into_id=None) != 1:
        return False
    for about in {incident.about, f"incident/{incident.joined_into_id}"}:
        write_journal(tx, about, at=now, actor_id=by, act="split", text=f"Tách sự việc {incident.id} thành việc riêng")
    wake_duties(tx, incident, now)
    _raise_again(tx, incident, now)
    refresh_cards(tx, incident.id, now)
    if incident.joined_into_id is not None:
        refresh_cards(tx, incident.joined_into_id, now)
    return True


def _raise_again(tx: Connection, incident: Incident, now: datetime) -> None:
    """Its alert went on in the other event's: by itself it needs one of its own."""
    subject = f"(Tách thành việc riêng) {incident.subject}"
    alerts.raise_alert(
        tx, rule="incident", subject=subject, unit_id=incident.unit_id, reported_by=incident.reported_by, now=now
    )
