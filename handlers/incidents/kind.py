"""The contract of an incident kind: what is asked after the first report, what it comes to, how bad it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from handlers.check_in import Answers, Question


class Severity(StrEnum):
    LIGHT = "light"
    SERIOUS = "serious"
    GRAVE = "grave"

    @property
    def called(self) -> str:
        return {"light": "nhẹ", "serious": "nghiêm trọng", "grave": "đặc biệt nghiêm trọng"}[self]


Facts = Mapping[str, Any]
"""What the outward duties go by: "dead" → 1, "contract" → False. What is not known is not in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentKind:
    name: str
    title: str
    field: str  # whose business it is: "an toàn lao động", "y tế"
    types: tuple[str, ...]  # of the first report (handlers/check_ins/incident.py)
    questions: tuple[Question, ...]
    severity: Callable[[Facts], Severity]
    facts: Callable[[Answers], dict[str, Any]] = dict
    say: Callable[[Facts], list[str]] = lambda _facts: []  # what is known, a sentence for each thing, in legal words
    prefill: Callable[[str, str], Answers] = lambda _type, _words: {}  # what the first report says without a doubt
    told_later: Callable[[str], Answers] = lambda _words: {}  # … and what news of it does: that need not be asked

    def missing(self, answers: Answers) -> Question | None:
        """The next thing to ask."""
        return next((q for q in self.questions if q.name not in answers and q.when(answers)), None)
