"""Keeping what was reported: the check-in, its figures, who is told, and what it settles. Corrections supersede."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection

from handlers import alerts, follow_ups, incidents, playbooks, rounds
from handlers.approvals import Followed, follow, withdraw_request
from handlers.check_in import Answers, CheckInKind, Told
from handlers.concerning import whom_it_concerns
from handlers.local_time import local_day
from handlers.risk_areas import mark_journey, note_for
from handlers.telling import tell_office, tell_people
from handlers.wording import bold
from storage.messages import Lane
from storage.record import add, change, find_one, hold
from storage.records.check_ins import (
    CheckIn,
    CheckInState,
    check_in_of_person,
    check_in_of_unit,
    check_ins,
    figures,
    find_check_in,
    mark_superseded,
)
from storage.records.monthly_figures import count_in_months
from storage.records.people import Person, Role, people, people_named, people_with
from storage.records.rounds import Round, round_answered
from storage.records.units import units


@dataclass(frozen=True, slots=True)
class Source:
    """The words a check-in was read from, and where they were said."""

    platform: str
    chat_id: str
    message_id: str | None
    said: str
    said_at: datetime | None = None  # when it was said, where the platform tells: what we hear late is not late


def record(
    tx: Connection,
    *,
    kind: CheckInKind,
    answers: Answers,
    unit_id: int,
    person_id: int | None,
    reported_by: int,
    source: Source,
    now: datetime,
    day: date | None = None,
) -> CheckIn:
    """Keep a new check-in. Where one stands already for this unit and day, the new one corrects it."""
    starts, until = kind.span(answers, local_day(min(now, source.said_at or now)))
    starts = day or starts
    standing = _standing(tx, kind, unit_id, person_id, starts)
    if standing is not None:
        return _supersede(tx, standing, kind=kind, answers=answers, reported_by=reported_by, source=source, now=now)
    new, asked = _insert(
        tx,
        kind=kind,
        answers=answers,
        unit_id=unit_id,
        person_id=person_id,
        reported_by=reported_by,
        source=source,
        now=now,
        span=(starts, until),
    )
    count_in_months(tx, came=new.id)
    rounds.settle(tx, new, now, asked=asked)
    _tell(tx, kind, new, now, followed=follow(tx, kind, new, now), is_correction=False)
    _alert(tx, kind, new, now)
    follow_ups.consider(tx, kind, new, now)
    if kind.incident(new.answers) is not None:
        _follow_up(tx, kind, new, now)
    return new


def _standing(tx: Connection, kind: CheckInKind, unit_id: int, person_id: int | None, day: date) -> CheckIn | None:
    """What a second report of the same day would correct."""
    _hold_debtor(tx, kind, unit_id, person_id)
    if kind.about == "unit":
        return check_in_of_unit(tx, kind.name, unit_id, day)
    if not kind.is_once_a_day or person_id is None:
        return None
    return check_in_of_person(tx, kind.name, person_id, day)


def _hold_debtor(tx: Connection, kind: CheckInKind, unit_id: int, person_id: int | None) -> None:
    """Two reports of one unit or person at the same moment come one after the other."""
    if kind.about == "unit":
        hold(tx, units, unit_id)
    elif person_id is not None:
        hold(tx, people, person_id)


def correct(
    tx: Connection,
    old: CheckIn,
    *,
    kind: CheckInKind,
    answers: Answers,
    reported_by: int,
    source: Source,
    now: datetime,
) -> CheckIn:
    """Put a new check-in in the place of `old` (or of what took its place already), which stays to be opened.

    The same answers change nothing.
    """
    _hold_debtor(tx, kind, old.unit_id, old.person_id)
    return _supersede(
        tx,
        _as_it_stands(tx, kind, old),
        kind=kind,
        answers=answers,
        reported_by=reported_by,
        source=source,
        now=now,
    )


def _supersede(
    tx: Connection,
    old: CheckIn,
    *,
    kind: CheckInKind,
    answers: Answers,
    reported_by: int,
    source: Source,
    now: datetime,
) -> CheckIn:
    if answers == old.answers and old.state == CheckInState.CURRENT:
        return old
    mark_superseded(tx, old.id)
    starts, until = kind.span(answers, old.day)
    if kind.about == "unit":
        starts, until = old.day, old.until
    new, asked = _insert(
        tx,
        kind=kind,
        answers=answers,
        unit_id=old.unit_id,
        person_id=old.person_id,
        reported_by=reported_by,
        source=source,
        now=now,
        span=(starts, until),
        supersedes_id=old.id,
    )
    count_in_months(tx, came=new.id, went=old.id if old.state == CheckInState.CURRENT else 0)
    rounds.settle(tx, new, now, asked=asked)
    _tell(tx, kind, new, now, followed=follow(tx, kind, new, now), is_correction=True)
    if kind.can_alert and alerts.has_raised(tx, old.id):
        # also where nothing is left to alert of: whoever was alarmed must not go on with what is no longer true
        subject = alert_subject(tx, kind, new) or _in_one_line(tx, kind, new)
        alerts.amend_alert(tx, old.id, subject, successor_id=new.id, now=now)
    else:
        _alert(tx, kind, new, now)
    if kind.incident(new.answers) is not None:
        incidents.amend_incident(tx, kind, old.id, new, subject=_in_one_line(tx, kind, new), now=now)
    return new


def _as_it_stands(tx: Connection, kind: CheckInKind, old: CheckIn) -> CheckIn:
    """What stands today in the place of `old`: somebody else may have mended or withdrawn it since it was looked at."""
    latest = find_check_in(tx, old.id) or old
    while (successor := find_one(tx, CheckIn, check_ins, supersedes_id=latest.id)) is not None:
        latest = successor
    if latest.state != CheckInState.CANCELLED:
        return latest
    return _standing(tx, kind, latest.unit_id, latest.person_id, latest.day) or latest


def withdraw(tx: Connection, old: CheckIn, *, kind: CheckInKind, now: datetime) -> None:
    """Take a check-in back: it stays to be opened, counts no more, and what it settled is owed again."""
    _hold_debtor(tx, kind, old.unit_id, old.person_id)
    is_current = check_ins.c.state == CheckInState.CURRENT
    if change(tx, check_ins, check_ins.c.id == old.id, is_current, state=CheckInState.CANCELLED):
        count_in_months(tx, went=old.id)
    rounds.reopen(tx, old, now)
    alerts.retract_alert(tx, old.id, now=now)
    if kind.incident(old.answers) is not None:
        incidents.withdraw_incident(tx, old, now)
    followed = withdraw_request(tx, kind, old, now)
    follow_ups.end_with(tx, old, now)
    _tell(tx, kind, old, now, followed=followed, is_correction=True, is_withdrawn=True)


def _insert(
    tx: Connection,
    *,
    kind: CheckInKind,
    answers: Answers,
    unit_id: int,
    person_id: int | None,
    reported_by: int,
    source: Source,
    now: datetime,
    span: tuple[date, date | None],
    supersedes_id: int | None = None,
) -> tuple[CheckIn, Round | None]:
    """The new check-in, and the round that asked for it (held)."""
    asked = round_answered(tx, kind.name, span[0])
    said_at = min(now, source.said_at or now)
    facts: dict[str, Any] = {
        "kind": kind.name,
        "unit_id": unit_id,
        "person_id": person_id,
        "reported_by": reported_by,
        "day": span[0],
        "until": span[1],
        "answers": answers,
        "said": source.said,
        "state": CheckInState.CURRENT,
        "supersedes_id": supersedes_id,
        "round_id": None if asked is None else asked.id,
        "is_late": asked is not None and said_at > asked.due_at,
        "reported_at": said_at,
        "platform": source.platform,
        "chat_id": source.chat_id,
        "message_id": source.message_id,
    }
    kept = CheckIn(id=add(tx, check_ins, **facts), **facts)
    for name, value in kind.count(answers).items():
        add(tx, figures, check_in_id=kept.id, name=name, value=value)
    mark_journey(tx, kind, kept, now)
    return kept, asked


def _follow_up(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    """An urgent event goes on after its report: asked about, told outside, answered by a playbook."""
    opened = incidents.open_incident(tx, kind, check_in, _in_one_line(tx, kind, check_in), now)
    if opened is not None:
        playbooks.offer_playbooks(tx, opened, now)


def _in_one_line(tx: Connection, kind: CheckInKind, check_in: CheckIn) -> str:
    return f"{whom_it_concerns(tx, check_in)}: {kind.say(check_in.answers)}"


def alert_subject(tx: Connection, kind: CheckInKind, check_in: CheckIn) -> str | None:
    """The alert's one line, with the name: it is read only by those entitled."""
    subject = kind.alert(check_in.answers)
    return None if subject is None else f"{whom_it_concerns(tx, check_in)}: {subject}"


def _alert(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> None:
    subject = alert_subject(tx, kind, check_in)
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
        *who_hears(tx, kind, check_in, now),
        *(people_with(tx, local_day(now), Role.MONITORING) if risk else []),
        *people_named(tx, [followed.was_asked] if followed.was_asked else []),
    ]
    told = {p.id: p for p in hearing if p.id not in (check_in.reported_by, followed.asked)}
    unreached = tell_people(tx, told.values(), text, key=key, lane=Lane.ANSWER, now=now, about=about)
    if unreached:
        names = ", ".join(person.called for person in unreached)
        note = f"Có một tin “{kind.title}” chưa chuyển được tới {names} (chưa liên kết tài khoản). Xin báo giúp."
        tell_office(tx, note, key=f"{key}/unreached", lane=Lane.ANSWER, now=now)


def who_hears(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> list[Person]:
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
