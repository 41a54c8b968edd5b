"""The calendar rows of jobs that go with the rounds: one for every time at which some kind opens, reminds or is due."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from handlers.check_in import RoundPlan
from handlers.kinds import asked_kinds
from scheduler.job import Row


def rows_of_rounds(
    time_of: Callable[[RoundPlan], str], *, grace_minutes: int
) -> Callable[[Connection], tuple[Row, ...]]:
    """`time_of` picks one of a plan's local times, "16:30"."""

    def rows(tx: Connection) -> tuple[Row, ...]:
        times = sorted({time_of(kind.plan) for kind in asked_kinds(tx) if kind.plan is not None})
        return tuple(Row(time, "working", grace_minutes) for time in times)

    return rows
