"""An alert is raised: its plan is fixed, the first step told in the same transaction, and whoever must know hears."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.alerts import letters
from handlers.alerts.changing import add_report
from handlers.alerts.hours import out_of_quiet
from handlers.alerts.moving import call, move, number_to_call
from handlers.alerts.policies import Policy, policy_for
from handlers.alerts.standing import command_for
from handlers.local_time import clock_time
from storage.bells import ring
from storage.record import add, change, require
from storage.records.alerts import (
    Alert,
    AlertState,
    Happened,
    Severity,
    alert_reports,
    alerts,
    find_alert,
    note_event,
    open_alert_of_incident,
    people_told,
)
from storage.records.people import people_named

BELL = "ticks"


def raise_alert(
    tx: Connection,
    *,
    rule: str,
    subject: str,
    unit_id: int,
    now: datetime,
    severity: Severity = Severity.MEDIUM,
    field: str = "",
    incident_id: int | None = None,
    check_in_id: int | None = None,
    reported_by: int | None = None,
) -> int:
    """Open an alert and tell the first of its chain in this transaction; returns its id.

    An alert of the same incident that is still open takes the report in instead: one event, one alert.
    `field` ("fire") names whose deputy it climbs to, `reported_by` who knows already.
    """
    standing = None if incident_id is None else open_alert_of_incident(tx, incident_id)
    if standing is not None:
        add_report(tx, standing, subject, check_in_id=check_in_id, now=now)
        return standing.id
    policy = policy_for(tx, rule, severity)
    begins_at = out_of_quiet(now) if policy.is_quiet_at_night else now
    alert_id = add(
        tx,
        alerts,
        rule=rule,
        severity=severity,
        field=field,
        incident_id=incident_id,
        subject=subject,
        check_in_id=check_in_id,
        unit_id=unit_id,
        reported_by=reported_by,
        plan=policy.as_plan(),
        state=AlertState.OPEN,
        step=0,
        next_at=begins_at,
        raised_at=now,
    )
    if check_in_id is not None:
        tx.execute(alert_reports.insert().values(check_in_id=check_in_id, alert_id=alert_id, is_told=True))
    note_event(tx, alert_id, Happened.RAISED, at=now, person_id=reported_by, note=rule)
    if begins_at > now:
        note_event(tx, alert_id, Happened.QUIET, at=now, note=f"đến {clock_time(begins_at)}")
    else:
        _begin(tx, require(find_alert(tx, alert_id)), policy, now)
    ring(tx, BELL)
    return alert_id


def raise_anew(tx: Connection, over: Alert, subject: str, *, by: int, now: datetime) -> int:
    """What was closed is dangerous again: an alert of its own, in which the reports of the first go on; returns its id."""
    number = raise_alert(
        tx,
        rule=over.rule,
        subject=subject,
        unit_id=over.unit_id,
        severity=Severity(over.severity),
        field=over.field,
        reported_by=by,
        now=now,
    )
    change(tx, alert_reports, alert_reports.c.alert_id == over.id, alert_id=number)
    return number


def _begin(tx: Connection, alert: Alert, policy: Policy, now: datetime) -> None:
    """The first step, then copies to those who must know at once."""
    command = command_for(tx, alert, now)
    move(tx, alert.id, now, command)
    called = people_told(tx, alert.id)
    [informed] = command.people_of((policy.informs,))
    knows = [person for person in informed if person not in called]
    if knows:
        names = [person.called for person in people_named(tx, called)]
        text = letters.copy_text(alert, names) + number_to_call(tx, alert)
        for person_id in knows:
            call(tx, alert, person_id, text, step=0, policy=policy, now=now)
