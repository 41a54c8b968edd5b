"""Alerts: leaders must know now; each telling of one person, until somebody has taken it; and every minute of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    select,
)

from storage.prepared import Prepared
from storage.record import Json, Moment, find_all, find_one, identity, keep, metadata, selection


class AlertState(StrEnum):
    OPEN = "open"  # nobody has taken it: it climbs
    TAKEN = "taken"  # somebody works on it: he is reminded until it is closed
    CLOSED = "closed"


class Severity(StrEnum):
    """How long a step waits and who hears at once is decided in `handlers/alerts/policies.py`; here is only its name."""

    SEVERE = "severe"
    MEDIUM = "medium"
    LOW = "low"  # waits for the morning


class Answer(StrEnum):
    TAKEN = "taken"
    DECLINED = "declined"
    SNOOZED = "snoozed"


class Happened(StrEnum):
    """What a line of the record tells."""

    RAISED = "raised"
    QUIET = "quiet"  # waits for the end of the quiet hours
    TOLD = "told"
    COPIED = "copied"  # told so that he knows; it is not his turn
    UNDELIVERED = "undelivered"
    OTHER_WAY = "other_way"  # said again on another platform, by mail or by SMS
    UNREACHED = "unreached"  # no way to reach him is known
    OFFICE_TOLD = "office_told"
    TAKEN = "taken"
    DECLINED = "declined"
    SNOOZED = "snoozed"
    REMINDED = "reminded"
    JOINED = "joined"  # another report of the same event
    MERGED = "merged"  # goes on in another alert
    AMENDED = "amended"
    RETRACTED = "retracted"
    CLOSED = "closed"


alerts = Table(
    "alerts",
    metadata,
    identity(),
    Column("rule", String(60), nullable=False),  # which rule raised it
    Column("severity", String(10), nullable=False, server_default=Severity.MEDIUM),
    Column("field", String(40), nullable=False, server_default=""),  # "fire": whose deputy it climbs to
    Column("incident_id", Integer, index=True),  # the event it is about; one event, one open alert
    Column("subject", Text, nullable=False),  # one line, for those entitled
    Column("check_in_id", ForeignKey("check_ins.id"), unique=True),  # the report that raised it
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("reported_by", ForeignKey("people.id")),
    Column("plan", Json),  # links, wait and number needed, as they were when it was raised
    Column("state", String(10), nullable=False, default=AlertState.OPEN),
    Column("step", Integer, nullable=False, default=0),  # how far up the chain it has climbed, rounds included
    Column("reminders", Integer, nullable=False, server_default="0"),  # of the taker, since he took it
    Column("next_at", Moment()),  # when it climbs or reminds next; none: it rests
    Column("raised_at", Moment(), nullable=False),
    Column("taken_by", ForeignKey("people.id")),
    Column("taken_at", Moment()),
    Column("closed_by", ForeignKey("people.id")),
    Column("closed_at", Moment()),
    Column("merged_into_id", ForeignKey("alerts.id")),
    Column("news_at", Moment()),  # when more reports of the same event may be told of again
    Index("ix_alerts_next", "next_at"),
)

alert_notices = Table(
    "alert_notices",
    metadata,
    identity(),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("step", Integer, nullable=False),  # 0: a copy, so that he knows
    Column("told_at", Moment(), nullable=False),
    Column("sent_at", Moment()),
    Column("ways", Integer, nullable=False, server_default="0"),  # how many ways were tried
    Column("next_way_at", Moment(), index=True),  # when the next way is tried, if he has not answered
    Column("answer", String(12)),  # taken, declined, snoozed
    Column("answered_at", Moment()),
    UniqueConstraint("alert_id", "person_id", "step"),
)

alert_reports = Table(
    "alert_reports",
    metadata,
    Column("check_in_id", ForeignKey("check_ins.id"), primary_key=True),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False, index=True),
    Column("is_told", Boolean, nullable=False),  # those told of the alert have heard of this report
    Index("ix_alert_reports_told", "is_told", "alert_id"),
)

alert_events = Table(
    "alert_events",
    metadata,
    identity(),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False, index=True),
    Column("at", Moment(), nullable=False),
    Column("what", String(16), nullable=False),
    Column("person_id", ForeignKey("people.id")),
    Column("step", Integer),
    Column("note", String(200), nullable=False, default=""),
)

alert_policies = Table(
    "alert_policies",
    metadata,
    Column("name", String(60), primary_key=True),  # of a severity, or of a rule that has its own
    Column("plan", Json, nullable=False),  # what the office put in the place of the shipped one
)

fields_in_charge = Table(
    "fields_in_charge",
    metadata,
    Column("field", String(40), primary_key=True),
    Column("unit_id", ForeignKey("units.id"), nullable=False),  # its head and the deputy over it hear of the field
)


@dataclass(frozen=True, slots=True)
class Alert:
    id: int
    rule: str
    severity: str
    field: str
    incident_id: int | None
    subject: str
    check_in_id: int | None
    unit_id: int
    reported_by: int | None
    plan: dict[str, Any] | None
    state: str
    step: int
    reminders: int
    next_at: datetime | None
    raised_at: datetime
    taken_by: int | None
    taken_at: datetime | None
    closed_by: int | None
    closed_at: datetime | None
    merged_into_id: int | None
    news_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertNotice:
    id: int
    alert_id: int
    person_id: int
    step: int
    told_at: datetime
    sent_at: datetime | None
    ways: int
    next_way_at: datetime | None
    answer: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertEvent:
    id: int
    alert_id: int
    at: datetime
    what: str
    person_id: int | None
    step: int | None
    note: str


def find_alert(tx: Connection, alert_id: int) -> Alert | None:
    return find_one(tx, Alert, alerts, id=alert_id)


def alert_of_report(tx: Connection, check_in_id: int) -> Alert | None:
    """The alert that this report raised or joined."""
    statement = selection(Alert, alerts).join(alert_reports, alert_reports.c.alert_id == alerts.c.id)
    row = tx.execute(statement.where(alert_reports.c.check_in_id == check_in_id)).first()
    return find_one(tx, Alert, alerts, check_in_id=check_in_id) if row is None else Alert(*row)


def reports_of(tx: Connection, alert_id: int) -> list[int]:
    """The check-ins that it is about, the first one first."""
    statement = select(alert_reports.c.check_in_id).where(alert_reports.c.alert_id == alert_id)
    return sorted(tx.execute(statement).scalars())


def alerts_closed_since(tx: Connection, moment: datetime) -> list[Alert]:
    """In the order in which they were raised; those merged into another are told there."""
    where = (alerts.c.state == AlertState.CLOSED, alerts.c.closed_at >= moment, alerts.c.merged_into_id.is_(None))
    return find_all(tx, Alert, alerts, *where, order_by=(alerts.c.id,))


def alerts_over(tx: Connection, check_in_id: int) -> list[Alert]:
    """Every alert raised by this report, those that were closed before it was alarmed anew too."""
    return find_all(tx, Alert, alerts, alerts.c.check_in_id == check_in_id, order_by=(alerts.c.id,))


def open_alert_of_incident(tx: Connection, incident_id: int) -> Alert | None:
    where = (alerts.c.incident_id == incident_id, alerts.c.state != AlertState.CLOSED)
    return next(iter(find_all(tx, Alert, alerts, *where, order_by=(alerts.c.id,))), None)


def notices_of(tx: Connection, alert_id: int) -> list[AlertNotice]:
    return find_all(
        tx, AlertNotice, alert_notices, alert_notices.c.alert_id == alert_id, order_by=(alert_notices.c.id,)
    )


def events_of(tx: Connection, alert_id: int) -> list[AlertEvent]:
    """The record of an alert, in the order of time."""
    order = (alert_events.c.at, alert_events.c.id)
    return find_all(tx, AlertEvent, alert_events, alert_events.c.alert_id == alert_id, order_by=order)


def note_event(
    tx: Connection,
    alert_id: int,
    what: Happened,
    *,
    at: datetime,
    person_id: int | None = None,
    step: int | None = None,
    note: str = "",
) -> None:
    keep(tx, alert_events, alert_id=alert_id, at=at, what=what, person_id=person_id, step=step, note=note[:200])


_DUE = Prepared(
    selection(Alert, alerts).where(alerts.c.next_at <= bindparam("now")).order_by(alerts.c.next_at, alerts.c.id)
)


def alerts_due(tx: Connection, now: datetime) -> list[Alert]:
    return [Alert(*row) for row in _DUE.all(tx, {"now": now})]


def open_alerts(tx: Connection) -> list[Alert]:
    """Those that somebody must still do something about, the latest last."""
    return find_all(tx, Alert, alerts, alerts.c.next_at.is_not(None), order_by=(alerts.c.id,))


def open_alerts_told_to(tx: Connection, person_id: int) -> list[Alert]:
    told = select(alert_notices.c.alert_id).where(alert_notices.c.person_id == person_id)
    where = (alerts.c.next_at.is_not(None), alerts.c.id.in_(told))
    return find_all(tx, Alert, alerts, *where, order_by=(alerts.c.id,))


def people_told(tx: Connection, alert_id: int, *, besides: Collection[int] = ()) -> list[int]:
    """Everybody who was told of it, each once."""
    told = select(alert_notices.c.person_id).where(alert_notices.c.alert_id == alert_id).distinct()
    return sorted(set(tx.execute(told).scalars()) - set(besides))
