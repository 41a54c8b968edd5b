"""A definition in the text form that the office wrote, or would have written."""

from __future__ import annotations

from handlers.own_kinds.asked_line import CALLED
from handlers.own_kinds.definition import Definition, OwnQuestion, Schedule
from handlers.own_kinds.question_types import TYPES
from handlers.own_kinds.reading import TOLD_CALLED


def as_text(definition: Definition) -> str:
    """Reading it again gives the same definition."""
    lines = [definition.title, f"hỏi: {', '.join(_asked(definition))}"]
    if definition.tells:
        lines.append(f"báo: {', '.join(TOLD_CALLED[told] for told in definition.tells)}")
    if definition.opens_with:
        lines.append(f"gọi: {', '.join(definition.opens_with)}")
    return "\n".join([*lines, *(_question(each) for each in definition.questions)])


def _asked(definition: Definition) -> list[str]:
    who = "đơn vị" if definition.about == "unit" else "từng người"
    when = "khi có việc" if definition.schedule is None else call_schedule(definition.schedule)
    return [who, when, "kín"] if definition.is_private else [who, when]


def call_schedule(schedule: Schedule) -> str:
    """ "hằng ngày 08:00-09:00", "thứ Hai, thứ Năm 08:00-09:00"."""
    days = ", ".join(CALLED[number] for number in schedule.weekdays) or "hằng ngày"
    return f"{days} {schedule.opens}-{schedule.due}"


def _question(question: OwnQuestion) -> str:
    kind = TYPES[question.type]
    what = f"{kind.called}: {', '.join(question.choices)}" if question.choices else kind.called
    return f"- {question.title} ({what}{', không bắt buộc' if question.is_skippable else ''})"
