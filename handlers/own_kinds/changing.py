"""Changing a kind: the new definition follows the old one, so that what was kept before stays readable."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from handlers.local_time import at, local_day
from handlers.own_kinds.definition import Definition, OwnQuestion, Schedule


def succeed(old: Definition, new: Definition) -> Definition:
    """`new` in the place of `old`: a question that keeps its title and type goes on, the others are retired.

    The same title with another type is another question: it gets another name, or old answers would be misread.
    """
    before = {each.name: each for each in (*old.questions, *old.retired)}
    taken = {each.name for each in new.questions}
    questions = tuple(_named_apart(each, before, taken - {each.name}) for each in new.questions)
    asked = {each.name for each in questions}
    return replace(new, questions=questions, retired=tuple(each for name, each in before.items() if name not in asked))


def _named_apart(question: OwnQuestion, before: dict[str, OwnQuestion], taken: set[str]) -> OwnQuestion:
    name, number = question.name, 1
    while name in taken or (name in before and before[name].type != question.type):
        number += 1
        name = f"{question.name}_{number}"
    return replace(question, name=name)


def first_day_of(schedule: Schedule, now: datetime) -> date:
    """Today while its time has not come; else it is first asked from tomorrow."""
    today = local_day(now)
    return today if now < at(today, schedule.opens) else today + timedelta(days=1)
