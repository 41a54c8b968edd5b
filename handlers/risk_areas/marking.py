"""Marking journeys that lead into an area of risk: when they are told, and when an area is listed after them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, or_

from handlers.check_in import CheckInKind
from handlers.concerning import whom_it_concerns
from handlers.kinds import open_kinds
from handlers.local_time import local_day
from handlers.risk_areas.matching import areas_on_the_way
from handlers.risk_areas.wording import note, warning
from handlers.telling import tell_people, tell_person
from handlers.wording import bold
from storage.messages import Lane
from storage.record import find_all
from storage.records.check_ins import CheckIn, CheckInState, check_ins
from storage.records.people import Person, Role, people_with
from storage.records.risk_areas import RiskArea, mark, marks_of, risk_areas_since

FURTHEST_BACK = timedelta(days=14)
"""Who came back longer ago than this is not warned of an area listed today."""


def mark_journey(tx: Connection, kind: CheckInKind, check_in: CheckIn, now: datetime) -> list[RiskArea]:
    """The areas that this check-in leads into, marked on it."""
    if kind.leads_to is None:
        return []
    listed = risk_areas_since(tx, check_in.day)
    found = areas_on_the_way(kind.leads_to(check_in.answers), check_in.day, check_in.until, listed)
    for area in found:
        mark(tx, check_in.id, area.id, now)
    return found


def warning_for(tx: Connection, check_in_id: int) -> str:
    """What the traveller should know of where he goes."""
    return warning(marks_of(tx, [check_in_id]).get(check_in_id, []))


def note_for(tx: Connection, check_in_id: int) -> str:
    """The same for those who hear of it."""
    return note(marks_of(tx, [check_in_id]).get(check_in_id, []))


def warn_of_new_area(tx: Connection, area: RiskArea, now: datetime) -> int:
    """Mark what was told before the area was listed, and tell the travellers and those who watch; says how many."""
    found = [journey for journey in _journeys(tx, local_day(now)) if _leads_there(journey, area)]
    fresh = [check_in for _, check_in in found if mark(tx, check_in.id, area.id, now)]
    for check_in in fresh:
        if check_in.person_id is not None:
            key = f"risk_area/{area.id}/{check_in.id}"
            about = f"check_in/{check_in.id}"
            tell_person(tx, check_in.person_id, warning([area]), key=key, lane=Lane.ANSWER, now=now, about=about)
    if fresh:
        _tell_watchers(tx, area, fresh, now)
    return len(fresh)


def _journeys(tx: Connection, today: date) -> list[tuple[CheckInKind, CheckIn]]:
    kinds = {kind.name: kind for kind in open_kinds(tx) if kind.leads_to is not None}
    where = (
        check_ins.c.kind.in_(kinds),
        check_ins.c.state == CheckInState.CURRENT,
        or_(check_ins.c.until >= today - FURTHEST_BACK, check_ins.c.day >= today - FURTHEST_BACK),
    )
    return [(kinds[each.kind], each) for each in find_all(tx, CheckIn, check_ins, *where, order_by=(check_ins.c.id,))]


def _leads_there(journey: tuple[CheckInKind, CheckIn], area: RiskArea) -> bool:
    kind, check_in = journey
    places = kind.leads_to(check_in.answers) if kind.leads_to is not None else []
    return bool(areas_on_the_way(places, check_in.day, check_in.until, [area]))


def _tell_watchers(tx: Connection, area: RiskArea, fresh: list[CheckIn], now: datetime) -> None:
    """The monitoring team all of them, each head of unit those of his unit."""
    today = local_day(now)
    heading = f"{bold('Vùng nguy cơ mới')}\n{note([area])}\nĐã báo đi hoặc đã đến đó:"
    watchers: dict[Person, list[CheckIn]] = dict.fromkeys(people_with(tx, today, Role.MONITORING), fresh)
    for head in people_with(tx, today, Role.HEAD_OF_UNIT):
        own = [each for each in fresh if head in people_with(tx, today, Role.HEAD_OF_UNIT, unit_ids=[each.unit_id])]
        if own and head not in watchers:
            watchers[head] = own
    for person, journeys in watchers.items():
        lines = [f"• {whom_it_concerns(tx, each)}" for each in journeys]
        text = "\n".join([heading, *lines])
        tell_people(tx, [person], text, key=f"risk_area/{area.id}/added", lane=Lane.ANSWER, now=now)
