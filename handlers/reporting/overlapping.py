"""Two journeys of one person on the same days: both are kept, and he is asked whether the later takes the place of the earlier."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from storage.records.check_ins import CheckIn, check_ins_of_person_between


def overlapped(tx: Connection, kind: CheckInKind, kept: CheckIn) -> CheckIn | None:
    """The last journey told before that shares days with this one. To go on, on the day one comes back, is no contradiction."""
    if kind.leads_to is None or kept.person_id is None:
        return None
    until = kept.until or kept.day
    others = check_ins_of_person_between(tx, kind.name, kept.person_id, kept.day, until)
    return next((one for one in others if one.id != kept.id and _contradicts(one, kept)), None)


def _contradicts(one: CheckIn, other: CheckIn) -> bool:
    first, second = sorted((one, other), key=lambda each: (each.day, each.until or each.day))
    is_day_trip = (second.until or second.day) == second.day
    return second.day < (first.until or first.day) or (is_day_trip and second.day == first.day)
