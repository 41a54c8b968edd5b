"""The request of a round: asks a unit in its rooms (or a person in private), and shows the answer once it is there.

It is a board: the answer edits it, so that the room sees the state and the buttons are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from handlers.check_in import Answers, CheckInKind
from handlers.days.working_days import working_day_before
from handlers.local_time import WEEKDAYS, clock_time, local_day, short_day
from handlers.rounds.debtors import answering_units, people_to_ask, rooms_answering
from handlers.rounds.owing import owing
from handlers.telling import Buttons, to_room
from handlers.wording import bold, called_by, number
from storage import outbox
from storage.messages import Button, Lane, Marks, OutgoingMessage
from storage.records.accounts import reachable_accounts
from storage.records.chats import GroupChat
from storage.records.check_ins import CheckIn, check_in_of_unit, standing_check_ins
from storage.records.people import Person, find_person
from storage.records.rounds import Round
from storage.records.schedules import exceptional_days
from storage.records.units import Unit

LANE = Lane.REMINDER
LONGEST_LABEL = 40


def about_unit(asked: Round, unit_id: int) -> str:
    """What an answer to the request concerns; `handlers.conversation` reads it back."""
    return f"round/{asked.id}/unit/{unit_id}"


def about_person(asked: Round, person_id: int) -> str:
    return f"round/{asked.id}/person/{person_id}"


def ask_unit(
    tx: Connection,
    kind: CheckInKind,
    asked: Round,
    unit: Unit,
    *,
    before: CheckIn | None,
    now: datetime,
    rooms: Mapping[int, list[GroupChat]] | None = None,
) -> None:
    """Put the request into the unit's rooms; a unit without any is asked through its people.

    `before`: what it reported on the working day before, to be offered as a button. `rooms`: as `rooms_by_unit` tells.
    """
    text = _heading(kind, unit.short_name, asked.day) + _question(kind, asked)
    buttons = _buttons(kind, asked, unit, before)
    _say_to_unit(tx, asked, unit, text, buttons=buttons, now=now, is_open=True, known=rooms)


def show_answer(
    tx: Connection, kind: CheckInKind, asked: Round, unit: Unit, check_in: CheckIn | None, *, now: datetime
) -> None:
    """Edit the request: what was answered, or the question again where the answer was taken back."""
    if check_in is None:
        ask_unit(tx, kind, asked, unit, before=answer_before(tx, kind, unit.id, asked.day), now=now)
        return
    answer = f"✅ {kind.say(check_in.answers)} ({_who(tx, check_in)}, {clock_time(check_in.reported_at)})"
    is_last = not owing(tx, unit_ids=answering_units(tx, unit), person_id=None, now=now)
    thanks = "Đơn vị đã báo đủ, cảm ơn anh chị." if is_last else "Cảm ơn đơn vị."
    hint = f"{thanks} Cần sửa, xin trả lời tin này bằng số đúng."
    text = f"{_heading(kind, unit.short_name, asked.day)}{answer}\n{hint}"
    _say_to_unit(tx, asked, unit, text, buttons=(), now=now, is_open=False, is_last=is_last)


def ask_person(tx: Connection, kind: CheckInKind, asked: Round, person: Person, now: datetime) -> None:
    """Put the request into the person's private chat."""
    text = _heading(kind, person.called, asked.day) + _question(kind, asked)
    buttons = _quick_buttons(kind, asked, f"p{person.id}")
    _say_to_person(tx, asked, person, text, buttons=buttons, now=now, is_open=True)


def thank_person(
    tx: Connection, kind: CheckInKind, asked: Round, person: Person, *, at: datetime, now: datetime
) -> None:
    """`at`: when the answer came."""
    received = f"✅ Đã nhận lúc {clock_time(at)}. Cảm ơn {person.called}."
    text = _heading(kind, person.called, asked.day) + received
    _say_to_person(tx, asked, person, text, buttons=(), now=now, is_open=False)


def short_answer(kind: CheckInKind, answers: Answers) -> str:
    """An answer short enough for a button: the one number, or the line."""
    alone = answers.get(kind.reads_bare_number)
    return kind.say(answers)[:LONGEST_LABEL] if alone is None else number(alone)


def answer_before(tx: Connection, kind: CheckInKind, unit_id: int, day: date) -> CheckIn | None:
    """What the unit reported on the working day before."""
    return check_in_of_unit(tx, kind.name, unit_id, working_day_before(day, exceptional_days(tx)))


def answers_before(tx: Connection, kind: CheckInKind, day: date) -> dict[int, CheckIn]:
    """The same for every unit at once."""
    return standing_check_ins(tx, kind.name, working_day_before(day, exceptional_days(tx)))


def _heading(kind: CheckInKind, debtor: str, day: date) -> str:
    return f"📋 {bold(f'{kind.title} · {debtor} · {short_day(day)}')}\n"


def _question(kind: CheckInKind, asked: Round) -> str:
    request = kind.plan.request if kind.plan else kind.questions[0].ask
    return f"{request}\nHạn {clock_time(asked.due_at)}."


def _who(tx: Connection, check_in: CheckIn) -> str:
    person = find_person(tx, check_in.reported_by)
    return person.called if person else "đơn vị"


def _buttons(kind: CheckInKind, asked: Round, unit: Unit, before: CheckIn | None) -> Buttons:
    if before is None or (kind.plan is not None and not kind.plan.offers_same):
        return _quick_buttons(kind, asked, str(unit.id))
    label = f"Như {_called(before.day, asked.day)} ({short_answer(kind, before.answers)})"
    same = (Button(label, f"same:{asked.id}:{unit.id}"),)
    return (same, *_quick_buttons(kind, asked, str(unit.id)))


def _called(before: date, day: date) -> str:
    return "hôm qua" if before == day - timedelta(days=1) else WEEKDAYS[before.weekday()]


def _quick_buttons(kind: CheckInKind, asked: Round, debtor: str) -> Buttons:
    labels = kind.plan.quick_answers if kind.plan else {}
    quick = tuple((Button(label, f"none:{asked.id}:{debtor}:{n}"),) for n, label in enumerate(labels))
    is_asked_for = kind.from_report is None and not kind.reads_bare_number  # no line of words can tell it all
    return (*quick, (Button("Trả lời", f"fill:{asked.id}:{debtor}"),)) if is_asked_for else quick


def _say_to_unit(
    tx: Connection,
    asked: Round,
    unit: Unit,
    text: str,
    *,
    buttons: Buttons,
    now: datetime,
    is_open: bool,
    is_last: bool = False,
    known: Mapping[int, list[GroupChat]] | None = None,
) -> None:
    """`is_last`: with this answer nothing is owed any more: one message for several, where none can be edited."""
    rooms = rooms_answering(tx, unit, known)
    about = about_unit(asked, unit.id)
    for room in rooms:
        message = to_room(room, text, buttons=buttons, asks_reply=is_open, marks=Marks.LETTERS)
        key = f"request/{about}/room/{room.id}"
        outbox.put_board(tx, message, key=key, lane=LANE, now=now, about=about, is_news=is_open or is_last)
    if not rooms:
        for person in people_to_ask(tx, unit, local_day(now)):
            key = f"request/{about}/person/{person.id}"
            _put_privately(tx, person, text, buttons, key=key, about=about, now=now, is_open=is_open)


def _say_to_person(
    tx: Connection, asked: Round, person: Person, text: str, *, buttons: Buttons, now: datetime, is_open: bool
) -> None:
    about = about_person(asked, person.id)
    _put_privately(tx, person, text, buttons, key=f"request/{about}", about=about, now=now, is_open=is_open)


def _put_privately(
    tx: Connection,
    person: Person,
    text: str,
    buttons: Buttons,
    *,
    key: str,
    about: str,
    now: datetime,
    is_open: bool,
) -> None:
    accounts = reachable_accounts(tx, person.id)
    if accounts:
        account = accounts[0]
        chat_id = account.private_chat_id or ""
        message = OutgoingMessage(
            platform=account.platform,
            chat_id=chat_id,
            text=called_by(text, person.honorific),
            buttons=buttons,
            marks=Marks.LETTERS,
        )
        outbox.put_board(tx, message, key=key, lane=LANE, now=now, about=about, is_news=is_open)
