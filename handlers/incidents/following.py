"""Who follows an incident: those entitled to its names. Everybody else learns only that it is in somebody's hands."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.access import Right
from handlers.local_time import local_day
from handlers.visit import Visit
from storage.records.incidents import Incident
from storage.records.people import Person, Role, people_with


def who_follows(tx: Connection, incident: Incident, now: datetime) -> list[Person]:
    """Leaders, the office, the head of the unit concerned; of a case also the monitoring team."""
    day = local_day(now)
    roles = [Role.LEADER, Role.OFFICE, *([Role.MONITORING] if incident.kind == "disease_case" else [])]
    found = [
        *people_with(tx, day, *roles),
        *people_with(tx, day, Role.HEAD_OF_UNIT, Role.DEPUTY_HEAD, unit_ids=[incident.unit_id]),
    ]
    return list({person.id: person for person in found}.values())


def may_follow(visit: Visit, incident: Incident) -> bool:
    return visit.may(Right.SEE_HEALTH) or incident.unit_id in visit.headed_unit_ids
