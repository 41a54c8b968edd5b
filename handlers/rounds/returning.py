"""People who came back from a journey: asked for their health declaration on the next working morning."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, select

from handlers.days.working_days import working_day_before
from handlers.kinds import kind_named
from handlers.rounds.opening import ask_people
from storage.records.check_ins import CheckInState, check_ins
from storage.records.people import Person, people_named
from storage.records.rounds import Round
from storage.records.schedules import exceptional_days

KIND = "health_declaration"


def ask_returned(tx: Connection, day: date, now: datetime) -> Round | None:
    """Ask those whose journey ended on the last working day or on the free days since."""
    return ask_people(tx, kind_named(tx, KIND), day, who_returned(tx, day), now)


def who_returned(tx: Connection, day: date) -> list[Person]:
    """Each once, though he told of several journeys; not those who are on the road again."""
    since = working_day_before(day, exceptional_days(tx))
    journeys = (check_ins.c.kind == "travel_notice", check_ins.c.state == CheckInState.CURRENT)
    back = select(check_ins.c.person_id).where(*journeys, check_ins.c.until >= since, check_ins.c.until < day)
    away = select(check_ins.c.person_id).where(*journeys, check_ins.c.day <= day, check_ins.c.until >= day)
    gone = set(tx.execute(away).scalars())
    ids = {person_id for person_id in tx.execute(back).scalars() if person_id is not None} - gone
    return [person for person in people_named(tx, sorted(ids)) if person.is_active]
