"""Alerts: leaders must know now; and each telling of one person, until somebody has taken it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from storage.record import Moment, find_all, find_one, identity, metadata


class AlertState(StrEnum):
    OPEN = "open"  # nobody has taken it: it climbs
    TAKEN = "taken"  # somebody works on it: he is reminded until it is closed
    CLOSED = "closed"


alerts = Table(
    "alerts",
    metadata,
    identity(),
    Column("rule", String(60), nullable=False),  # which rule raised it
    Column("subject", Text, nullable=False),  # one line, for those entitled
    Column("check_in_id", ForeignKey("check_ins.id"), unique=True),  # one event, one alert
    Column("unit_id", ForeignKey("units.id"), nullable=False),
    Column("state", String(10), nullable=False, default=AlertState.OPEN),
    Column("step", Integer, nullable=False, default=0),  # how far up the chain it has climbed
    Column("next_at", Moment()),  # when it climbs or reminds next; none: it rests
    Column("raised_at", Moment(), nullable=False),
    Column("taken_by", ForeignKey("people.id")),
    Column("taken_at", Moment()),
    Column("closed_by", ForeignKey("people.id")),
    Column("closed_at", Moment()),
    Index("ix_alerts_next", "next_at"),
)

alert_notices = Table(
    "alert_notices",
    metadata,
    identity(),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False),
    Column("person_id", ForeignKey("people.id"), nullable=False),
    Column("step", Integer, nullable=False),
    Column("told_at", Moment(), nullable=False),
    Column("answer", String(12)),  # taken, declined
    Column("answered_at", Moment()),
    UniqueConstraint("alert_id", "person_id", "step"),
)


@dataclass(frozen=True, slots=True)
class Alert:
    id: int
    rule: str
    subject: str
    check_in_id: int | None
    unit_id: int
    state: str
    step: int
    next_at: datetime | None
    raised_at: datetime
    taken_by: int | None
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertNotice:
    id: int
    alert_id: int
    person_id: int
    step: int
    told_at: datetime
    answer: str | None


def find_alert(tx: Connection, alert_id: int) -> Alert | None:
    return find_one(tx, Alert, alerts, id=alert_id)


def notices_of(tx: Connection, alert_id: int) -> list[AlertNotice]:
    return find_all(
        tx, AlertNotice, alert_notices, alert_notices.c.alert_id == alert_id, order_by=(alert_notices.c.id,)
    )


def alerts_due(tx: Connection, now: datetime) -> list[Alert]:
    return find_all(tx, Alert, alerts, alerts.c.next_at <= now, order_by=(alerts.c.next_at, alerts.c.id))
