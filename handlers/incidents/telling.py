"""What those who follow an incident are told beside its card, which changes without a sound."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from handlers.incidents.cards import duty_buttons
from handlers.incidents.duties import all_duties
from handlers.incidents.following import who_follows
from handlers.telling import Buttons, tell_people
from handlers.wording import bold, bullets
from storage.messages import Lane
from storage.records.incidents import Incident, OwedDuty
from storage.records.people import Person


def tell_followers(
    tx: Connection,
    incident: Incident,
    people: Iterable[Person],
    text: str,
    *,
    key: str,
    now: datetime,
    lane: Lane = Lane.ALERT,
    buttons: Buttons = (),
) -> None:
    about = incident.about
    tell_people(tx, people, text, key=f"{about}/{key}", lane=lane, now=now, about=about, buttons=buttons)


def tell_new_duties(
    tx: Connection, incident: Incident, opening: str, owed: list[OwedDuty], *, key: str, now: datetime
) -> None:
    """What became known, and whom outside it must be told to now."""
    lines = [f"{duty.whom}: {duty.clock}" for duty in (all_duties()[one.name] for one in owed)]
    text = f"{opening}\n\n{bold('Phải báo ra ngoài')}\n{bullets(lines)}" if lines else opening
    people = who_follows(tx, incident, now)
    tell_followers(tx, incident, people, text, key=f"means/{key}", now=now, buttons=duty_buttons(owed))
