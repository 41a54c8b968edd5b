"""The whole calendar moved by some weeks: days told by their distance or weekday move along."""

import re
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from tests.understanding.dresses.dress import Dress, Row

FIXED = re.compile(
    r"\d\s*[/.-]\s*\d|\b(?:ngày|mùng|mồng|mung|hôm|rằm|tháng|thang|tết|tet|lễ|năm|noel|quốc khánh|cuối|đầu|giữa|tới|đến|den|toi|từ|tu|âm|al|\d{2,})\s*\d|\b(?:rằm|tết|tet|lễ|noel|quốc khánh|giỗ|tháng|thang|t\d+ này|đầu năm|cuối năm|giữa|hè|giáng sinh)\b"
    r"|\b(?:mùng|mồng|mung|ngày|ngay) (?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|hăm|mot)|\d+(?:st|nd|rd|th)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
SLOTS = ("depart", "return", "date", "until", "onset")


def moved(weeks: int, row: Row) -> Row | None:
    """Only where no day is fixed by its number, its month or a feast."""
    if FIXED.search(row["text"]) or not row["reports"] or _numbers_a_day(row):
        return None
    away = timedelta(weeks=weeks)
    sent = datetime.fromisoformat(row["reference_datetime"]) + away
    return {**row, "reference_datetime": sent.isoformat(), "reports": [_report(each, away) for each in row["reports"]]}


def _numbers_a_day(row: Row) -> bool:
    """A figure that is the day of the month of one of its dates: "25 mới về"."""
    days = {date.fromisoformat(each[name]).day for each in row["reports"] for name in SLOTS if each.get(name)}
    return bool(days & {int(found) for found in re.findall(r"\d{1,2}", row["text"])})


def _report(report: dict[str, Any], away: timedelta) -> dict[str, Any]:
    told = {name: _day(value, away) if name in SLOTS else value for name, value in report.items()}
    if "alt" in report:
        told["alt"] = {
            name: [_day(value, away) for value in values] if name in SLOTS else values
            for name, values in report["alt"].items()
        }
    return told


def _day(value: str | None, away: timedelta) -> str | None:
    return value and (date.fromisoformat(value) + away).isoformat()


DRESSES = tuple(Dress(f"lịch dời {weeks} tuần", partial(moved, weeks)) for weeks in (-31, -2, 1, 5, 17, 26, 60))
