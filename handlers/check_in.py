"""The contract of a check-in: what is asked, how answers are read, what is counted, who is told.

A kind is one file in `check_ins/`. The dialogue, storage, roll-up, reminder and summary read these fields and never a name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from storage.messages import IncomingMessage
from storage.records.alerts import Severity
from understanding import Report

Answers = dict[str, Any]
"""Question name → answer, in JSON types (dates as ISO text)."""


def nothing_to_alert(_answers: Answers) -> None:
    """For kinds that alarm nobody, whatever is reported."""


class Told(StrEnum):
    """Who hears of a check-in at once, in private."""

    HEAD_OF_UNIT = "head_of_unit"
    LEADERS = "leaders"
    OFFICE = "office"
    MONITORING = "monitoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing asked. `read(text, sent_at)` returns the answer in JSON types, or None when it is not sure."""

    name: str
    ask: str
    read: Callable[[str, datetime], Any]
    choices: tuple[str, ...] = ()  # offered as buttons; pressing one is saying it
    read_file: Callable[[IncomingMessage], Any] | None = None  # where the answer is a photo or file that is sent
    is_optional: bool = False  # never asked for, taken where it is told
    is_skippable: bool = False  # asked, but "bỏ qua" is an answer (null)
    when: Callable[[Answers], bool] = lambda _answers: True
    hint: str = ""  # said when the answer was not understood: how to write it


@dataclass(frozen=True, slots=True)
class Figure:
    """A number the kind yields, and how people call it."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPlan:
    """When this kind is asked of the units (or people): local times of working days."""

    opens: str  # "16:00"
    reminds: str  # friendly, to those who have not answered
    due: str  # chaser to those missing and summary to the office
    request: str  # what the room reads
    # buttons beside "như hôm qua", and their meaning
    quick_answers: Mapping[str, Answers] = field(default_factory=dict)
    offers_same: bool = True  # "như hôm qua" may be true of it
    asks_everybody: bool = False  # of a person: all are asked, not only those whom something happened to
    weekdays: frozenset[int] = frozenset()  # 0 is Monday; none named: every working day
    first_day: date | None = None  # earlier days were never asked about

    def is_asked_on(self, day: date) -> bool:
        is_begun = self.first_day is None or self.first_day <= day
        return is_begun and (not self.weekdays or day.weekday() in self.weekdays)


class Watched(StrEnum):
    """Why somebody's health is followed for some days."""

    RETURNED = "returned"  # from an area of risk
    CONTACT = "contact"  # with a case
    SYMPTOMS = "symptoms"
    OFFICE = "office"  # somebody entitled decided so


@dataclass(frozen=True, slots=True)
class LeavePlan:
    """Somebody's leave is asked before it happens; whose, the office's rules say by the level of who asks and the reason."""

    reason: Callable[[Answers], str]
    reasons: tuple[str, ...]  # those that the office may make a rule for
    is_ahead: Callable[[Answers, date], bool]  # on this day: what is over already is only told


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInKind:
    """What somebody may report."""

    name: str
    title: str
    about: Literal["unit", "person"]
    questions: tuple[Question, ...]
    say: Callable[[Answers], str]  # the check-in in one line, as it is read back
    is_once_a_day: bool = False  # of a person: a second one of the day corrects the first
    is_stopped: bool = False  # only read from here on: not asked, not taken
    is_private: bool = False  # health and journeys: never repeated in a room
    opens_with: tuple[str, ...] = ()  # whole lines that begin its dialogue
    reads: str = ""  # the kind of `understanding.Report` it is made from; none: only by dialogue
    from_report: Callable[[Report], Answers] | None = None  # only what the report fills; nothing: not this kind
    from_words: Callable[[str], Answers] = lambda _said: {}  # what else the whole text tells
    figures: tuple[Figure, ...] = ()
    count: Callable[[Answers], dict[str, int]] = lambda _answers: {}
    span: Callable[[Answers, date], tuple[date, date | None]] = lambda _answers, today: (today, None)
    mistake: Callable[[Answers, date], str | None] = lambda _answers, _today: None  # what cannot be, in a sentence
    tells: tuple[Told, ...] = ()
    is_worth_telling: Callable[[Answers], bool] = lambda _answers: True
    alert: Callable[[Answers], str | None] = nothing_to_alert  # its subject, without the name; none: no alert
    incident: Callable[[Answers], str | None] = lambda _answers: None  # the type of the incident it opens; none: none
    severity: Callable[[Answers], Severity] = lambda _answers: Severity.MEDIUM  # of the alert
    field: Callable[[Answers], str] = lambda _answers: ""  # "fire": whose deputy director the alert climbs to
    watched_for: Callable[[Answers], Watched | None] = lambda _answers: None  # why his health may be followed
    watched_name: Callable[[Answers], str] = lambda _answers: ""  # whose, where it is not that of who told it
    plan: RoundPlan | None = None
    leave: LeavePlan | None = None  # none: it is only told
    leads_to: Callable[[Answers], list[str]] | None = None  # provinces or countries, looked up among the areas of risk
    reads_bare_number: str = ""  # the answer that a number alone means
    odd: Callable[[Answers, Answers | None], str | None] = lambda _answers, _before: None  # a remark for the summary

    @property
    def can_alert(self) -> bool:
        return self.alert is not nothing_to_alert

    @property
    def has_one_a_day(self) -> bool:
        """Of a unit, or of a person: a second one of the day tells all of it anew."""
        return self.about == "unit" or self.is_once_a_day

    @property
    def debtors(self) -> str:
        """Who owes an answer, as people count them: "3/12 đơn vị"."""
        return "đơn vị" if self.about == "unit" else "người"

    @property
    def is_asked(self) -> bool:
        """Is it asked in rounds, of every unit or every person?"""
        plan = None if self.is_stopped else self.plan
        return plan is not None and (self.about == "unit" or plan.asks_everybody)

    def missing(self, answers: Answers) -> Question | None:
        """The first question that still has to be asked."""
        for question in self.questions:
            if question.name not in answers and not question.is_optional and question.when(answers):
                return question
        return None
