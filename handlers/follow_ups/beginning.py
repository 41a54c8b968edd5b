"""Beginning and ending a follow-up; the person is told why, how long and who reads it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from handlers.check_in import Watched
from handlers.follow_ups.rules import rules
from handlers.follow_ups.wording import why
from handlers.local_time import ONE_DAY, at, full_day, local_day, short_day
from handlers.telling import tell_person
from handlers.wording import bold
from storage.messages import Lane
from storage.record import add, require
from storage.records import audit
from storage.records.follow_ups import (
    Ending,
    FollowUp,
    Stage,
    change_follow_up,
    end_follow_up,
    find_follow_up,
    follow_ups,
    open_follow_up_of,
)

LONGEST = 60  # days
LATEST = "20:00"  # nobody is asked later than this on a day


def begin(
    tx: Connection,
    *,
    person_id: int,
    unit_id: int,
    reason: Watched,
    now: datetime,
    days: int | None = None,
    first_day: date | None = None,
    exposure_level: int | None = None,
    check_in_id: int | None = None,
    by: int | None = None,
) -> FollowUp:
    """Follow this person from `first_day` (today, or tomorrow where it is late); one who is followed is followed longer.

    `days`: as many as the office's rules say, unless somebody names them.
    """
    wanted = min(days or rules(tx).days, LONGEST)
    first = first_day or _first_day(tx, now)
    last = first + (wanted - 1) * ONE_DAY
    running = open_follow_up_of(tx, person_id)
    if running is not None:
        _go_on(tx, running, last, exposure_level)
        follow_up_id = running.id
    else:
        follow_up_id = add(
            tx,
            follow_ups,
            person_id=person_id,
            unit_id=unit_id,
            reason=reason,
            exposure_level=exposure_level,
            first_day=first,
            last_day=last,
            check_in_id=check_in_id,
            opened_by=by,
            opened_at=now,
            stage=Stage.RESTING,
            next_at=max(at(first, rules(tx).asks_at), now),
        )
    kept = require(find_follow_up(tx, follow_up_id))
    subject = f"follow_up/{kept.id}"
    audit.note(tx, at=now, actor_id=by, act="follow_up_begun", subject=subject, until=kept.last_day.isoformat())
    if running is None or kept.last_day != running.last_day:
        _tell_begun(tx, kept, now)
    return kept


def _first_day(tx: Connection, now: datetime) -> date:
    """Today, as long as today's question has not been asked of the others."""
    today = local_day(now)
    return today if now < at(today, rules(tx).asks_at) else today + ONE_DAY


def _go_on(tx: Connection, running: FollowUp, last: date, exposure_level: int | None) -> None:
    """Longer, never shorter; of two exposures the nearer one."""
    levels = [each for each in (running.exposure_level, exposure_level) if each is not None]
    nearest = min(levels, default=None)
    change_follow_up(tx, running.id, last_day=max(last, running.last_day), exposure_level=nearest)


def _tell_begun(tx: Connection, follow_up: FollowUp, now: datetime) -> None:
    days = f"từ {short_day(follow_up.first_day)} đến {full_day(follow_up.last_day)}"
    text = (
        f"🩺 {bold('Theo dõi sức khỏe')}: {why(follow_up)}.\n"
        f"{days[0].upper()}{days[1:]}, mỗi ngày lúc {rules(tx).asks_at} tôi hỏi riêng anh/chị một câu. "
        "Câu trả lời chỉ tổ giám sát, Văn phòng và lãnh đạo xem được."
    )
    key = f"follow_up/{follow_up.id}/begun/{follow_up.last_day.isoformat()}"
    tell_person(tx, follow_up.person_id, text, key=key, lane=Lane.ANSWER, now=now)


def end(tx: Connection, follow_up: FollowUp, *, ending: Ending, by: int | None, now: datetime) -> bool:
    """Stop asking; the person hears of it. False if it has ended already."""
    if not end_follow_up(tx, follow_up.id, ending=ending, by=by, now=now):
        return False
    audit.note(tx, at=now, actor_id=by, act="follow_up_ended", subject=f"follow_up/{follow_up.id}", ending=str(ending))
    if ending is not Ending.GONE:
        text = "🩺 Đã hết thời gian theo dõi sức khỏe, tôi không hỏi hằng ngày nữa. Có triệu chứng, xin vẫn báo ngay ạ."
        key = f"follow_up/{follow_up.id}/ended"
        tell_person(tx, follow_up.person_id, text, key=key, lane=Lane.ANSWER, now=now)
    return True
