"""Alerts that nobody has taken climb; those taken are reminded of until they are closed."""

from __future__ import annotations

from handlers.alerts import escalate_due
from scheduler.job import Watch

WATCH = Watch(name="escalate", look=escalate_due)
