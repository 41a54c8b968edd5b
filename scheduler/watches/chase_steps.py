"""Overdue steps of playbooks are chased, and runs whose time is over end."""

from __future__ import annotations

from handlers.playbooks import chase_steps
from scheduler.watch import Watch

WATCH = Watch(name="chase_steps", look=chase_steps)
