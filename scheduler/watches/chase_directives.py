"""Directives that not everybody has acknowledged: those who have not are reminded when their time comes."""

from __future__ import annotations

from handlers.directives.chasing import chase_due
from scheduler.watch import Watch

WATCH = Watch(name="chase_directives", look=chase_due)
