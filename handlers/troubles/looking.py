"""What the tables tell of our own troubles: no input, messages that do not leave, refusals, parked updates."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from handlers.days.working_days import is_working_day, working_day_before
from handlers.directives.working_hours import SPANS
from handlers.local_time import at, clock_time, local_day, short_moment
from handlers.troubles.limits import TroubleLimits
from handlers.wording import platform_name
from storage.inbox import count_parked, inbox
from storage.messages import Lane
from storage.outbox import IS_OPEN, Outcome, parcels
from storage.records.schedules import exceptional_days

URGENT = (Lane.ALERT.rank, Lane.ANSWER.rank)
LATELY = timedelta(minutes=15)
DAYS_COMPARED = 5
LEAST_DAYS = 3
"""So many working days must be known before silence can be called unusual."""


def troubles_in_tables(tx: Connection, limits: TroubleLimits, now: datetime) -> dict[str, str]:
    """Name → what is wrong, in a sentence that also says what to do."""
    found = {**_stuck(tx, limits, now), **_refused(tx, limits, now)}
    if limits.parked and (count := count_parked(tx)) >= limits.parked:
        found["parked"] = f"{count} tin tới chưa xử lý được đang chờ. Xem bằng lệnh /tinloi."
    if (silence := _silence(tx, limits, now)) is not None:
        found["silence"] = silence
    return found


def _stuck(tx: Connection, limits: TroubleLimits, now: datetime) -> dict[str, str]:
    """Alerts and answers that have not left, by platform."""
    if not limits.stuck:
        return {}
    waiting = (
        select(parcels.c.platform, func.count())
        .where(IS_OPEN, parcels.c.lane.in_(URGENT), ~parcels.c.is_board)
        .where(parcels.c.put_at < now - limits.stuck)
        .group_by(parcels.c.platform)
    )
    return {
        f"stuck/{platform}": f"{count} tin khẩn hoặc trả lời trên {platform_name(platform)} chưa gửi đi được. Xin kiểm tra mạng và nền tảng."
        for platform, count in tx.execute(waiting)
    }


def _refused(tx: Connection, limits: TroubleLimits, now: datetime) -> dict[str, str]:
    if not limits.refused:
        return {}
    lately = (parcels.c.state == Outcome.FAILED, parcels.c.settled_at >= now - LATELY)
    failed = Counter(tx.execute(select(parcels.c.platform).where(*lately)).scalars())
    return {
        f"refused/{platform}": f"15 phút qua {platform_name(platform)} từ chối {count} tin. Xin xem nhật ký dòng not_delivered."
        for platform, count in failed.items()
        if count >= limits.refused
    }


def _silence(tx: Connection, limits: TroubleLimits, now: datetime) -> str | None:
    """Nothing came for long working time, while on the days before something always did in this stretch of the day."""
    exceptions = exceptional_days(tx)
    today = local_day(now)
    if not limits.silent or not is_working_day(today, exceptions) or not _in_hours(now):
        return None
    last: datetime | None = tx.execute(select(func.max(inbox.c.received_at))).scalar_one()
    if last is None:
        return None
    since = max(last, at(today, SPANS[0][0]))
    if _working_time(since, now) < limits.silent:
        return None
    days: list[date] = [today]
    while len(days) <= DAYS_COMPARED:
        days.append(working_day_before(days[-1], exceptions))
    came = [_came(tx, since - (today - day), now - (today - day)) for day in days[1:] if _came_on(tx, day)]
    if len(came) < LEAST_DAYS or not all(came):
        return None
    when = clock_time(last) if local_day(last) == today else short_moment(last)
    return f"Từ {when} không có tin nào tới, dù giờ này các ngày trước luôn có. Xin kiểm tra nền tảng, webhook và mã truy cập."


def _came(tx: Connection, since: datetime, until: datetime) -> bool:
    where = (inbox.c.received_at > since, inbox.c.received_at <= until)
    return tx.execute(select(inbox.c.key).where(*where).limit(1)).first() is not None


def _came_on(tx: Connection, day: date) -> bool:
    return _came(tx, at(day, "00:00"), at(day, "23:59"))


def _in_hours(now: datetime) -> bool:
    return any(at(local_day(now), begins) <= now < at(local_day(now), ends) for begins, ends in SPANS)


def _working_time(since: datetime, until: datetime) -> timedelta:
    """Of one day: how much of its working hours lies between the two."""
    day = local_day(until)
    parts = (min(until, at(day, ends)) - max(since, at(day, begins)) for begins, ends in SPANS)
    return sum((max(part, timedelta(0)) for part in parts), timedelta(0))
