"""How fast people answered: the figures a drill is held for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage.records.playbooks import StepHolder

SHARES = (25, 50, 75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """`after`: share in per cent → how long until so many had answered; None where they never did."""

    asked: int
    answered: int
    unreached: int
    after: dict[int, timedelta | None]


def how_fast(held: Iterable[StepHolder]) -> Answered:
    """Each person once, by his first answer, counted from the moment he was told first."""
    told: dict[int, datetime] = {}
    first: dict[int, datetime] = {}
    reached: set[int] = set()
    for one in held:
        told[one.person_id] = min(one.told_at, told.get(one.person_id, one.told_at))
        if one.is_reached:
            reached.add(one.person_id)
        if one.answered_at is not None:
            first[one.person_id] = min(one.answered_at, first.get(one.person_id, one.answered_at))
    waits = sorted(first[person] - told[person] for person in first)
    after = {share: wait_for(share, waits, len(told)) for share in SHARES}
    return Answered(asked=len(told), answered=len(first), unreached=len(told) - len(reached), after=after)


def wait_for(share: int, waits: Sequence[timedelta], asked: int) -> timedelta | None:
    """How long until `share` per cent of those asked had answered; `waits` in order."""
    needed = -(-asked * share // 100)
    return waits[needed - 1] if 0 < needed <= len(waits) else None


def said_wait(wait: timedelta | None) -> str:
    """ "2 phút 05 giây"."""
    if wait is None:
        return "chưa đạt"
    minutes, seconds = divmod(round(wait.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [f"{hours} giờ"] if hours else []
    return " ".join([*parts, f"{minutes} phút {seconds:02d} giây" if minutes or hours else f"{seconds} giây"])
