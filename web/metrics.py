"""Metrics, read from the tables when asked for: they are the truth, whatever process answers."""

from __future__ import annotations

from datetime import datetime

from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import Connection, func, select

from handlers.backups import last_backup_at
from handlers.telling.allowance import standings
from storage.inbox import count_parked, inbox
from storage.messages import Lane
from storage.outbox import OPEN, Outcome, parcels
from storage.records.alerts import AlertState, alerts
from storage.records.approvals import count_waiting
from storage.records.follow_ups import open_follow_ups
from storage.records.troubles import open_troubles


def gather_metrics(tx: Connection, now: datetime) -> bytes:
    """The Prometheus text of the moment."""
    registry = CollectorRegistry()
    _gather_parcels(tx, now, registry)
    _gather_input(tx, now, registry)
    _gather_allowances(tx, now, registry)
    _gather_waiting(tx, registry)
    if (made_at := last_backup_at(tx)) is not None:
        age = Gauge("trucban_backup_age_seconds", "Since the last nightly backup that went well", registry=registry)
        age.set((now - made_at).total_seconds())
    return generate_latest(registry)


def _gather_parcels(tx: Connection, now: datetime, registry: CollectorRegistry) -> None:
    """What waits to go out; nobody waits for what is uncertain to become older."""
    waiting = Gauge("trucban_parcels_open", "Parcels not settled yet", ["platform", "lane", "state"], registry=registry)
    oldest = Gauge("trucban_parcel_oldest_seconds", "Age of the oldest due parcel", ["platform"], registry=registry)
    kinds = (parcels.c.platform, parcels.c.lane, parcels.c.state)
    counted = select(*kinds, func.count(), func.min(parcels.c.due_at)).group_by(*kinds)
    ages: dict[str, float] = {}
    for platform, lane, state, count, due_at in tx.execute(
        counted.where(parcels.c.state.in_((*OPEN, Outcome.UNCERTAIN)))
    ):
        waiting.labels(platform, Lane.of_rank(lane), state).set(count)
        if state != Outcome.UNCERTAIN:
            ages[platform] = max(ages.get(platform, 0.0), (now - due_at).total_seconds())
    for platform, age in ages.items():
        oldest.labels(platform).set(age)


def _gather_input(tx: Connection, now: datetime, registry: CollectorRegistry) -> None:
    """What came in and could not be handled, and how long nothing has come."""
    Gauge("trucban_inbox_parked", "Updates that could not be handled", registry=registry).set(count_parked(tx))
    last: datetime | None = tx.execute(select(func.max(inbox.c.received_at))).scalar_one()
    if last is not None:
        age = max(0.0, (now - last).total_seconds())
        Gauge("trucban_input_age_seconds", "Time since anything came in", registry=registry).set(age)


def _gather_allowances(tx: Connection, now: datetime, registry: CollectorRegistry) -> None:
    """Of platforms that count messages by the month."""
    sent = Gauge("trucban_allowance_sent", "Messages sent this month", ["platform", "lane"], registry=registry)
    received = Gauge("trucban_allowance_received", "Messages received this month", ["platform"], registry=registry)
    left = Gauge("trucban_allowance_left", "Messages left this month", ["platform"], registry=registry)
    forecast = Gauge("trucban_allowance_forecast", "Messages used by the month's end", ["platform"], registry=registry)
    for stands in standings(tx, now):
        for lane, messages in stands.traffic.by_lane.items():
            sent.labels(stands.platform, lane).set(messages)
        received.labels(stands.platform).set(stands.traffic.received)
        left.labels(stands.platform).set(stands.left)
        if stands.forecast is not None:
            forecast.labels(stands.platform).set(stands.forecast)


def _gather_waiting(tx: Connection, registry: CollectorRegistry) -> None:
    """Alerts, troubles, decisions and people that wait for somebody."""
    not_taken = select(func.count()).select_from(alerts).where(alerts.c.state == AlertState.OPEN)
    told = {
        "trucban_alerts_open": ("Alerts nobody has taken", tx.execute(not_taken).scalar_one()),
        "trucban_approvals_waiting": ("Requests for leave that nobody has decided", count_waiting(tx)),
        "trucban_follow_ups_open": ("People whose health is asked for every day", len(open_follow_ups(tx))),
    }
    for name, (what, count) in told.items():
        Gauge(name, what, registry=registry).set(count)
    broken = Gauge("trucban_troubles_open", "Troubles of the house itself", ["name"], registry=registry)
    for trouble in open_troubles(tx):
        broken.labels(trouble.name).set(1)
