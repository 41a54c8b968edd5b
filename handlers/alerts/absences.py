"""Who is away on a day, as he or his unit has reported: on leave, ill, on a journey."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from handlers.check_ins.presence import is_half_a_day
from storage.records.check_ins import CheckInState, check_ins

PRESENCE, JOURNEY = "presence", "travel_notice"
AWAY = {"leave": "nghỉ phép", "sick": "nghỉ ốm"}
ON_JOURNEY = "đi xa"
LONGEST_JOURNEY = timedelta(days=30)  # one that names no day of return is not taken for endless


def who_is_away(tx: Connection, person_ids: Collection[int], day: date) -> dict[int, str]:
    """Of these people those who are away on `day`, and why."""
    away: dict[int, str] = {}
    at_work: set[int] = set()
    for row in _told_of(tx, person_ids, day):
        if _last_day(row.kind, row.day, row.until) < day:
            continue
        why = ON_JOURNEY if row.kind == JOURNEY else AWAY.get(row.answers.get("status", ""))
        if why is None and row.day == day:
            at_work.add(row.person_id)  # said today that he is here: he came back early
        elif why is not None and (row.kind == JOURNEY or not is_half_a_day(row.answers)):
            away[row.person_id] = why
        elif why is not None and away.get(row.person_id) != ON_JOURNEY:
            away.pop(row.person_id, None)  # of half a day he is still called: another follows where he does not answer
    return {person: why for person, why in away.items() if person not in at_work}


def _told_of(tx: Connection, person_ids: Collection[int], day: date) -> Iterable[Row[Any]]:
    """Journeys and presences of these people that may last until `day`, in the order they were told."""
    if not person_ids:
        return ()
    columns = (check_ins.c.kind, check_ins.c.person_id, check_ins.c.day, check_ins.c.until, check_ins.c.answers)
    statement = select(*columns).where(
        check_ins.c.kind.in_((PRESENCE, JOURNEY)),
        check_ins.c.day.between(day - 12 * LONGEST_JOURNEY, day),
        check_ins.c.person_id.in_(person_ids),
        check_ins.c.state == CheckInState.CURRENT,
    )
    return tx.execute(statement.order_by(check_ins.c.id))


def _last_day(kind: str, day: date, until: date | None) -> date:
    return until or (day + LONGEST_JOURNEY if kind == JOURNEY else day)
