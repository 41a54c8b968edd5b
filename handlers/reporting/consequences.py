"""What follows from a report, from its correction and from its withdrawal: who is told, alarmed, asked, watched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers import alerts, follow_ups, incidents, playbooks
from handlers.approvals import Followed, follow, withdraw_request
from handlers.check_in import CheckInKind, Told
from handlers.concerning import whom_it_concerns
from handlers.local_time import local_day
from handlers.risk_areas import note_for
from handlers.telling import tell_office, tell_people
from handlers.wording import bold
from storage.messages import Lane
from storage.records.check_ins import CheckIn
from storage.records.people import Person, Role, people_named, people_with


def follow_report(tx: Connection, kind: CheckInKind, new: CheckIn, now: datetime) -> None:
    _tell(tx, kind, new, now, followed=follow(tx, kind, new, now), is_correction=False)
    _alert(tx, kind, new, now)
    follow_ups.consider(tx, kind, new, now)
    if kind.incident(new.answers) is not None:
        _open_incident(tx, kind, new, now)


def follow_correction(tx: Connection, kind: CheckInKind, old: CheckIn, new: CheckIn, now: datetime) -> None:
    _tell(tx, kind, new, now, followed=follow(tx, kind, new, now), is_correction=True)
    if kind.can_alert and alerts.has_raised(tx, old.id):
        # also where nothing is left to alert of: whoever was alarmed must not go on with what is no longer true
        subject = _alert_subject(tx, kind, new) or _in_one_line(tx, kind, new)
        alerts.amend_alert(tx, old.id, subject, successor_id=new.id, now=now)
    else:
        _alert(tx, kind, new, now)
    if kind.incident(new.answers) is not None:
        incidents.amend_incident(tx, kind, old.id, new, subject=_in_one_line(tx, kind, new), now=now)


def follow_withdrawal(tx: Connection, kind: CheckInKind, old: CheckIn, now: datetime) -> None:
    alerts.retract_alert(tx, old.id, now=now)
    if kind.incident(old.answers) is not None:
        incidents.withdraw_incident(tx, old, now)
    followed = withdraw_request(tx, kind, old, now)
    follow_ups.end_with(tx, old, now)
    _tell(tx, kind, old, now, followed=followed, is_correction=True, is_withdrawn=True)


def _open_incident(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    """An urgent event goes on after its report: asked about, told outside, answered by a playbook."""
    opened = incidents.open_incident(tx, kind, check_in, _in_one_line(tx, kind, check_in), now)
    if opened is not None:
        playbooks.offer_playbooks(tx, opened, now)


def _in_one_line(tx: Connection, kind: CheckInKind, check_in: CheckIn) -> str:
    return f"{whom_it_concerns(tx, check_in)}: {kind.say(check_in.answers)}"


def _alert_subject(tx: Connection, kind: CheckInKind, check_in: CheckIn) -> str | None:
    """The alert's one line, with the name: it is read only by those entitled."""
    subject = kind.alert(check_in.answers)
    return None if subject is None else f"{whom_it_concerns(tx, check_in)}: {subject}"


def _alert(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    subject = _alert_subject(tx, kind, check_in)
    if subject is None:
        return
    alerts.raise_alert(
        tx,
        rule=kind.name,
        severity=kind.severity(check_in.answers),
        field=kind.field(check_in.answers),
        subject=subject,
        check_in_id=check_in.id,
        unit_id=check_in.unit_id,
        reported_by=check_in.reported_by,
        now=now,
    )


def _tell(
    tx: Connection,
    kind: CheckInKind,
    check_in: CheckIn,
    now: datetime,
    *,
    followed: Followed,
    is_correction: bool,
    is_withdrawn: bool = False,
) -> None:
    """Let those hear of it who must, each in private; who is asked for his leave has read it in the request."""
    if not kind.tells or not kind.is_worth_telling(check_in.answers):
        return
    title = f"{bold(kind.title)}{' (rút lại)' if is_withdrawn else ' (đính chính)' if is_correction else ''}"
    risk = note_for(tx, check_in.id) if kind.leads_to is not None else ""
    lines = [title, f"{whom_it_concerns(tx, check_in)}: {kind.say(check_in.answers)}", risk, followed.line]
    text = "\n".join(line for line in lines if line)
    about = f"check_in/{check_in.id}"
    key = f"{about}/{'withdrawn' if is_withdrawn else 'told'}"
    hearing = [
        *_who_hears(tx, kind, check_in, now),
        *(people_with(tx, local_day(now), Role.MONITORING) if risk else []),
        *people_named(tx, [followed.was_asked] if followed.was_asked else []),
    ]
    told = {p.id: p for p in hearing if p.id not in (check_in.reported_by, followed.asked)}
    unreached = tell_people(tx, told.values(), text, key=key, lane=Lane.ANSWER, now=now, about=about)
    if unreached:
        _ask_office_to_call(tx, kind, unreached, key=f"{key}/unreached", now=now)


def _ask_office_to_call(tx: Connection, kind: CheckInKind, unreached: list[Person], *, key: str, now: datetime) -> None:
    names = ", ".join(person.called for person in unreached)
    note = f"Có một tin “{kind.title}” chưa chuyển được tới {names} (chưa liên kết tài khoản). Xin báo giúp."
    tell_office(tx, note, key=key, lane=Lane.ANSWER, now=now)


def _who_hears(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> list[Person]:
    """The people that the kind names, each once."""
    day = local_day(now)
    found: dict[int, Person] = {}
    for told in kind.tells:
        roles, units = {
            Told.HEAD_OF_UNIT: ((Role.HEAD_OF_UNIT,), [check_in.unit_id]),
            Told.LEADERS: ((Role.LEADER,), None),
            Told.OFFICE: ((Role.OFFICE,), None),
            Told.MONITORING: ((Role.MONITORING,), None),
        }[told]
        found |= {person.id: person for person in people_with(tx, day, *roles, unit_ids=units)}
    return list(found.values())
