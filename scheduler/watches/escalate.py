"""Alerts that nobody has taken climb; those taken are reminded of until they are closed; more reports are told together."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.alerts import escalate_due, tell_news, try_other_ways
from scheduler.watch import Watch


def look(tx: Connection, now: datetime) -> None:
    escalate_due(tx, now)
    try_other_ways(tx, now)
    tell_news(tx, now)


WATCH = Watch(name="escalate", look=look)
