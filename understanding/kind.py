"""The contract of a kind: a function from the scene to the reports of that kind, with doubts beside them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

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
