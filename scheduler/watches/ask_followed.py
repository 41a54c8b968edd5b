"""People under watch: asked every day at the office's hour, reminded, and told of where they are silent."""

from __future__ import annotations

from handlers.follow_ups import look_after
from scheduler.watch import Watch

WATCH = Watch(name="ask_followed", look=look_after)
