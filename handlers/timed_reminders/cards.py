"""How a reminder that waits is told, and the buttons below it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from handlers.local_time import WEEKDAYS, local_day, short_day, short_moment
from handlers.telling import Buttons
from handlers.timed_reminders.rhythm import Every, Rhythm
from storage.messages import Button
from storage.records.timed_reminders import TimedReminder

TOPIC = "remind"
EARLIER = timedelta(minutes=30)
HOURS = ("14:00", "16:00")
"""Offered where no hour was named."""


def line_of(kept: TimedReminder) -> str:
    """ "16:00 thứ Sáu hằng tuần, nhắc Phòng KT: “nộp báo cáo”"."""
    when = Rhythm.from_json(kept.rhythm).told() if kept.rhythm else short_moment(kept.due_at)
    return f"{when}, nhắc {kept.called}: “{kept.text}”"


def next_time(kept: TimedReminder) -> str:
    return f"{WEEKDAYS[local_day(kept.due_at).weekday()]} {short_day(local_day(kept.due_at))}"


def when_next(kept: TimedReminder) -> str:
    """When it comes for the first time, and what days off do to it; empty for what is said once."""
    if kept.rhythm is None:
        return ""
    rhythm = Rhythm.from_json(kept.rhythm)
    rests = (
        "" if not rhythm.rests or rhythm.every is Every.DAY else " Gặp ngày nghỉ thì nhắc vào ngày làm việc liền trước."
    )
    return f"\nLần tới: {next_time(kept)}.{rests}"


def buttons_of(kept: TimedReminder, now: datetime) -> Buttons:
    early = (Button("Sớm hơn 30 phút", f"{TOPIC}:early:{kept.id}"),) if half_an_hour_earlier(kept, now) else ()
    return ((*early, Button("Bỏ", f"{TOPIC}:drop:{kept.id}")),)


def hour_buttons(kept: TimedReminder) -> Buttons:
    hours = (Button(f"Đổi sang {hour}", f"{TOPIC}:at:{kept.id}:{hour.replace(':', '')}") for hour in HOURS)
    return ((*hours, Button("Bỏ", f"{TOPIC}:drop:{kept.id}")),)


def half_an_hour_earlier(kept: TimedReminder, now: datetime) -> datetime | None:
    """None where that is past, or, of what comes again, the day before."""
    found = kept.due_at - EARLIER
    is_same_day = kept.rhythm is None or local_day(found) == local_day(kept.due_at)
    return found if found > now and is_same_day else None


def with_hour(
    kept: TimedReminder, hour: time, now: datetime, exceptions: Mapping[date, str]
) -> dict[str, object] | None:
    """The values that change when what comes again is said at another hour."""
    if kept.rhythm is None:
        return None
    rhythm = Rhythm.from_json({**kept.rhythm, "at": hour.isoformat("minutes")})
    found = rhythm.next_after(now, exceptions)
    return None if found is None else {"due_at": found, "rhythm": rhythm.as_json()}
