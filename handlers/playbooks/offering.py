"""A playbook is offered with an incident it fits; a human begins it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.access import Right, may
from handlers.local_time import local_day
from handlers.playbooks.leading import Wish
from handlers.playbooks.library import fitting
from handlers.telling import tell_people
from handlers.wording import bold
from storage.messages import Button, Lane
from storage.records.incidents import Incident
from storage.records.people import Role, people_with


def offer_playbooks(tx: Connection, incident: Incident, now: datetime) -> None:
    """To those who may run one: a button for each that fits this kind of incident."""
    found = fitting(tx, incident.kind, None)
    if not found:
        return
    rows = tuple(
        (Button(f"Chạy: {one.title}"[:60], Wish(is_drill=False, name=one.name, incident_id=incident.id).data("ask")),)
        for one in found
    )
    text = f"📋 {bold(f'Sự việc {incident.id}')}: có phương án sẵn. Cần chạy thì chọn bên dưới; chưa chọn thì chưa giao việc cho ai."
    roles = [role for role in Role if may([role], Right.RUN_PLAYBOOKS)]
    people = people_with(tx, local_day(now), *roles)
    key = f"{incident.about}/playbooks"
    tell_people(tx, people, text, key=key, lane=Lane.ANSWER, now=now, about=incident.about, buttons=rows)
