"""Days and hours written otherwise; only days that the labels have, so that a count like 5/6 is left alone."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial

from tests.understanding.dresses.dress import Dress, Row, like, of_text, one_liner

NUMBERED = re.compile(
    r"(?<![\d/.,\-–:+])(?P<ngay>ngày\s+)?(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/\-–:.]|\s*[-–])(?!,\d)",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"(?P<tu>từ\s+)?(?<![\d/.,])(?P<first>\d{1,2})\s?[-–]\s?(?P<last>\d{1,2})/(?P<month>\d{1,2})(?![\d/])",
    re.IGNORECASE,
)
SLOTS = ("depart", "return", "date", "until", "onset")
HALF = re.compile(r"(?<![\d:])(\d{1,2})(?:h|:| giờ )30(?!\d)(?!\s?p)")
HOUR = re.compile(r"(?<![\d:,.])(\d{1,2})(?:h|g)([0-5]\d)(?!\d)")
FULL = re.compile(r"(?<![\d:,./])(\d{1,2})h(?![\w\d/])")
COLON = re.compile(r"(?<![\d:/])([012]?\d):([0-5]\d)(?![\d:])")


def days_of(row: Row) -> set[date]:
    told = [
        value
        for each in row["reports"]
        for name in SLOTS
        for value in (each.get(name), *each.get("alt", {}).get(name, ()))
        if value
    ]
    return {date.fromisoformat(value) for value in told}


def each_day(write: Callable[[re.Match[str], date], str], row: Row) -> Row | None:
    by_number = {(day.day, day.month): day for day in days_of(row)}
    counted = {
        (each["values"].get("present"), each["values"].get("total")) for each in row["reports"] if each.get("values")
    }

    def change(found: re.Match[str]) -> str:
        numbers = int(found["day"]), int(found["month"])
        day = by_number.get(numbers)
        return found[0] if day is None or numbers in counted else like(row["text"], write(found, day))

    text = NUMBERED.sub(change, row["text"])
    return None if text == row["text"] else {**row, "text": text}


def with_mark(mark: str, found: re.Match[str], _day: date) -> str:
    return f"{found['ngay'] or ''}{found['day']}{mark}{found['month']}"


def in_full(found: re.Match[str], day: date) -> str:
    return f"{found['ngay'] or ''}{day:%d/%m/%Y}"


def short_year(found: re.Match[str], day: date) -> str:
    return f"{found['ngay'] or ''}{day.day}/{day.month}/{day:%y}"


def worded(found: re.Match[str], _day: date) -> str:
    return f"{found['ngay'] or 'ngày '}{int(found['day'])} tháng {int(found['month'])}"


def hasty(found: re.Match[str], _day: date) -> str:
    return f"{found['ngay'] or ''}{int(found['day'])} tháng {int(found['month'])}"


def led_by_day(found: re.Match[str], _day: date) -> str:
    return found[0] if found["ngay"] else f"ngày {found[0]}"


def with_noughts(found: re.Match[str], day: date) -> str:
    return f"{found['ngay'] or ''}{day:%d/%m}"


def without_noughts(found: re.Match[str], day: date) -> str:
    return f"{found['ngay'] or ''}{day.day}/{day.month}"


def ranged(shape: str, row: Row) -> Row | None:
    """ "15-17/6" told in other ways, when both days are in the labels."""
    known = {(day.day, day.month) for day in days_of(row)}

    def change(found: re.Match[str]) -> str:
        month = int(found["month"])
        if not {(int(found["first"]), month), (int(found["last"]), month)} <= known:
            return found[0]
        return like(row["text"], shape.format(**found.groupdict()))

    text = RANGE.sub(change, row["text"])
    return None if text == row["text"] else {**row, "text": text}


DRESSES = (
    *(Dress(f"15/6 → {name}", partial(each_day, write)) for name, write in (
        ("15-6", partial(with_mark, "-")), ("15.6", partial(with_mark, ".")), ("15/06/2026", in_full), ("15/6/26", short_year),
        ("ngày 15 tháng 6", worded), ("15 tháng 6", hasty), ("ngày 15/6", led_by_day), ("05/06", with_noughts), ("5/6", without_noughts),
    )),
    *(Dress(f"15-17/6 → {name}", partial(ranged, shape)) for name, shape in (
        ("từ 15/6 đến 17/6", "từ {first}/{month} đến {last}/{month}"), ("15/6-17/6", "{first}/{month}-{last}/{month}"),
        ("15 đến 17/6", "{first} đến {last}/{month}"), ("15/6 tới hết 17/6", "{first}/{month} tới hết {last}/{month}"),
        ("15 - 17/6", "{first} - {last}/{month}"), ("ngày 15 đến ngày 17 tháng 6", "ngày {first} đến ngày {last} tháng {month}"),
    )),
    of_text("7h30 → 7:30", lambda text: HOUR.sub(r"\1:\2", text)),
    of_text("7h30 → 7 giờ 30", lambda text: HOUR.sub(r"\1 giờ \2", text)),
    of_text("7h30 → 7g30", lambda text: HOUR.sub(r"\1g\2", text)),
    of_text("7h30 → 7h 30", lambda text: HOUR.sub(r"\1h \2", text)),
    of_text("7h30 → 7 rưỡi", lambda text: HALF.sub(r"\1 rưỡi", text), one_liner),
    of_text("7:30 → 7h30", lambda text: COLON.sub(r"\1h\2", text)),
    of_text("7h → 7 giờ", lambda text: FULL.sub(r"\1 giờ", text)),
    of_text("7h → 7g", lambda text: FULL.sub(r"\1g", text)),
)  # fmt: skip
