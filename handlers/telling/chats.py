"""Ways to say something: to a person in private, to a room, to everybody who holds a role."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection

from handlers.local_time import local_day
from handlers.wording import BOTH, called_by
from storage import outbox
from storage.messages import Button, Lane, Marks, OutgoingFile, OutgoingMessage
from storage.records.accounts import Account, private_chats_of, reachable_accounts
from storage.records.chats import Audience, GroupChat, rooms_for
from storage.records.people import Person, Role, find_person, people_with

Buttons = tuple[tuple[Button, ...], ...]


def tell_person(
    tx: Connection,
    person_id: int,
    text: str,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    buttons: Buttons = (),
    file: OutgoingFile | None = None,
    known: Account | None = None,
) -> bool:
    """Write to somebody in private, on the platform he used last; false if he can be reached on none.

    `key` makes it once: a second call with the same key does nothing. `known`: as `private_chats_of` tells, for who
    writes to many.
    """
    accounts = reachable_accounts(tx, person_id) if known is None else [known]
    if not accounts:
        return False
    message = _in_private(accounts[0], said_to(tx, person_id, text), buttons, file)
    outbox.put(tx, message, key=f"{key}/person/{person_id}", lane=lane, now=now, about=about)
    return True


def said_to(tx: Connection, person_id: int, text: str) -> str:
    """The text with the word by which the house calls this person."""
    person = find_person(tx, person_id) if BOTH in text.casefold() else None
    return text if person is None else called_by(text, person.honorific)


def tell_people(
    tx: Connection,
    people: Iterable[Person],
    text: str,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    buttons: Buttons = (),
) -> list[Person]:
    """Write to each in private; returns those who could not be reached."""
    return [
        person
        for person in people
        if not tell_person(tx, person.id, text, key=key, lane=lane, now=now, about=about, buttons=buttons)
    ]


def tell_many(
    tx: Connection,
    person_ids: Collection[int],
    text: str,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    buttons: Buttons = (),
) -> None:
    """The same words to each in private, a thousand people or so in a few statements; who cannot be reached is left out."""
    letters = [
        (f"{key}/person/{person_id}", _in_private(account, text, buttons), about)
        for person_id, account in private_chats_of(tx, person_ids).items()
    ]
    outbox.put_all(tx, letters, lane=lane, now=now)


def _in_private(account: Account, text: str, buttons: Buttons, file: OutgoingFile | None = None) -> OutgoingMessage:
    return OutgoingMessage(
        platform=account.platform, chat_id=account.private_chat_id or "", text=text, buttons=buttons, file=file
    )


def to_room(
    room: GroupChat,
    text: str,
    *,
    buttons: Buttons = (),
    file: OutgoingFile | None = None,
    asks_reply: bool = False,
    marks: Marks = Marks.NUMBERS,
) -> OutgoingMessage:
    return OutgoingMessage(
        platform=room.platform,
        chat_id=room.external_id,
        thread_id=room.thread_id,
        is_group=True,
        text=text,
        buttons=buttons,
        file=file,
        asks_reply=asks_reply,
        marks=marks,
    )


def tell_room(
    tx: Connection,
    room: GroupChat,
    text: str,
    *,
    key: str,
    lane: Lane,
    now: datetime,
    about: str = "",
    buttons: Buttons = (),
    file: OutgoingFile | None = None,
) -> None:
    message = to_room(room, text, buttons=buttons, file=file)
    outbox.put(tx, message, key=f"{key}/room/{room.id}", lane=lane, now=now, about=about)


def tell_office(
    tx: Connection, text: str, *, key: str, lane: Lane, now: datetime, about: str = "", buttons: Buttons = ()
) -> None:
    """Say it in the office's room (or rooms); where it has none, or we were put out of it, to each of the office."""
    rooms = rooms_for(tx, Audience.OFFICE)
    for room in rooms:
        tell_room(tx, room, text, key=key, lane=lane, now=now, about=about, buttons=buttons)
    if not rooms:
        office = people_with(tx, local_day(now), Role.OFFICE)
        tell_people(tx, office, text, key=key, lane=lane, now=now, about=about, buttons=buttons)
