"""The clock of a run: when a step is due and chased, when a run ends by itself. All of it comes to an end."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.playbooks.definition import Step

CHASES = (timedelta(), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
"""After the due time; then it is left to whoever leads the run."""
DRILL_CHASES = (timedelta(), timedelta(minutes=10))
DRILL_STEP = timedelta(minutes=15)  # a drill asks who answers, not who has disinfected
DRILL_LASTS = timedelta(hours=1)
ENDS_AFTER = timedelta(days=1)  # when everything was due and nobody closed it


def due_after(step: Step, *, is_drill: bool) -> timedelta:
    wanted = timedelta(minutes=step.minutes)
    return min(wanted, DRILL_STEP) if is_drill else wanted


def next_chase(due_at: datetime, chases: int, *, is_drill: bool) -> datetime | None:
    """When it is chased for the (chases + 1)th time; none: it was chased often enough."""
    waits = DRILL_CHASES if is_drill else CHASES
    return due_at + waits[chases] if chases < len(waits) else None


def ends_by(steps: list[tuple[int, Step]], started_at: datetime, *, is_drill: bool) -> datetime:
    """No run is open for ever: a step waits at most until the one before it was due."""
    if is_drill:
        return started_at + DRILL_LASTS
    latest: dict[int, int] = {}
    for number, step in steps:
        latest[number] = step.minutes + latest.get(step.after or 0, 0)
    return started_at + timedelta(minutes=max(latest.values(), default=0)) + ENDS_AFTER
