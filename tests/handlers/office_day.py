"""A day of the small office, for the tests of rounds, reminders, summaries and quick answers."""

from __future__ import annotations

from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, select

from handlers import rounds
from handlers.kinds import built_in_kinds
from handlers.local_time import at
from handlers.reporting.recording import record
from handlers.reporting.source import Source
from handlers.visit import Visit
from storage.messages import Act, Deed, IncomingMessage, OutgoingMessage
from storage.outbox import parcels
from storage.records.accounts import account_of
from storage.records.chats import chat_of
from storage.records.check_ins import CheckIn
from storage.records.people import find_person, posts_of
from storage.records.rounds import expectations_of, round_of
from tests.cast import PLATFORM, Cast, Member

TODAY = date(2026, 11, 23)
OPENS = at(TODAY, "16:00")
REMINDS = at(TODAY, "16:20")
DUE = at(TODAY, "16:30")
FRIDAY = date(2026, 11, 20)
VISITORS = built_in_kinds()["visitor_count"]
HEADCOUNT = built_in_kinds()["headcount"]
HEALTH = built_in_kinds()["health_declaration"]


def put(tx: Connection, *, key: str = "%", about: str = "%") -> list[OutgoingMessage]:
    """What stands in the outbox under these keys, in the order it was put, with the boards drawn as before sending."""
    rounds.redraw(tx, OPENS)
    statement = select(parcels.c.payload).where(parcels.c.key.like(key), parcels.c.about.like(about))
    return [
        msgspec.json.decode(text, type=OutgoingMessage)
        for text in tx.execute(statement.order_by(parcels.c.id)).scalars()
    ]


def said_in(tx: Connection, chat_id: str, *, key: str = "%") -> list[str]:
    return [message.text for message in put(tx, key=key) if message.chat_id == chat_id and message.deed is Deed.SAY]


def report(
    tx: Connection, cast: Cast, unit: str, visitors: int, now: datetime, *, by: Member | None = None, day: date = TODAY
) -> CheckIn:
    """Somebody (chị Lan, unless named) counts the visitors of a unit."""
    said = f"{visitors} lượt"
    return record(
        tx,
        kind=VISITORS,
        answers={"visitors": visitors},
        unit_id=cast.units[unit],
        person_id=None,
        reported_by=(by or cast.lan).person_id,
        source=Source(PLATFORM, cast.rooms.get(unit, "9"), str(now.timestamp()), said),
        now=now,
        day=day,
    )


def states(tx: Connection, cast: Cast, kind: str = "visitor_count", day: date = TODAY) -> dict[str, str]:
    asked = round_of(tx, kind, day)
    if asked is None:
        return {}
    names = {unit_id: code for code, unit_id in cast.units.items()}
    return {names[each.unit_id or 0]: each.state for each in expectations_of(tx, asked.id)}


def visit_of(
    tx: Connection, who: Member, now: datetime, *, text: str = "", pressed: str = "", chat_id: str | None = None
) -> Visit:
    """Somebody says or presses something, in private unless a room is named."""
    account = account_of(tx, PLATFORM, who.account)
    message = IncomingMessage(
        platform=PLATFORM,
        key=f"{who.account}/{now.timestamp()}/{text}{pressed}",
        act=Act.PRESS if pressed else Act.TEXT,
        chat_id=chat_id or who.account,
        chat_type="group" if chat_id else "private",
        sent_at=now,
        user_id=who.account,
        message_id="77",
        text=text,
        pressed=pressed,
        press_id="p1" if pressed else None,
    )
    return Visit(
        tx=tx,
        now=now,
        message=message,
        person=find_person(tx, who.person_id),
        account=account,
        room=chat_of(tx, PLATFORM, chat_id) if chat_id else None,
        posts=posts_of(tx, who.person_id, TODAY),
    )


def press(tx: Connection, who: Member, data: str, now: datetime, *, chat_id: str | None = None) -> str:
    """Press one of our buttons; returns the note that the presser sees."""
    from handlers.reporting.quick_answers import PRESSES

    verb, *parts = data.split(":")
    PRESSES[verb](visit_of(tx, who, now, pressed=data, chat_id=chat_id), parts)
    notes = [message.text for message in put(tx) if message.deed is Deed.CLOSE_PRESS]
    return notes[-1]
