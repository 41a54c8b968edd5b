"""Platforms that let us write only for some days: who is about to fall out of reach is reminded, who has is known."""

from __future__ import annotations

from handlers.membership.keeping_in_touch import look_after_windows
from scheduler.watch import Watch

WATCH = Watch(name="keep_in_touch", look=look_after_windows)
