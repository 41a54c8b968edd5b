"""The contract of a kind: a function from the scene to the reports of that kind, with doubts beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from understanding.persons.household import OTHER, SELF, Person
from understanding.phrases.line import Line
from understanding.reading import Doubt, Report, Slot
from understanding.scene import Scene


@dataclass(slots=True)
class Found:
    """What one kind found, and the words it has used up."""

    reports: list[Report] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    words: set[int] = field(default_factory=set)


ReadKind = Callable[[Scene, frozenset[int]], Found]
"""The words already used by the kinds before are given, so that nothing is told twice."""


def report(kind: str, certainty: float, **slots: Slot | None) -> Report:
    """Empty slots are left out; "return_" and the like lose their underscore."""
    filled = {name.rstrip("_"): slot for name, slot in slots.items() if slot is not None and slot.value is not None}
    return Report(kind, filled, certainty)


def slot(value: Any, span: tuple[int, int] | None = None, certainty: float = 1.0) -> Slot | None:
    return None if value is None else Slot(value, span, certainty)


def whose(person: Person | None, line: Line | None = None, certainty: float | None = None) -> dict[str, Slot | None]:
    """The slots `who` and `name`: nobody named is the writer; only of others a name is told. `line`: to show the words."""
    who, sure = (person.who, person.certainty) if person else (SELF, 0.9)
    span = line.span(person.first, person.after) if person and line else None
    return {
        "who": Slot(who, span, sure if certainty is None else certainty),
        "name": slot(person.name if person and who == OTHER else None),
    }
