"""The public holidays of a year: Labour Code 2019, article 112, and the swaps that the government announced.

The days of Tết and of 2 September are announced anew each year: what stands here is where the office starts from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from handlers.days.working_days import SATURDAY
from handlers.local_time import ONE_DAY
from storage.records.schedules import CalendarDay, DayKind

ANNOUNCED = (
    CalendarDay(date(2026, 1, 2), DayKind.HOLIDAY, "Nghỉ Tết Dương lịch (hoán đổi)"),
    CalendarDay(date(2026, 1, 10), DayKind.WORKING, "Làm bù ngày 02/01"),
    CalendarDay(date(2026, 8, 31), DayKind.HOLIDAY, "Nghỉ Quốc khánh (hoán đổi)"),
    CalendarDay(date(2026, 8, 22), DayKind.WORKING, "Làm bù ngày 31/8"),
)
"""Swapped days of notices in force."""

SECOND_DAY_OF_2_SEPTEMBER = {2026: date(2026, 9, 1), 2027: date(2027, 9, 3)}


def public_holidays(year: int) -> list[CalendarDay]:
    """The statutory days, a free day for each that falls on a weekend, and the announced swaps; in order."""
    statutory = dict(_statutory(year))
    found = {day: CalendarDay(day, DayKind.HOLIDAY, note) for day, note in statutory.items()}
    for day, note in statutory.items():
        if day.weekday() >= SATURDAY:
            free = _next_free(day, found)
            found[free] = CalendarDay(free, DayKind.HOLIDAY, f"Nghỉ bù {note}")
    found |= {each.day: each for each in ANNOUNCED if each.day.year == year}
    return [found[day] for day in sorted(found)]


def _statutory(year: int) -> Iterator[tuple[date, str]]:
    yield date(year, 1, 1), "Tết Dương lịch"
    tet = from_lunar(day=1, month=1, year=year)
    for offset in range(-1, 4):
        yield tet + offset * ONE_DAY, "Tết Nguyên đán"
    yield from_lunar(day=10, month=3, year=year), "Giỗ Tổ Hùng Vương"
    yield date(year, 4, 30), "Ngày Chiến thắng"
    yield date(year, 5, 1), "Ngày Quốc tế lao động"
    yield date(year, 9, 2), "Quốc khánh"
    yield SECOND_DAY_OF_2_SEPTEMBER.get(year, date(year, 9, 1)), "Quốc khánh"


def _next_free(day: date, taken: dict[date, CalendarDay]) -> date:
    day += ONE_DAY
    while day.weekday() >= SATURDAY or day in taken:
        day += ONE_DAY
    return day


def from_lunar(*, day: int, month: int, year: int) -> date:
    from lunar_vn import LunarDate, lunar_to_solar

    return lunar_to_solar(LunarDate(day, month, year))
