"""What a playbook says: its steps, each with who does it, by when, after what, at which place and level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LEVELS = (1, 2, 3)


class Place(StrEnum):
    """Where it happened, seen from the office."""

    NEAR = "near"
    INSIDE = "inside"

    @property
    def called(self) -> str:
        return "gần trụ sở" if self == Place.NEAR else "tại cơ quan, đơn vị"


class Evidence(StrEnum):
    """What must come with "xong"."""

    NONE = ""
    PHOTO = "photo"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """`minutes`: due so long after it was told. `after`: the number of the step that goes before it."""

    text: str
    who: str
    minutes: int
    details: str = ""
    after: int | None = None
    evidence: Evidence = Evidence.NONE
    each: bool = False  # every one of them must answer, not only one
    place: Place | None = None  # only there; none: everywhere
    level: int = 1  # only from this level on


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    name: str
    title: str
    source: str  # the plan it was taken from
    incidents: tuple[str, ...]  # the kinds of incident it is offered with
    place: Place | None
    steps: tuple[Step, ...]

    def steps_at(self, place: Place | None, level: int) -> list[tuple[int, Step]]:
        """Number and step of those that apply; one that waited for a step left out waits for nothing."""
        return [
            (number, step)
            for number, step in enumerate(self.steps, start=1)
            if step.level <= level and (step.place is None or place is None or step.place == place)
        ]
