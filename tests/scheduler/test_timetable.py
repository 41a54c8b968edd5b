"""The timetable: which ticks are due, in which order, and which came too late."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.local_time import VIETNAM, at
from scheduler.timetable import due_ticks, falls_on
from storage.records.schedules import DayKind, Schedule

MONDAY = date(2026, 11, 23)
LONG_AGO = at(date(2026, 1, 1), "00:00")


def a_schedule(schedule_id: int = 1, when: str = "16:00", days: str = "working", grace: int = 60) -> Schedule:
    return Schedule(
        id=schedule_id, name=f"s{schedule_id}", job="j", arguments={}, at=when, days=days, grace_minutes=grace,
        since=LONG_AGO,
    )  # fmt: skip


def moments(*schedules: Schedule, since: datetime, now: datetime, **kwargs: object) -> list[tuple[int, str]]:
    ticks = due_ticks(
        schedules, kwargs.get("ticked", ()), since=since, now=now, exceptions=kwargs.get("exceptions", {})
    )  # type: ignore[arg-type]
    return [(tick.schedule.id, tick.due_at.strftime("%d %H:%M")) for tick in ticks]


def test_ticks_come_in_the_order_of_time_and_within_a_minute_of_their_rows() -> None:
    rows = (a_schedule(3, "16:30"), a_schedule(1, "16:00"), a_schedule(2, "16:30"))
    found = moments(*rows, since=at(MONDAY, "08:00"), now=at(MONDAY, "17:00"))
    assert found == [(1, "23 16:00"), (2, "23 16:30"), (3, "23 16:30")]


def test_a_tick_is_due_in_its_very_minute_and_not_before() -> None:
    row = a_schedule()
    assert moments(row, since=at(MONDAY, "08:00"), now=at(MONDAY, "16:00") - timedelta(seconds=1)) == []
    assert moments(row, since=at(MONDAY, "08:00"), now=at(MONDAY, "16:00")) == [(1, "23 16:00")]


def test_a_claimed_tick_is_not_due_again() -> None:
    ticked = {(1, at(MONDAY, "16:00"))}
    assert moments(a_schedule(), since=at(MONDAY, "08:00"), now=at(MONDAY, "17:00"), ticked=ticked) == []


def test_a_row_owes_nothing_from_before_it_stood_there() -> None:
    row = Schedule(1, "s", "j", {}, "16:00", "working", 60, at(MONDAY, "16:05"))
    assert moments(row, since=LONG_AGO, now=at(MONDAY, "18:00")) == []


def test_weekends_and_holidays_have_no_working_ticks_and_swapped_days_do() -> None:
    saturday, tuesday = date(2026, 11, 28), date(2026, 11, 24)
    exceptions = {tuesday: DayKind.HOLIDAY, saturday: DayKind.WORKING}
    found = moments(a_schedule(), since=at(MONDAY, "00:00"), now=at(date(2026, 11, 30), "00:00"), exceptions=exceptions)
    assert found == [(1, f"{day} 16:00") for day in (23, 25, 26, 27, 28)]


def test_what_is_older_than_its_grace_is_missed() -> None:
    ticks = due_ticks(
        [a_schedule(grace=30)],
        (),
        since=at(MONDAY, "08:00") - timedelta(days=3),
        now=at(MONDAY, "16:30"),
        exceptions={},
    )
    assert [(tick.day, tick.is_missed) for tick in ticks] == [(date(2026, 11, 20), True), (MONDAY, False)]


@pytest.mark.parametrize(
    ("days", "day", "falls"),
    [
        ("working", date(2026, 11, 27), True),
        ("working", date(2026, 11, 28), False),
        ("daily", date(2026, 11, 28), True),
        ("mon, thu", date(2026, 11, 23), True),
        ("mon, thu", date(2026, 11, 24), False),
        ("sat", date(2026, 11, 28), True),
    ],
)
def test_the_days_of_a_row(days: str, day: date, falls: bool) -> None:
    assert falls_on(days, day, {}) is falls


minutes = st.integers(0, 3 * 24 * 60)


@given(looks=st.lists(minutes, min_size=1, max_size=12), times=st.lists(st.integers(0, 23), min_size=1, max_size=3))
def test_however_often_one_looks_every_tick_is_found_once(looks: list[int], times: list[int]) -> None:
    """Looks at any moments, each going on where the one before ended, find what one single look finds."""
    start = datetime(2026, 11, 23, tzinfo=VIETNAM)
    rows = [a_schedule(n, f"{hour:02}:00", "daily", 10_000) for n, hour in enumerate(times)]
    found: list[tuple[int, datetime]] = []
    since = start
    for minute in sorted(looks):
        now = start + timedelta(minutes=minute)
        found += [(tick.schedule.id, tick.due_at) for tick in due_ticks(rows, (), since=since, now=now, exceptions={})]
        since = now
    at_once = due_ticks(rows, (), since=start, now=since, exceptions={})
    assert sorted(found) == sorted((tick.schedule.id, tick.due_at) for tick in at_once)
    assert len(found) == len(set(found))
