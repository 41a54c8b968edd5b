"""What messages of one transaction are going to ask, asked for all of them at once (PostgreSQL).

Each of these questions would be a journey to the server, and a message has three of them one behind the other. Nothing is
decided here: a wrong guess costs a look that nobody wanted, and whoever asks something else asks for himself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from handlers.reporting.hearing import JUST_NOW
from handlers.rounds.owing import foresee_owing, foresee_whose, open_questions
from handlers.visit import Visit
from storage.holding import hold
from storage.messages import Act, IncomingMessage
from storage.records.accounts import who_is
from storage.records.books import foresee_entry
from storage.records.chats import chat_of
from storage.records.check_ins import foresee_last_by, foresee_standing, last_check_in_by
from storage.records.rounds import foresee_expectation, foresee_round_answered
from storage.records.units import foresee_unit, units


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a message with a figure probably tells: of which kind, unit and day, and in which round."""

    kind: str
    unit_id: int
    day: date
    round_id: int | None


def foresee_reports(tx: Connection, arrivals: Sequence[tuple[IncomingMessage, datetime]]) -> None:
    """Who says them is known. 1. the units that speak are held, in order; 2. what is owed, and what was told last;
    3. what a figure would correct, and what it would answer."""
    visits = [visit for message, now in arrivals if (visit := _visit(tx, message, now)) is not None]
    telling = [visit for visit in visits if _has_figure(visit.message)]
    for unit_id in sorted({visit.unit_id for visit in telling}):
        hold(tx, units, unit_id)
        foresee_unit(tx, unit_id)  # the receipt names it
    for visit in visits:
        foresee_owing(tx, unit_ids=visit.unit_ids, person_id=visit.known.id, now=visit.now)
        foresee_last_by(tx, visit.known.id, visit.said_at - JUST_NOW)
    figures = {figure for visit in telling if (figure := _guess(visit)) is not None}
    for kind, day in sorted({(figure.kind, figure.day) for figure in figures}):
        foresee_round_answered(tx, kind, day)  # before the looks: it may wait for somebody
    for figure in figures:
        foresee_standing(tx, figure.kind, figure.unit_id, figure.day)
        foresee_entry(tx, unit_id=figure.unit_id)
        if figure.round_id is not None:
            foresee_expectation(tx, figure.round_id, unit_id=figure.unit_id)


def _visit(tx: Connection, message: IncomingMessage, now: datetime) -> Visit | None:
    """Somebody we know, with a post, who says something."""
    if message.user_id is None or message.anonymous or message.act != Act.TEXT:
        return None
    visit = Visit(tx=tx, now=now, message=message)
    known = who_is(tx, message.platform, message.user_id, visit.today)
    if known is None or known.person is None or not known.posts:
        return None
    visit.person, visit.posts = known.person, known.posts
    if not message.is_private:
        visit.room = chat_of(tx, message.platform, message.chat_id)
    return visit


def _has_figure(message: IncomingMessage) -> bool:
    return not message.text.startswith("/") and any(map(str.isdigit, message.text))


def _guess(visit: Visit) -> _Figure | None:
    """What the unit owes, the latest first; else what this person told last, which he may correct."""
    own, person_id = visit.unit_id, visit.known.id
    owed = open_questions(visit.tx, unit_ids=visit.unit_ids, person_id=person_id, now=visit.now)
    foresee_whose(visit.tx, owed, visit.now)
    for asked, expectation in owed:
        if expectation.unit_id == own:
            return _Figure(asked.kind, own, asked.day, asked.id)
    last = last_check_in_by(visit.tx, person_id, visit.said_at - JUST_NOW)
    if last is None or last.person_id is not None or last.unit_id != own:
        return None
    return _Figure(last.kind, own, last.day, last.round_id)
