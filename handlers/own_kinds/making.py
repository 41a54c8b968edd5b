"""From a definition to a kind like any other: dialogue, figures, the line read back, the plan of its rounds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from handlers.answers.readers import folded
from handlers.check_in import Answers, CheckInKind, Figure, Question, RoundPlan
from handlers.own_kinds.definition import Definition, OwnQuestion, Schedule
from handlers.own_kinds.question_types import TYPES, count_answer, figures_of
from storage.records.kinds import OwnKind
from understanding.phrases.normalize import fold

REPORTS = Figure("reports", "Số tin báo")
"""What is counted where no question yields a figure: every kind has one."""
BEFORE_DUE = timedelta(minutes=10)
NO_DAY = date(2000, 1, 1)


def made_from(own: OwnKind) -> CheckInKind:
    """The kind that a row of the table defines."""
    definition = msgspec.convert(own.definition, Definition)
    return make(definition, name=own.name, is_stopped=not own.is_active)


def make(definition: Definition, *, name: str, is_stopped: bool = False) -> CheckInKind:
    figures = tuple(figure for question in definition.questions for figure in figures_of(question))
    return CheckInKind(
        name=name,
        title=definition.title,
        about=definition.about,
        is_private=definition.is_private,
        is_stopped=is_stopped,
        is_once_a_day=definition.schedule is not None,
        questions=tuple(_question(each) for each in definition.questions),
        opens_with=(definition.title.lower(), f"báo {definition.title.lower()}", *definition.opens_with),
        say=_sayer(definition),
        figures=figures or (REPORTS,),
        count=_counter(definition, has_figures=bool(figures)),
        tells=definition.tells,
        plan=None if definition.schedule is None else _plan(definition, definition.schedule),
        reads_bare_number=_bare_number(definition),
    )


def _question(own: OwnQuestion) -> Question:
    kind = TYPES[own.type]
    return Question(
        name=own.name,
        ask=own.title if own.title.endswith("?") else f"{own.title}: {kind.ask}",
        read=_chooser(own.choices) if kind.is_choice else kind.read,
        read_file=kind.read_file,
        choices=("Có", "Không") if own.type == "yes_no" else own.choices,
        is_skippable=own.is_skippable,
        hint=kind.hint,
    )


def _chooser(choices: tuple[str, ...]) -> Callable[[str, datetime], str | None]:
    """The choice that is said word for word; likeness is not enough."""

    def read(text: str, _sent_at: datetime) -> str | None:
        exact = [choice for choice in choices if choice == text.strip()]
        said = [choice for choice in choices if folded(choice) == folded(text)]
        return next(iter(exact or said), None)

    return read


def _sayer(definition: Definition) -> Callable[[Answers], str]:
    questions = (*definition.questions, *definition.retired)

    def say(answers: Answers) -> str:
        parts = [
            f"{small(each.title.rstrip('?'))}: {TYPES[each.type].say(answers[each.name])}"
            for each in questions
            if answers.get(each.name) is not None
        ]
        return "; ".join(parts) or "không ghi gì thêm"

    return say


def small(title: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    is_abbreviation = title[1:2].isupper()
    return title if is_abbreviation else title[:1].lower() + title[1:]


def _counter(definition: Definition, *, has_figures: bool) -> Callable[[Answers], dict[str, int]]:
    questions = (*definition.questions, *definition.retired)

    def count(answers: Answers) -> dict[str, int]:
        if not has_figures:
            return {REPORTS.name: 1}
        found: dict[str, int] = {}
        for each in questions:
            found |= count_answer(each, answers.get(each.name))
        return found

    return count


def _bare_number(definition: Definition) -> str:
    """A number alone can only mean the one question that there is."""
    questions = definition.questions
    return questions[0].name if len(questions) == 1 and TYPES[questions[0].type].is_number else ""


def _plan(definition: Definition, schedule: Schedule) -> RoundPlan:
    return RoundPlan(
        opens=schedule.opens,
        reminds=reminds_at(schedule),
        due=schedule.due,
        request=_request(definition),
        offers_same=all(TYPES[each.type].repeats for each in definition.questions),
        asks_everybody=definition.about == "person",
        weekdays=frozenset(schedule.weekdays),
        first_day=date.fromisoformat(schedule.first_day) if schedule.first_day else None,
    )


def reminds_at(schedule: Schedule) -> str:
    """Ten minutes before the due time, or later where there is less time than half an hour."""
    opens, due = _moment(schedule.opens), _moment(schedule.due)
    return f"{due - min(BEFORE_DUE, (due - opens) / 3):%H:%M}"


def _moment(clock_time: str) -> datetime:
    return datetime.combine(NO_DAY, datetime.strptime(clock_time, "%H:%M").time())  # noqa: DTZ007 - a time of day, no moment


def _request(definition: Definition) -> str:
    """What is read with the request: the one question, or the list of what will be asked."""
    questions = definition.questions
    if len(questions) == 1:
        return f"{_question(questions[0]).ask} Xin trả lời tin này."
    lines = [f"{number}. {each.title} ({_how(each)})" for number, each in enumerate(questions, start=1)]
    how = "Xin trả lời tin này, mỗi dòng một mục theo thứ tự trên; hoặc chọn “Trả lời” để được hỏi từng mục."
    return "\n".join([*lines, how])


def _how(question: OwnQuestion) -> str:
    """ "chọn: tốt, cần thay; không bắt buộc"."""
    called = TYPES[question.type].called
    what = f"{called}: {', '.join(question.choices)}" if question.choices else called
    return f"{what}; không bắt buộc" if question.is_skippable else what


def stored(definition: Definition) -> dict[str, Any]:
    """The definition as it is kept."""
    kept: dict[str, Any] = msgspec.to_builtins(definition)
    return kept


def opening_words(kind: CheckInKind) -> set[str]:
    return {" ".join(fold(words).split()) for words in kind.opens_with}
