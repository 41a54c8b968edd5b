"""An alert between the tables and the machine: where it stands, what its plan says, and writing down what follows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.alerts.chain import Command, command_of
from handlers.alerts.hours import out_of_quiet
from handlers.alerts.machine import Standing, Terms
from handlers.alerts.policies import Policy, policy_for, read_policy
from storage.holding import hold
from storage.record import change
from storage.records.alerts import (
    Alert,
    AlertNotice,
    AlertState,
    Answer,
    Severity,
    alerts,
    find_alert,
    notices_of,
)


def hold_alert(tx: Connection, alert_id: int) -> Alert | None:
    """The alert as it stands; whoever else wants to move it waits until we have committed."""
    hold(tx, alerts, alert_id)
    return find_alert(tx, alert_id)


def policy_of(tx: Connection, alert: Alert) -> Policy:
    """The plan it was raised with."""
    return policy_for(tx, alert.rule, Severity(alert.severity)) if alert.plan is None else read_policy(alert.plan)


def command_for(tx: Connection, alert: Alert, now: datetime) -> Command:
    """Who may stand in its chain now: an alert that is open at nightfall climbs to those on duty."""
    knows = frozenset() if alert.reported_by is None else frozenset({alert.reported_by})
    return command_of(tx, unit_id=alert.unit_id, field_name=alert.field, now=now, left_out=knows)


def terms_of(policy: Policy, command: Command) -> Terms:
    return Terms(
        chain=command.people_of(policy.steps),
        wait=policy.wait,
        needed=policy.needed,
        office_at=policy.office_at,
        may_snooze=policy.may_snooze,
    )


def standing_of(tx: Connection, alert: Alert) -> Standing:
    """Where it stands, by the last answer of each person."""
    notices = notices_of(tx, alert.id)
    answers = _last_answers(notices)
    now_told = [notice for notice in notices if notice.step == alert.step and alert.step > 0]
    return Standing(
        state=AlertState(alert.state),
        step=alert.step,
        next_at=alert.next_at,
        reminders=alert.reminders,
        taken_by=alert.taken_by,
        confirmed=frozenset(person for person, answer in answers.items() if answer == Answer.TAKEN),
        declined=frozenset(person for person, answer in answers.items() if answer == Answer.DECLINED),
        told_now=frozenset(notice.person_id for notice in now_told),
        snoozed_now=frozenset(notice.person_id for notice in now_told if notice.answer == Answer.SNOOZED),
        snoozed=frozenset(notice.person_id for notice in notices if notice.answer == Answer.SNOOZED),
    )


def _last_answers(notices: list[AlertNotice]) -> dict[int, str]:
    """Somebody may decline, be asked again a round later and take it: the last word counts."""
    answered = [notice for notice in notices if notice.answer is not None and notice.answered_at is not None]
    ordered = sorted(answered, key=lambda notice: (notice.answered_at or notice.told_at, notice.step))
    return {notice.person_id: notice.answer or "" for notice in ordered}


def keep_standing(tx: Connection, alert: Alert, standing: Standing, policy: Policy, now: datetime) -> None:
    """Write down where it stands from here on."""
    is_newly_taken = standing.state == AlertState.TAKEN and (
        alert.state != AlertState.TAKEN or alert.taken_by != standing.taken_by
    )
    next_at = standing.next_at
    if next_at is not None and policy.is_quiet_at_night and next_at > now:
        next_at = out_of_quiet(next_at)
    change(
        tx,
        alerts,
        alerts.c.id == alert.id,
        state=standing.state,
        step=standing.step,
        next_at=next_at,
        reminders=standing.reminders,
        taken_by=standing.taken_by,
        taken_at=now if is_newly_taken else (alert.taken_at if standing.state != AlertState.OPEN else None),
    )
