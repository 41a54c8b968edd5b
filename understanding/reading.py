"""What a reader hands back: reports with slots, how sure it is of each, and what a careful colleague would ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any, NamedTuple

CERTAINTY = attrgetter("certainty")
"""Read off without a step of Python for each slot: every report is asked several times whether it is certain."""
CERTAIN = 0.8
"""From here on a value is recorded without asking."""


class Slot(NamedTuple):
    """One value with the place in the (NFC) text it was read from; no span when the context or the day gave it."""

    value: Any
    span: tuple[int, int] | None = None
    certainty: float = 1.0

    @property
    def is_certain(self) -> bool:
        return self.certainty >= CERTAIN


@dataclass(frozen=True, slots=True)
class Report:
    kind: str
    slots: Mapping[str, Slot]
    certainty: float

    def get(self, name: str, default: Any = None) -> Any:
        slot = self.slots.get(name)
        return default if slot is None else slot.value

    @property
    def is_certain(self) -> bool:
        """Sure of the kind and of every slot: may be recorded without a question."""
        return self.certainty >= CERTAIN and min(map(CERTAINTY, self.slots.values()), default=1) >= CERTAIN


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question a careful colleague would ask before writing down `kind`; candidates are ready-made answers."""

    kind: str
    slot: str
    question: str  # "which", "what", "when", "who", "really", "more"
    candidates: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    reports: tuple[Report, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def of(self, kind: str) -> tuple[Report, ...]:
        return tuple(report for report in self.reports if report.kind == kind)

    def first(self, kind: str) -> Report | None:
        return next(iter(self.of(kind)), None)

    def offers_for(self, report: Report) -> dict[str, tuple[str, ...]]:
        """What a short form may mean ("ĐN": Đà Nẵng, Đồng Nai): ready answers for each slot that it left empty."""
        return {
            doubt.slot: tuple(str(each) for each in doubt.candidates)
            for doubt in self.doubts
            if doubt.kind == report.kind and doubt.question == "which" and not report.get(doubt.slot)
        }

    def is_sure_but_for(self, report: Report, slots: Collection[str]) -> bool:
        """Nothing but these slots was doubtful: once they are chosen nothing needs to be confirmed."""
        others = [doubt for doubt in self.doubts if doubt.kind == report.kind and doubt.slot not in slots]
        return not others and all(slot.is_certain for name, slot in report.slots.items() if name not in slots)


class Context(StrEnum):
    """What came before the message; a field may follow the daily count, a kind follows `after:`."""

    DAILY_COUNT = "reply_to:daily_count"
    CHECKIN = "reply_to:checkin"
    HEALTH_CHECK = "reply_to:health_check"
    TRAVEL_CHECK = "reply_to:travel_check"
    NOTICE = "reply_to:notice"

    @staticmethod
    def daily_count(field_name: str) -> str:
        return f"{Context.DAILY_COUNT}:{field_name}"

    @staticmethod
    def after(kind: str) -> str:
        return f"after:{kind}"


@dataclass(frozen=True, slots=True)
class Nicknames:
    """The office's own words for its units and people: what is typed -> the full name."""

    units: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
