"""Outward duties of incidents that nobody has settled: spoken of before they are due, when they are, and after."""

from __future__ import annotations

from handlers.incidents import chase_duties
from scheduler.watch import Watch

WATCH = Watch(name="chase_duties", look=chase_duties)
