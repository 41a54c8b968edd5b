"""The day as data: what each unit reported, what is missing, late, changed or odd. How it looks is decided elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from handlers.check_in import CheckInKind
from storage.records.check_ins import CheckIn
from storage.records.rounds import ANSWERED, OPEN, Expected, Round
from storage.records.units import Unit
from storage.roll_ups import Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in one round."""

    unit: Unit
    state: Expected
    check_in: CheckIn | None
    before: CheckIn | None  # that of the working day before
    reporter: str
    with_zones: Totals | None  # the roll-up, where the unit is responsible for zones
    remark: str | None  # why somebody should look at it again

    def changes(self, kind: CheckInKind) -> Totals:
        """The figures reported on both days: now less then."""
        if self.check_in is None or self.before is None:
            return {}
        then = kind.count(self.before.answers)
        return {name: now - then[name] for name, now in kind.count(self.check_in.answers).items() if name in then}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSummary:
    """One round: its units in the order of the tree, and the sums."""

    kind: CheckInKind
    round: Round
    lines: tuple[UnitLine, ...]  # empty for rounds that ask people: they are never named
    states: tuple[Expected, ...]  # of every expectation
    totals: Totals
    day_before: date

    @property
    def owed(self) -> int:
        return sum(state is not Expected.EXCUSED for state in self.states)

    @property
    def answered(self) -> int:
        return sum(state in ANSWERED for state in self.states)

    @property
    def changes(self) -> Totals:
        """Each figure against the working day before, over the units that reported it on both days: like with like."""
        changes: Totals = {}
        for line in self.lines:
            for name, change in line.changes(self.kind).items():
                changes[name] = changes.get(name, 0) + change
        return changes

    @property
    def missing(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.state in OPEN)

    @property
    def late(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.state is Expected.LATE)

    @property
    def odd(self) -> tuple[UnitLine, ...]:
        return tuple(line for line in self.lines if line.remark)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Numbers beside the rounds, without a name."""

    travel_notices: int  # told on this day
    travelling: int  # away on this day
    leaves_waiting: int  # asked and not decided
    presence: dict[str, int]  # status → people
    symptom_reports: int
    parked: int
    uncertain: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySummary:
    day: date
    made_at: datetime
    kinds: tuple[KindSummary, ...]
    notes: Notes
