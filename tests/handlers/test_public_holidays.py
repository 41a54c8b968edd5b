"""The public holidays that a new installation starts from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handlers.days.public_holidays import public_holidays
from handlers.days.working_days import is_working_day, next_working_day, working_day_before


def exceptions(year: int) -> dict[date, str]:
    return {day.day: day.kind for day in public_holidays(year)}


@pytest.mark.parametrize(
    "free",
    [
        date(2026, 1, 1),
        date(2026, 1, 2),  # swapped
        *(date(2026, 2, 16) + timedelta(days=n) for n in range(5)),  # 29 Chạp to mùng 4
        date(2026, 4, 27),  # Giỗ Tổ on a Sunday
        date(2026, 4, 30),
        date(2026, 5, 1),
        date(2026, 8, 31),  # swapped
        date(2026, 9, 1),
        date(2026, 9, 2),
    ],
)
def test_nobody_works_on_the_free_days_of_2026(free: date) -> None:
    assert not is_working_day(free, exceptions(2026))


@pytest.mark.parametrize("worked", [date(2026, 1, 10), date(2026, 8, 22), date(2026, 2, 23), date(2026, 9, 3)])
def test_everybody_works_on_swapped_and_ordinary_days(worked: date) -> None:
    assert is_working_day(worked, exceptions(2026))


def test_the_days_of_2027_follow_the_moon_and_the_weekends() -> None:
    found = exceptions(2027)
    tet = [date(2027, 2, day) for day in range(5, 12)]  # five days, and two for the weekend among them
    assert all(not is_working_day(day, found) for day in tet)
    assert is_working_day(date(2027, 2, 12), found)
    assert not is_working_day(date(2027, 4, 16), found)  # 10/3 âm lịch
    assert not is_working_day(date(2027, 5, 3), found)  # 1/5 is a Saturday


def test_the_working_days_around_tet() -> None:
    found = exceptions(2026)
    assert next_working_day(date(2026, 2, 13), found) == date(2026, 2, 23)
    assert working_day_before(date(2026, 2, 23), found) == date(2026, 2, 13)
