"""Answers written in one message, in the order of the questions: for kinds that no reader of free words knows."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from handlers.check_in import Answers, CheckInKind, Question
from handlers.local_time import local
from handlers.reporting.asking import Draft, proceed
from handlers.rounds import Owing, figure_buttons
from handlers.visit import Visit
from storage.messages import IncomingMessage
from understanding.numbers import numbers
from understanding.phrases.line import Line
from understanding.phrases.normalize import fold

MOST_CHOICES = 8
POLITE = frozenset(["a", "da", "vang", "em", "bao", "thua", "co", "la", "nhe", "nha", "hom", "nay"])


def read_in_order(kind: CheckInKind, message: IncomingMessage, said_at: datetime) -> Answers:
    """Each line (or part between semicolons) for a question, a file for the question that wants one.

    It ends where an answer cannot be read: the rest is asked, and nothing is guessed.
    """
    parts = [part.strip() for part in re.split(r"[\n;]", message.text) if part.strip()]
    answers: Answers = {}
    for question in kind.questions:
        answer = _read(question, parts, message, local(said_at))
        if answer is None:
            break
        answers[question.name] = answer
    return {} if parts else answers  # words left over belong to no question: then all of it is asked


def _read(question: Question, parts: list[str], message: IncomingMessage, sent_at: datetime) -> object:
    if question.read_file is not None:
        return question.read_file(message)
    answer = question.read(parts[0], sent_at) if parts else None
    if answer is not None:
        parts.pop(0)
    return answer


def answer_request(visit: Visit, kind: CheckInKind, unit_id: int | None, day: date) -> None:
    """Take the message for the answer to a request; what it does not tell is asked."""
    draft = Draft(
        kind=kind.name,
        unit_id=unit_id or visit.unit_id,
        person_id=visit.known.id if kind.about == "person" else None,
        said=visit.message.text,
        message_id=visit.message.message_id,
        answers=read_in_order(kind, visit.message, visit.said_at),
        day=day.isoformat(),
    )
    proceed(visit, draft)


def says_number_of(kind: CheckInKind, text: str) -> bool:
    """ "12 bình chữa cháy": one number, and no word that the kind itself does not use."""
    line = Line(text)
    found = numbers(line)
    if len(found) != 1:
        return False
    at = range(found[0].first, found[0].after)
    others = {word for number, word in enumerate(line.words) if number not in at and word.isalpha()} - POLITE
    own = chain(kind.title.split(), *(question.ask.split() for question in kind.questions))
    return bool(others) and others <= {fold(word).strip(":?,.") for word in own}


def answer_one_of(visit: Visit, waiting: list[Owing]) -> None:
    """A number that several units of one kind, or several kinds, wait for: asked which."""
    kinds = {each.kind.name for each in waiting}
    asked = [(each.unit.id, each.round.day.isoformat()) for each in waiting if each.unit is not None]
    if len(kinds) > 1:
        _ask_which_kind(visit, waiting)
        return
    first = waiting[0]
    answers = read_in_order(first.kind, visit.message, visit.said_at)
    draft = Draft(
        kind=first.kind.name,
        unit_id=asked[0][0],
        person_id=None,
        said=visit.message.text,
        message_id=visit.message.message_id,
        answers=answers,
        day=first.round.day.isoformat(),
    )
    proceed(visit, of_one_of(draft, asked) if answers else draft)


def of_one_of(draft: Draft, asked: list[tuple[int, str]]) -> Draft:
    """The same, about one of these units and days: to be asked which, unless there is only one."""
    if len(asked) < 2:
        return draft
    return replace(draft, candidates=tuple(unit_id for unit_id, _ in asked), days=tuple(day for _, day in asked))


def _ask_which_kind(visit: Visit, waiting: list[Owing]) -> None:
    found = numbers(Line(visit.message.text))
    value = int(found[0].value)
    has_units = len({each.unit.id for each in waiting if each.unit is not None}) > 1
    buttons = figure_buttons(waiting[:MOST_CHOICES], value, names_units=has_units)
    visit.reply(f"Số {value} là của mục nào ạ?", buttons=tuple((button,) for button in buttons))
