"""The outward duties as data: which of them an incident brings, and by when; read once from duties.yaml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from handlers.incidents.kind import Facts

CLOCK = re.compile(r"(\d{1,3}) (giờ|ngày)")
AT_ONCE = "ngay"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """`within` is counted from the moment we were told; nought: at once. `law`: where it is written."""

    name: str
    whom: str
    how: str
    incidents: tuple[str, ...]
    when: tuple[Mapping[str, str], ...]  # any of these; each: all of its facts
    within: timedelta
    law: str
    confidence: str
    text: str
    is_investigation: bool = False

    @property
    def done_label(self) -> str:
        return "✅ Đã điều tra xong" if self.is_investigation else "✅ Đã báo"

    @property
    def waive_label(self) -> str:
        return "Không phải điều tra" if self.is_investigation else "Không phải báo"

    @property
    def is_at_once(self) -> bool:
        return not self.within

    @property
    def is_pressing(self) -> bool:
        return self.within <= timedelta(hours=24)

    @property
    def clock(self) -> str:
        """ "ngay", "trong 24 giờ", "trong 7 ngày"."""
        if self.is_at_once:
            return AT_ONCE
        hours = round(self.within / timedelta(hours=1))
        return f"trong {hours} giờ" if hours <= 48 else f"trong {hours // 24} ngày"

    def is_owed(self, kind: str, facts: Facts) -> bool:
        """Does this kind of incident bring it, by what is known? What is not known brings nothing."""
        return kind in self.incidents and (not self.when or any(_holds(some, facts) for some in self.when))


def _holds(wanted: Mapping[str, str], facts: Facts) -> bool:
    return all(_meets(facts.get(name), condition) for name, condition in wanted.items())


def _meets(value: Any, condition: str) -> bool:
    """ "1+" at least one · "no", "yes" · "not no": unless it is known to be no · else the very value."""
    if condition == "not no":
        return value is not False
    if value is None:
        return False
    if condition in ("yes", "no"):
        return value is (condition == "yes")
    return int(value) >= int(condition[:-1]) if condition.endswith("+") else str(value) == condition


@cache
def all_duties() -> dict[str, Duty]:
    """Every duty by its name, in the order of the file."""
    import yaml

    rows = yaml.load(_text(), yaml.BaseLoader)  # noqa: S506 - makes nothing but text, lists and mappings
    return {row["name"]: _duty(row) for row in rows}


def _text() -> str:
    return files("handlers.incidents").joinpath("duties.yaml").read_text("utf-8")


def _duty(row: Mapping[str, Any]) -> Duty:
    return Duty(
        name=row["name"],
        whom=row["whom"],
        how=row["how"],
        incidents=tuple(row["incidents"]),
        when=tuple(row.get("when", ())),
        within=_within(row["within"]),
        law=row["law"],
        confidence=row["confidence"],
        text=row["text"].rstrip(),
        is_investigation=row.get("deed") == "điều tra",
    )


def _within(words: str) -> timedelta:
    if words == AT_ONCE:
        return timedelta()
    match = CLOCK.fullmatch(words)
    if match is None:
        raise ValueError(f"not a clock of a duty: {words}")
    return timedelta(hours=int(match[1])) if match[2] == "giờ" else timedelta(days=int(match[1]))


def duties_brought(kind: str, facts: Facts) -> list[Duty]:
    """What this incident must be told to whom, by what is known now."""
    return [duty for duty in all_duties().values() if duty.is_owed(kind, facts)]


def duties_possible(kind: str, facts: Facts) -> list[Duty]:
    """What would be owed too, if what nobody has said yet turned out so: shown as a warning."""
    owed = duties_brought(kind, facts)
    possible = [duty for duty in all_duties().values() if kind in duty.incidents and duty not in owed]
    return [duty for duty in possible if duty.is_at_once and any(_may_hold(some, facts) for some in duty.when)]


def _may_hold(wanted: Mapping[str, str], facts: Facts) -> bool:
    return all(name not in facts or _meets(facts[name], condition) for name, condition in wanted.items())
