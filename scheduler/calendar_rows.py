"""The calendar rows: what the jobs ask for, and the public holidays."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from handlers.days.calendar import seed_calendar
from handlers.family import gather
from scheduler import jobs, watches
from scheduler.job import Job
from scheduler.watch import Watch
from storage.records.kinds import defined_last
from storage.records.schedules import keep_schedule, schedule_names


@cache
def every_job() -> dict[str, Job]:
    return {job.name: job for job in sorted(gather(jobs, "JOB"), key=lambda job: job.order)}


@cache
def every_watch() -> tuple[Watch, ...]:
    return tuple(gather(watches, "WATCH"))


def seed_schedules(tx: Connection, now: datetime) -> None:
    """What a new installation starts with. What is there stays as it is."""
    _add_rows(tx, since=now)
    seed_calendar(tx, now)


def add_rows(tx: Connection, now: datetime) -> None:
    """Rows for the times of kinds that the office has defined since we started."""
    _add_rows(tx, since=defined_last(tx) or now)


def lacks_rows(tx: Connection, _now: datetime) -> bool:
    """Is there a job without one of its rows: a kind of the office's own with a time of its own?"""
    wanted = {f"{job.name}@{row.at}" for job in every_job().values() for row in job.rows(tx)}
    return not wanted <= schedule_names(tx)


def _add_rows(tx: Connection, *, since: datetime) -> None:
    """Add the rows that are missing; their order is the order within one minute."""
    for job in every_job().values():
        for row in job.rows(tx):
            keep_schedule(
                tx,
                name=f"{job.name}@{row.at}",
                job=job.name,
                at=row.at,
                days=row.days,
                grace_minutes=row.grace_minutes,
                since=since,
            )
