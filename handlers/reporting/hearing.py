"""What somebody's words report, and what becomes of it: recorded when certain, asked about when not, silent for chatter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import msgspec

from handlers import alerts, directives
from handlers.abouts import ids_in, requests_in
from handlers.check_in import CheckInKind
from handlers.kinds import kind_named, open_kinds
from handlers.local_time import local
from handlers.naming import units_named
from handlers.reporting import answering, awaiting, mending
from handlers.reporting.asking import TOPIC, Draft, proceed
from handlers.reporting.drafting import BARE, NOT_YOURS, Setting, drafts_of, may_report_for
from handlers.rounds import Owing, owing
from handlers.visit import Visit
from storage.records.check_ins import foresee_last_by, last_check_in_by
from storage.records.rounds import find_round
from understanding import Reading, Report, read

JUST_NOW = timedelta(minutes=15)
URGENT = "incident"
ASKED_ANYWAY = "return"
"""Of a journey: whoever did not tell it is asked, and by his answer confirms the rest."""


def hear(visit: Visit, abouts: list[str]) -> bool:
    """Take the words for what they report; false if they report nothing. `abouts`: what they answer, where known."""
    is_awaited = visit.awaited_by is not None
    if not _hear(visit, abouts):
        return not is_awaited and awaiting.await_original(visit)
    if is_awaited:
        awaiting.take_behind(visit, lambda: _hear(visit, []))
    return True


def _hear(visit: Visit, abouts: list[str]) -> bool:
    foresee_last_by(visit.tx, visit.known.id, visit.said_at - JUST_NOW)
    owed = owing(visit.tx, unit_ids=visit.unit_ids, person_id=visit.known.id, now=visit.now)
    setting = Setting(_answered(visit, abouts) or _only_one_owing(visit, owed) or _just_said(visit), owed)
    context = _context(visit, abouts, setting)
    reading = read(visit.message.text, local(visit.said_at), context)
    reports = reading.reports
    if _take_answer(visit, setting, reports):
        return True
    drafts: list[Draft] = []
    has_heard = False
    for report in reports:
        if report.kind == "ack":
            has_heard |= _acknowledge(visit, abouts)
        elif report.kind == "correction":
            has_heard |= _take_correction(visit, report)
        else:
            found = _drafts_with_offers(visit, reading, report, setting)
            is_of_meeting = _is_absence_from_what_was_called(report, abouts)
            drafts += [replace(draft, is_certain=False) for draft in found] if is_of_meeting else found
    _proceed_all(visit, drafts)
    return has_heard or bool(drafts)


def _drafts_with_offers(visit: Visit, reading: Reading, report: Report, setting: Setting) -> list[Draft]:
    """What the dialogue asks anyway, or offers as buttons, is no reason to doubt the rest."""
    offers = reading.offers_for(report)
    settled = {*offers, *({ASKED_ANYWAY} - report.slots.keys())}
    is_sure = bool(settled & _doubtful(reading, report)) and reading.is_sure_but_for(report, settled)
    return [
        replace(draft, offers=offers, is_certain=draft.is_certain or is_sure)
        for draft in drafts_of(visit, report, setting)
    ]


def _is_absence_from_what_was_called(report: Report, abouts: list[str]) -> bool:
    """ "em xin phép vắng ạ" behind "8 giờ mai họp": no day is named, so it may be the meeting and not the day."""
    day = report.slots.get("date")
    is_behind = bool(directives.directive_ids_in(abouts))
    return is_behind and report.kind == "presence" and (day is None or day.span is None)


def _doubtful(reading: Reading, report: Report) -> set[str]:
    return {doubt.slot for doubt in reading.doubts if doubt.kind == report.kind}


def _take_answer(visit: Visit, setting: Setting, reports: tuple[Report, ...]) -> bool:
    """The answer to a kind that has only its questions; false if it is none, or more urgent than an answer."""
    if any(report.kind == "incident" and report.is_certain for report in reports):
        return False
    if setting.answered is not None:
        kind, unit_id, day = setting.answered
        is_only_ack = bool(reports) and all(report.kind == "ack" for report in reports)
        if kind.from_report is not None or kind.is_stopped or is_only_ack:
            return False
        if unit_id is not None and not may_report_for(visit, unit_id):
            visit.reply(NOT_YOURS)
        else:
            answering.answer_request(visit, kind, unit_id, day)
        return True
    waiting = _waiting_for_a_number(visit, setting.owed) if not reports and visit.is_where_units_answer else []
    if waiting:
        answering.answer_one_of(visit, waiting)
    return bool(waiting)


def _take_correction(visit: Visit, report: Report) -> bool:
    """A unit that is named is the one whose figures are meant, whoever reported them."""
    name = report.get("unit")
    named = units_named(visit.tx, str(name), visit.today) if name else []
    of_unit = named[0].id if len(named) == 1 else None
    if of_unit is not None and not may_report_for(visit, of_unit):
        visit.reply(NOT_YOURS)
        return True
    return mending.take_correction(visit, report, of_unit=of_unit)


def _answered(visit: Visit, abouts: list[str]) -> tuple[CheckInKind, int | None, date] | None:
    """The kind, unit and day of the request that is answered."""
    for round_id, noun, number in requests_in(abouts):
        if (asked := find_round(visit.tx, round_id)) is not None:
            return kind_named(visit.tx, asked.kind), number if noun == "unit" else None, asked.day
    return None


def _only_one_owing(visit: Visit, owed: list[Owing]) -> tuple[CheckInKind, int | None, date] | None:
    """A number alone, and only one unit whose question it can answer."""
    waiting = _waiting_for_a_number(visit, owed)
    if len(waiting) != 1 or waiting[0].unit is None or not visit.is_where_units_answer:
        return None
    return waiting[0].kind, waiting[0].unit.id, waiting[0].round.day


def _just_said(visit: Visit) -> tuple[CheckInKind, int | None, date] | None:
    """ "9 lượt khách" a moment after one's own "7 lượt khách" in the same chat: the same figure, corrected."""
    found = BARE.fullmatch(visit.message.text)
    if found is None or found["counted"] is None:
        return None
    last = last_check_in_by(visit.tx, visit.known.id, visit.said_at - JUST_NOW)
    if last is None or last.chat_id != visit.message.chat_id:
        return None
    kind = kind_named(visit.tx, last.kind)
    return (kind, last.unit_id, last.day) if kind.reads_bare_number and kind.from_report is not None else None


def _context(visit: Visit, abouts: list[str], setting: Setting) -> str | None:
    """What the words follow, in the terms of `understanding`."""
    if setting.answered is not None:
        return _question_of(setting.answered[0])
    if ids_in(abouts, "alert") or directives.directive_ids_in(abouts):
        return "reply_to:notice"
    if _answers_by_its_words(visit, setting.owed):
        return "reply_to:daily_count"
    if (asked := _asked_for_a_number(visit, setting.owed) or _named_by_its_words(visit)) is not None:
        return _question_of(asked)
    if (asked := _asked_how_one_is(visit, setting.owed)) is not None:
        return _question_of(asked)
    last = last_check_in_by(visit.tx, visit.known.id, visit.said_at - JUST_NOW)
    reads = kind_named(visit.tx, last.kind).reads if last is not None else ""
    return f"after:{reads}" if reads else None


def _answers_by_its_words(visit: Visit, owed: list[Owing]) -> bool:
    """Where no platform tells what was replied to, figures said to us where figures are owed answer that."""
    is_said_to_us = visit.message.by_words and visit.message.addressed and visit.is_where_units_answer
    return is_said_to_us and not BARE.fullmatch(visit.message.text) and any(each.kind.reads == "count" for each in owed)


def _question_of(kind: CheckInKind) -> str:
    if kind.reads == "count":
        field = kind.reads_bare_number
        return f"reply_to:daily_count:{field}" if field else "reply_to:daily_count"
    return "reply_to:health_check" if kind.reads == "symptom" else "reply_to:checkin"


def _asked_for_a_number(visit: Visit, owed: list[Owing]) -> CheckInKind | None:
    """The one kind, owed where this person speaks for a unit, that a number alone answers."""
    fitting = {each.kind.name: each.kind for each in _waiting_for_a_number(visit, owed)}
    return next(iter(fitting.values())) if len(fitting) == 1 and visit.is_where_units_answer else None


def _asked_how_one_is(visit: Visit, owed: list[Owing]) -> CheckInKind | None:
    """ "khỏe ạ" in private, where this person was asked how he is: the answer, though no platform says to what."""
    mine = [each.kind for each in owed if each.unit is None and each.kind.reads == "symptom"]
    return mine[0] if mine and visit.message.is_private else None


def _named_by_its_words(visit: Visit) -> CheckInKind | None:
    """ "9 lượt khách" and nothing else, where this person speaks for a unit: the kind whose number that is."""
    found = BARE.fullmatch(visit.message.text)
    if found is None or found["counted"] is None or not visit.is_where_units_answer:
        return None
    fitting = [kind for kind in open_kinds(visit.tx) if kind.reads_bare_number and kind.from_report is not None]
    return fitting[0] if len(fitting) == 1 else None


def _waiting_for_a_number(visit: Visit, owed: list[Owing]) -> list[Owing]:
    """The open questions that this number can answer: those whose own words stand beside it, else any for a bare one."""
    said = visit.message.text
    waiting = [each for each in owed if each.kind.reads_bare_number and each.unit is not None]
    named = [each for each in waiting if each.kind.from_report is None and answering.says_number_of(each.kind, said)]
    return named or (waiting if BARE.fullmatch(said) else [])


def _acknowledge(visit: Visit, abouts: list[str]) -> bool:
    if told_of := ids_in(abouts, "alert"):
        return alerts.take_by_word(visit, told_of[0])
    if not abouts:
        return alerts.ask_to_take(visit) or directives.acknowledge_what_is_owed(visit)
    return directives.take_receipts(visit, directives.directive_ids_in(abouts))


def _proceed_all(visit: Visit, drafts: list[Draft]) -> None:
    """What is complete is recorded at once; what is not is asked about, one after the other."""
    complete = [draft for draft in drafts if is_complete(visit, draft)]
    open_ones = [draft for draft in drafts if draft not in complete]
    for draft in complete:
        proceed(visit, draft)
    if open_ones:
        proceed(visit, replace(open_ones[0], then=(*open_ones[1:], *_urgent_and_open(visit, open_ones))))


def _urgent_and_open(visit: Visit, drafts: list[Draft]) -> tuple[Draft, ...]:
    """What was being asked of something urgent is not forgotten over another question: it is asked again after it."""
    dialogue = visit.dialogue()
    if dialogue is None or dialogue.topic != TOPIC:
        return ()
    asked = msgspec.convert(dialogue.state, Draft)
    is_urgent = asked.kind == URGENT and all(draft.kind != URGENT for draft in drafts)
    return (replace(asked, then=()), *asked.then) if is_urgent else ()


def is_complete(visit: Visit, draft: Draft) -> bool:
    kind = draft.of_kind(visit.tx)
    has_all = kind.missing(draft.answers) is None and kind.mistake(draft.answers, visit.today) is None
    return (
        has_all and draft.is_certain and not draft.candidates and (kind.about == "unit" or draft.person_id is not None)
    )
