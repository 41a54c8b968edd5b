"""What must hold of every database of ours; `python -m bot check` and the tests after a crash ask for it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from storage.invariant import Check, Invariant
from storage.invariants import (
    alerts,
    approvals,
    check_ins,
    delivery,
    directives,
    follow_ups,
    incidents,
    orphans,
    people,
    playbooks,
    risk_areas,
    rounds,
    schedules,
    units,
)

FAMILY = (
    people,
    units,
    rounds,
    check_ins,
    delivery,
    directives,
    alerts,
    approvals,
    incidents,
    playbooks,
    risk_areas,
    follow_ups,
    schedules,
)
CHECKS: tuple[Check, ...] = (orphans.find_orphans, units.find_circles)
INVARIANTS: tuple[Invariant, ...] = tuple(invariant for member in FAMILY for invariant in member.INVARIANTS)


def broken_invariants(tx: Connection, _now: datetime | None = None) -> list[str]:
    """A sentence for each rule that does not hold; an empty list is what everybody wants to see."""
    found = [invariant.check(tx) for invariant in INVARIANTS]
    return [*(each for each in found if each is not None), *(each for check in CHECKS for each in check(tx))]
