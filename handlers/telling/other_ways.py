"""Ways to a person besides the chat: e-mail and SMS, where the platform is on and the staff file knew the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from storage import outbox
from storage.messages import Lane, OutgoingMessage
from storage.record import find_all
from storage.records.options import option
from storage.records.people import Person, people

EMAIL, SMS = "email", "sms"
PLATFORMS_ON = "platforms"
"""The option in which the house writes at its start what it delivers to."""
LONGEST_ADDRESS = 64  # a parcel's address holds no more
MOBILE = re.compile(r"0[35789]\d{8}")


@dataclass(frozen=True, slots=True)
class Way:
    """A parcel to this platform and address reaches one person."""

    platform: str
    address: str


def other_ways(tx: Connection, person_id: int) -> list[Way]:
    """E-mail first, then SMS: only those that can work today."""
    row = tx.execute(select(people.c.email, people.c.phone).where(people.c.id == person_id)).first()
    if row is None:
        return []
    on = option(tx, PLATFORMS_ON, [])
    ways = []
    if EMAIL in on and row.email and len(row.email) <= LONGEST_ADDRESS:
        ways.append(Way(EMAIL, row.email))
    if SMS in on and row.phone and MOBILE.fullmatch(row.phone):
        ways.append(Way(SMS, row.phone))
    return ways


def tell_by_other_ways(
    tx: Connection, person_id: int, text: str, *, key: str, lane: Lane, now: datetime, about: str = ""
) -> list[str]:
    """Put the text to every other way; returns their platforms, empty where there is none.

    Letters and short messages carry no button: the text must say what to do. `key` makes it once.
    """
    ways = other_ways(tx, person_id)
    for way in ways:
        message = OutgoingMessage(platform=way.platform, chat_id=way.address, text=text)
        outbox.put(tx, message, key=f"{key}/{way.platform}/{person_id}", lane=lane, now=now, about=about)
    return [way.platform for way in ways]


def who_reads_at(tx: Connection, platform: str, address: str) -> str | None:
    """How the person is called whose letter or short message went there; None for a chat."""
    column = {EMAIL: people.c.email, SMS: people.c.phone}.get(platform)
    if column is None:
        return None
    found = find_all(tx, Person, people, column == address, people.c.is_active, order_by=(people.c.id,))
    return found[0].called if found else None
