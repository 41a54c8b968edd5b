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

LANES = {lane.rank: str(lane) for lane in Lane}


def gather_metrics(tx: Connection, now: datetime) -> bytes:
    """The Prometheus text of the moment."""
    registry = CollectorRegistry()
    waiting = Gauge("trucban_parcels_open", "Parcels not settled yet", ["platform", "lane", "state"], registry=registry)
    counted = select(parcels.c.platform, parcels.c.lane, parcels.c.state, func.count(), func.min(parcels.c.due_at))
    where = parcels.c.state.in_((*OPEN, Outcome.UNCERTAIN))
    oldest = Gauge("trucban_parcel_oldest_seconds", "Age of the oldest due parcel", ["platform"], registry=registry)
    for platform, lane, state, count, due_at in tx.execute(
        counted.where(where).group_by(parcels.c.platform, parcels.c.lane, parcels.c.state)
    ):
        waiting.labels(platform, LANES[lane], state).set(count)
        if state != Outcome.UNCERTAIN:
            age = max(0.0, (now - due_at).total_seconds())
            oldest.labels(platform).set(max(age, oldest.labels(platform)._value.get()))  # noqa: SLF001 - no public way to read
    parked = Gauge("trucban_inbox_parked", "Updates that could not be handled", registry=registry)
    parked.set(count_parked(tx))
    _gather_allowances(tx, now, registry)
    open_alerts = Gauge("trucban_alerts_open", "Alerts nobody has taken", registry=registry)
    open_alerts.set(
        tx.execute(select(func.count()).select_from(alerts).where(alerts.c.state == AlertState.OPEN)).scalar_one()
    )
    if (made_at := last_backup_at(tx)) is not None:
        age = Gauge("trucban_backup_age_seconds", "Since the last nightly backup that went well", registry=registry)
        age.set((now - made_at).total_seconds())
    _count_waiting(tx, registry, now)
    return generate_latest(registry)


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


def _count_waiting(tx: Connection, registry: CollectorRegistry, now: datetime) -> None:
    """Troubles, decisions and people that wait for somebody, and how long nothing has come in."""
    broken = Gauge("trucban_troubles_open", "Troubles of the house itself", ["name"], registry=registry)
    for trouble in open_troubles(tx):
        broken.labels(trouble.name).set(1)
    Gauge("trucban_approvals_waiting", "Requests for leave that nobody has decided", registry=registry).set(
        count_waiting(tx)
    )
    Gauge("trucban_follow_ups_open", "People whose health is asked for every day", registry=registry).set(
        len(open_follow_ups(tx))
    )
    last: datetime | None = tx.execute(select(func.max(inbox.c.received_at))).scalar_one()
    if last is not None:
        age = max(0.0, (now - last).total_seconds())
        Gauge("trucban_input_age_seconds", "Time since anything came in", registry=registry).set(age)
