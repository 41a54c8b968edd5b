"""The dialogue of a check-in: asks for what is missing or unsure, one question at a time, and records when all is said.

State of a dialogue: the kind, the answers so far, whom it is about, what is being asked, and a nonce that its buttons carry,
so that a button of last month cannot answer the question of today.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import msgspec
from sqlalchemy import Connection

from handlers import incidents
from handlers.check_in import Answers, CheckInKind, Question
from handlers.kinds import kind_named
from handlers.local_time import short_day
from handlers.reporting.discretion import must_not_be_told_here, say_discreetly
from handlers.reporting.receipts import read_back
from handlers.reporting.recording import correct, record
from handlers.reporting.saying_back import say_whose
from handlers.reporting.source import source_of
from handlers.visit import Visit
from storage.messages import Button, IncomingFile, Marks
from storage.records.check_ins import CheckInState, find_check_in
from storage.records.dialogues import Dialogue
from storage.records.units import find_unit

TOPIC = "check_in"
PATIENCE = timedelta(minutes=30)
CONFIRM = "?"
"""What is being asked when everything is there but not certain."""

WHO = "@"
"""What is being asked when it is not clear whom the words are about."""
WHICH = "#"
"""What is being asked when the words fit several units, or several days of one."""
WHO_IS_IT = "Anh/chị báo cho ai ạ? Xin ghi họ tên đầy đủ."

CANCEL = "Bỏ"
SKIP = "Bỏ qua"
YES, NO = "Đúng", "Chưa đúng"


@dataclass(frozen=True, slots=True)
class Draft:
    """A check-in that is not complete or not certain yet."""

    kind: str
    unit_id: int
    person_id: int | None
    said: str
    message_id: str | None
    answers: Answers = field(default_factory=dict)
    asking: str = ""
    nonce: str = ""
    day: str | None = None
    corrects: int | None = None  # the check-in that this one will supersede
    is_certain: bool = True
    candidates: tuple[int, ...] = ()  # units that it may be about, until somebody says which
    days: tuple[str, ...] = ()  # the day of each candidate: one unit may owe of two
    offers: dict[str, tuple[str, ...]] = field(default_factory=dict)  # question -> what an unclear word may mean
    then: tuple[Draft, ...] = ()  # what else the message reported, to be asked about afterwards
    shown: IncomingFile | None = None  # what came with the words of an urgent event

    def of_kind(self, tx: Connection) -> CheckInKind:
        return kind_named(tx, self.kind)


def begin(visit: Visit, kind_name: str, *, unit_id: int | None = None, day: date | None = None) -> None:
    """Start the dialogue of a kind from nothing, for one's own unit and today unless others are named."""
    kind = kind_named(visit.tx, kind_name)
    draft = Draft(
        kind=kind.name,
        unit_id=unit_id or visit.unit_id,
        person_id=visit.known.id if kind.about == "person" else None,
        said="",
        message_id=None,
        day=None if day is None else day.isoformat(),
        shown=incidents.shown_before(visit),
    )
    proceed(visit, draft)


def proceed(visit: Visit, draft: Draft) -> None:
    """Ask the next question, have it confirmed if something was unsure, or record."""
    kind = draft.of_kind(visit.tx)
    question = kind.missing(draft.answers)
    if kind.about == "person" and draft.person_id is None:
        ask(visit, replace(draft, asking=WHO), WHO_IS_IT, ())
    elif draft.candidates:
        what = "ngày" if len(set(draft.candidates)) == 1 else "đơn vị"
        text = f"{kind.title}: {kind.say(draft.answers)} là của {what} nào ạ?"
        ask(visit, replace(draft, asking=WHICH), text, candidate_names(visit, draft))
    elif (wrong := kind.mistake(draft.answers, visit.today)) is not None:
        _ask_again_from_start(visit, draft, wrong)
    elif question is not None:
        ask(visit, replace(draft, asking=question.name), question.ask, choices_of(question, draft))
    elif not draft.is_certain:
        whose = say_whose(visit.tx, kind, draft.unit_id, _day_of(visit, draft), visit.today)
        odd = kind.odd(draft.answers, None)
        look = f" ⚠️ Xin xem lại: {odd}." if odd else ""
        text = f"Tôi hiểu là: {whose}{kind.say(draft.answers)}.{look} Đúng không ạ?"
        ask(visit, replace(draft, asking=CONFIRM), text, (YES, NO))
    else:
        _finish(visit, draft)


def _day_of(visit: Visit, draft: Draft) -> date:
    """The day it will be kept for: that of what it corrects, else the one that was named, else today."""
    old = find_check_in(visit.tx, draft.corrects) if draft.corrects else None
    if old is not None:
        return old.day
    return visit.today if draft.day is None else visit.today.fromisoformat(draft.day)


def candidate_names(visit: Visit, draft: Draft) -> tuple[str, ...]:
    """The units, with their days where one of them is asked about for two; the days alone of a single unit."""
    days = draft.days or (visit.today.isoformat(),) * len(draft.candidates)
    has_days = len(set(draft.candidates)) < len(draft.candidates)
    names = []
    for unit_id, day in zip(draft.candidates, days, strict=True):
        unit = find_unit(visit.tx, unit_id)
        parts = [unit.short_name] if unit is not None and len(set(draft.candidates)) > 1 else []
        names.append(" · ".join(parts + ([_day_name(visit, day)] if has_days else [])))
    return tuple(names)


def _day_name(visit: Visit, day: str) -> str:
    said = visit.today.fromisoformat(day)
    return f"Hôm nay {short_day(said)}" if said == visit.today else short_day(said)


def narrow(draft: Draft, chosen: Collection[int]) -> Draft:
    """Only these of the candidates are left; the last one is what it is about."""
    candidates = tuple(draft.candidates[n] for n in chosen)
    days = tuple(draft.days[n] for n in chosen) if draft.days else ()
    if len(candidates) > 1:
        return replace(draft, candidates=candidates, days=days)
    return replace(draft, unit_id=candidates[0], day=days[0] if days else draft.day, candidates=(), days=())


def choices_of(question: Question, draft: Draft) -> tuple[str, ...]:
    """The ready answers: what the unclear word may mean, else those of the kind."""
    choices = draft.offers.get(question.name) or question.choices
    return (*choices, SKIP) if question.is_skippable else choices


def _ask_again_from_start(visit: Visit, draft: Draft, wrong: str) -> None:
    kept = {name: answer for name, answer in draft.answers.items() if not name.endswith("_on")}
    say_discreetly(visit, draft.of_kind(visit.tx), f"{wrong} Xin cho tôi biết lại.")
    proceed(visit, replace(draft, answers=kept))


def ask(visit: Visit, draft: Draft, text: str, choices: tuple[str, ...]) -> None:
    """Say the question where this kind may be talked about, and remember what was asked."""
    kind = draft.of_kind(visit.tx)
    asked = replace(draft, nonce=f"{visit.message.key[-8:]}{visit.said}")
    offered = [_button(asked, number, choice) for number, choice in enumerate(choices)]
    rows = [tuple(offered[n : n + 2]) for n in range(0, len(offered), 2)]
    rows.append((Button(CANCEL, f"dlg:{asked.nonce}:x"),))
    dialogue = Dialogue(topic=TOPIC, state=msgspec.to_builtins(asked), expires_at=visit.now + PATIENCE)
    visit.keep(dialogue, in_private=must_not_be_told_here(visit, kind))
    # where nothing but side doors can be chosen, what is awaited may be a number
    marks = Marks.NUMBERS if set(choices) - {SKIP} else Marks.WORDS
    say_discreetly(visit, kind, text, buttons=tuple(rows), marks=marks)


def _button(draft: Draft, number: int, choice: str) -> Button:
    return Button(choice, f"dlg:{draft.nonce}:{number}")


def _finish(visit: Visit, draft: Draft) -> None:
    kind = draft.of_kind(visit.tx)
    source = source_of(visit, said=draft.said, message_id=draft.message_id)
    old = find_check_in(visit.tx, draft.corrects) if draft.corrects else None
    if old is not None:
        kept = correct(
            visit.tx, old, kind=kind, answers=draft.answers, reported_by=visit.known.id, source=source, now=visit.now
        )
    else:
        kept = record(
            visit.tx,
            kind=kind,
            answers=draft.answers,
            unit_id=draft.unit_id,
            person_id=draft.person_id,
            reported_by=visit.known.id,
            source=source,
            now=visit.now,
            day=None if draft.day is None else visit.today.fromisoformat(draft.day),
        )
    read_back(visit, kind, kept, is_correction=old is not None)
    if kept.state == CheckInState.CURRENT and kind.incident(kept.answers) is not None:
        incidents.ask_details(visit, kept, draft.shown)
    go_to_next(visit, draft)


def go_to_next(visit: Visit, draft: Draft) -> None:
    if draft.then:
        proceed(visit, replace(draft.then[0], then=draft.then[1:]))
