"""Reminding those who owe: friendly before the due time, plainly after it; one message for each room and person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.kinds import kind_named
from handlers.local_time import clock_time
from handlers.rounds.debtors import heads_answering, heads_by_unit, rooms_answering
from handlers.rounds.requests import about_person, about_unit
from handlers.rounds.settling import close_due
from handlers.telling import tell_person, tell_room
from handlers.wording import bold, bullets
from storage.messages import Lane
from storage.records.accounts import private_chats_of
from storage.records.chats import GroupChat, rooms_by_unit
from storage.records.people import Person, find_person
from storage.records.rounds import OPEN, Expectation, Round, expectations_of, rounds_on
from storage.records.units import Unit, units_by_id

JUST_ASKED = timedelta(minutes=5)
"""Who was asked less than this ago is not reminded yet."""
LASTS = {"reminder": timedelta(minutes=15), "chaser": timedelta(hours=4), "chaser-head": timedelta(hours=4)}
"""How long each may wait for its platform (as long as the clock would still do it late); then it is left out."""


@dataclass(frozen=True, slots=True)
class Debt:
    """One kind still owed by one unit, or (unit is none) by one person."""

    kind: CheckInKind
    round: Round
    unit: Unit | None
    person_id: int | None


def send_reminders(tx: Connection, day: date, now: datetime) -> int:
    """Remind everybody who still owes of rounds that are not due yet; returns how many messages were put."""
    asked = [each for each in rounds_on(tx, day) if each.opens_at + JUST_ASKED <= now < each.due_at]
    debts = [debt for each in asked for debt in _debts(tx, each, expectations_of(tx, each.id, *OPEN))]
    return _say_to_rooms(tx, debts, "reminder", now) + _say_to_people(tx, debts, "reminder", now)


def send_chasers(tx: Connection, day: date, now: datetime) -> int:
    """Mark missing who has not answered by the due time; tell the rooms, the heads of unit and the people themselves."""
    due = [each for each in rounds_on(tx, day) if each.due_at <= now and each.summed_up_at is None]
    debts = [debt for each in due for debt in _debts(tx, each, close_due(tx, each, now))]
    said = _say_to_rooms(tx, debts, "chaser", now) + _say_to_people(tx, debts, "chaser", now)
    return said + _say_to_heads(tx, debts, day, now)


def _debts(tx: Connection, asked: Round, owed: Iterable[Expectation]) -> list[Debt]:
    kind, several = kind_named(tx, asked.kind), list(owed)
    units = units_by_id(tx, [each.unit_id for each in several if each.unit_id])
    return [Debt(kind, asked, units.get(each.unit_id or 0), each.person_id) for each in several]


def _say_to_rooms(tx: Connection, debts: list[Debt], what: str, now: datetime) -> int:
    of_room: dict[int, tuple[GroupChat, list[Debt]]] = {}
    known = rooms_by_unit(tx) if debts else {}
    for debt in debts:
        for room in rooms_answering(tx, debt.unit, known) if debt.unit else ():
            of_room.setdefault(room.id, (room, []))[1].append(debt)
    for room, owed in of_room.values():
        text, key, about = _room_text(owed, what), _key(what, owed), _about(owed)
        tell_room(tx, room, text, key=key, lane=Lane.REMINDER, now=now, about=about)
    return len(of_room)


def _say_to_people(tx: Connection, debts: list[Debt], what: str, now: datetime) -> int:
    of_person: dict[int, list[Debt]] = defaultdict(list)
    for debt in debts:
        if debt.person_id is not None:
            of_person[debt.person_id].append(debt)
    for person_id, owed in of_person.items():
        titles = ", ".join(debt.kind.title.lower() for debt in owed)
        person = find_person(tx, person_id)
        called = person.called if person else "anh/chị"
        until = _by(owed) if what == "reminder" else f"đã quá hạn {clock_time(owed[0].round.due_at)}"
        text = f"⏰ Nhắc {called}: còn {titles}, {until}. Gõ “{_opening_words(owed[0])}” để bắt đầu ạ."
        key, about = _key(what, owed), about_person(owed[0].round, person_id)
        tell_person(tx, person_id, text, key=key, lane=Lane.REMINDER, now=now, about=about)
    return len(of_person)


def _say_to_heads(tx: Connection, debts: list[Debt], day: date, now: datetime) -> int:
    of_head: dict[int, tuple[Person, list[Debt]]] = {}
    heads = heads_by_unit(tx, day) if debts else {}
    for debt in debts:
        for head in heads_answering(tx, debt.unit, heads) if debt.unit else ():
            of_head.setdefault(head.id, (head, []))[1].append(debt)
    chats = private_chats_of(tx, of_head)
    for head, owed in of_head.values():
        heading = f"⏰ Thưa {head.called}, đã quá hạn {clock_time(owed[0].round.due_at)} mà chưa nhận được:"
        text = f"{heading}\n{bullets(_by_unit(owed))}\nNhờ {head.called} đôn đốc giúp ạ."
        key, about = _key("chaser-head", owed), _about(owed)
        tell_person(tx, head.id, text, key=key, lane=Lane.REMINDER, now=now, about=about, known=chats.get(head.id))
    return len(of_head)


def _room_text(owed: list[Debt], what: str) -> str:
    if what == "reminder":
        heading, ending = (
            f"⏰ {bold('Nhắc báo cáo')}, {_by(owed)}. Còn chờ:",
            "Xin trả lời tin này. Cảm ơn anh chị!",
        )
    else:
        due = clock_time(owed[0].round.due_at)
        heading, ending = (
            f"⚠️ {bold('Quá hạn báo cáo')} {due}. Chưa nhận được:",
            "Xin trả lời tin này, báo muộn vẫn được ghi nhận.",
        )
    return f"{heading}\n{bullets(_by_unit(owed))}\n{ending}"


def _by_unit(owed: list[Debt]) -> list[str]:
    """ "Phòng KT: số lượt khách, quân số" for each unit."""
    titles: dict[str, list[str]] = defaultdict(list)
    for debt in owed:
        if debt.unit is not None:
            titles[debt.unit.short_name].append(debt.kind.title.lower())
    return [f"{unit}: {', '.join(kinds)}" for unit, kinds in titles.items()]


def _by(owed: list[Debt]) -> str:
    return f"hạn {clock_time(min(debt.round.due_at for debt in owed))}"


def _opening_words(debt: Debt) -> str:
    return next(iter(debt.kind.opens_with), debt.kind.title.lower())


def _about(owed: list[Debt]) -> str:
    """What an answer concerns, where there is only one thing it can."""
    questions = {about_unit(debt.round, debt.unit.id) for debt in owed if debt.unit}
    return questions.pop() if len(questions) == 1 else ""


def _key(what: str, owed: list[Debt]) -> str:
    """One of its kind for these rounds: told twice it stays one message."""
    return f"{what}/" + "-".join(str(each) for each in sorted({debt.round.id for debt in owed}))
