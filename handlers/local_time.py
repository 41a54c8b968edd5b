"""Moments as the office sees them: Asia/Ho_Chi_Minh, always seven hours ahead of UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
ONE_DAY = timedelta(days=1)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def local(moment: datetime) -> datetime:
    return moment.astimezone(VIETNAM)


@lru_cache(maxsize=256)  # of one message it is asked eight times
def local_day(moment: datetime) -> date:
    return local(moment).date()


def at(day: date, clock_time: str) -> datetime:
    """The moment of "16:30" on that day."""
    return datetime.combine(day, time.fromisoformat(clock_time), tzinfo=VIETNAM)


def clock_time(moment: datetime) -> str:
    return local(moment).strftime("%H:%M")


def short_day(day: date) -> str:
    return day.strftime("%d/%m")


def full_day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def short_moment(moment: datetime) -> str:
    """ "16:30 ngày 23/11"."""
    return f"{clock_time(moment)} ngày {short_day(local_day(moment))}"


def full_moment(moment: datetime) -> str:
    """ "16:30 ngày 23/11/2026"."""
    return f"{clock_time(moment)} ngày {full_day(local_day(moment))}"
