"""Approvals that wait for somebody: he is reminded, a stand-in follows, a day that comes undecided is told."""

from __future__ import annotations

from handlers.approvals import remind_due
from scheduler.watch import Watch

WATCH = Watch(name="remind_approvers", look=remind_due)
