"""Reminders set for an hour that has come."""

from __future__ import annotations

from handlers.timed_reminders import say_due
from scheduler.watch import Watch

WATCH = Watch(name="say_reminders", look=say_due)
