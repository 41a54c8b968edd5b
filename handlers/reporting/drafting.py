"""What a report that was heard becomes: a draft for each kind it fills, about whom or which unit, of which day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from handlers.access import Right
from handlers.check_in import Answers, CheckInKind
from handlers.kinds import open_kinds
from handlers.naming import people_named, units_named, unknown_unit
from handlers.reporting import answering
from handlers.reporting.asking import Draft
from handlers.rounds import Owing
from handlers.visit import Visit
from storage.records.units import Unit, with_all_below
from understanding import Report
from understanding.phrases.normalize import fold

NOT_YOURS = (
    "Số liệu của đơn vị khác do đơn vị đó hoặc Văn phòng báo, nên tôi chưa ghi. Nếu có nhầm, xin nhắn Văn phòng."
)
COUNTED = r"(?:(?:lượt|khách|người|luot|khach|nguoi)\W*)"
BARE = re.compile(rf"\W*\d[\d.,]*\W*(?P<counted>{COUNTED}{{1,2}})?(ạ|a|nhé|nhe)?\W*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words come upon: the question they answer (kind, unit where known, day), and what is owed here."""

    answered: tuple[CheckInKind, int | None, date] | None
    owed: list[Owing]


def drafts_of(visit: Visit, report: Report, setting: Setting) -> list[Draft]:
    """A draft for each kind that this report fills."""
    fitting = [
        (kind, answers)
        for kind in open_kinds(visit.tx)
        if kind.reads == report.kind and kind.from_report is not None and (answers := kind.from_report(report))
    ]
    if not fitting:
        return []
    if fitting[0][0].about == "person":
        fitting = [_best(fitting, setting)]
        return [draft for kind, answers in fitting if (draft := _about_person(visit, report, kind, answers))]
    return [draft for kind, answers in fitting if (draft := _about_unit(visit, report, kind, answers, setting))]


def _best(fitting: list[tuple[CheckInKind, Answers]], setting: Setting) -> tuple[CheckInKind, Answers]:
    """Of several kinds that the words would fit: what was asked, else what is owed, else what nobody asks for."""
    answered = setting.answered
    wanted = {answered[0].name} if answered is not None else {each.kind.name for each in setting.owed}
    for kind, answers in fitting:
        if kind.name in wanted:
            return kind, answers
    return next(((kind, answers) for kind, answers in fitting if kind.plan is None), fitting[0])


def _about_person(visit: Visit, report: Report, kind: CheckInKind, answers: Answers) -> Draft | None:
    person_id: int | None = visit.known.id
    unit_id, is_certain = visit.unit_id, report.is_certain
    # an accident is told by whoever saw it: nobody has to be found in the list before the leaders hear
    if report.get("who", "self") == "other" and report.kind != "incident":
        found = people_named(visit.tx, report.get("name") or "", visit.today, [unit_id])
        person_id = found[0].id if len(found) == 1 else None
        if person_id is None and not report.get("name"):
            is_certain = False
    return _draft(visit, kind, answers, unit_id=unit_id, person_id=person_id, is_certain=is_certain)


def _about_unit(visit: Visit, report: Report, kind: CheckInKind, answers: Answers, setting: Setting) -> Draft | None:
    answered = setting.answered
    unit_id = answered[1] if answered is not None and answered[1] is not None else visit.unit_id
    asked: list[tuple[int, str]] = []
    if answered is None and BARE.fullmatch(visit.message.text):
        owed = [each for each in setting.owed if each.kind.name == kind.name]
        asked = [(each.unit.id, each.round.day.isoformat()) for each in owed if each.unit is not None]
    if report.get("unit"):
        named = units_named(visit.tx, report.get("unit"), visit.today)
        if len(named) != 1:
            _ask_which_unit(visit, report.get("unit"), named)
            return None
        unit_id = named[0].id
    if not may_report_for(visit, unit_id):
        visit.reply(NOT_YOURS)
        return None
    day = _day_meant(visit, report, setting)
    draft = _draft(visit, kind, answers, unit_id=unit_id, day=day, is_certain=report.is_certain)
    return answering.of_one_of(draft, asked)


def _draft(
    visit: Visit,
    kind: CheckInKind,
    answers: Answers,
    *,
    unit_id: int,
    person_id: int | None = None,
    day: date | None = None,
    is_certain: bool,
) -> Draft:
    text = visit.message.text
    return Draft(
        kind=kind.name,
        unit_id=unit_id,
        person_id=person_id,
        said=text,
        message_id=visit.message.message_id,
        answers={**kind.from_words(text), **answers},
        day=None if day is None else day.isoformat(),
        is_certain=is_certain,
    )


def _day_meant(visit: Visit, report: Report, setting: Setting) -> date | None:
    """The day that is named, else that of the question answered (which may be yesterday's), else today."""
    day: date | None = report.get("date")
    is_named = day not in (None, visit.today) or "nay" in fold(visit.message.text).split()
    return day if is_named or setting.answered is None else setting.answered[2]


def may_report_for(visit: Visit, unit_id: int) -> bool:
    """One's own units and those below them (zones report through the unit responsible); the office for any."""
    if visit.may(Right.REPORT_FOR_ANY_UNIT) or unit_id in visit.unit_ids:
        return True
    return any(unit_id in with_all_below(visit.tx, own) for own in visit.unit_ids)


def _ask_which_unit(visit: Visit, name: str, named: list[Unit]) -> None:
    if named:
        choices = ", ".join(unit.short_name for unit in named[:8])
        visit.reply(f"“{name}” có thể là {choices}. Xin ghi rõ tên đơn vị giúp tôi.")
    else:
        visit.reply(f"{unknown_unit(visit.tx, name)} Xin ghi đúng tên đơn vị, số liệu chưa được ghi.")
