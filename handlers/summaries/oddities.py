"""Values that somebody should look at again: they contradict themselves, or are far above what the unit reports usually."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from statistics import median

from sqlalchemy import Connection

from handlers.check_in import CheckInKind
from handlers.wording import number
from storage.records.check_ins import CheckIn
from storage.roll_ups import reported_figures

LOOK_BACK = timedelta(days=21)
FEWEST_DAYS = 3
TIMES_USUAL = 3
SMALLEST_STEP = 10
"""A rise by fewer is never odd: 1 visitor after 0 is no news."""

Usual = dict[str, float]
"""Figure name → the median of the last weeks."""


def usual_figures(tx: Connection, kind: CheckInKind, day: date) -> dict[int, Usual]:
    """What each unit reports usually; figures with too few days are left out."""
    values = reported_figures(tx, kind=kind.name, first=day - LOOK_BACK, last=day - timedelta(days=1))
    usual: dict[int, Usual] = defaultdict(dict)
    for (unit_id, name), found in values.items():
        if len(found) >= FEWEST_DAYS:
            usual[unit_id][name] = median(found)
    return dict(usual)


def remark_on(kind: CheckInKind, check_in: CheckIn, before: CheckIn | None, usual: Mapping[str, float]) -> str | None:
    """The kind's own remark first, then a jump of a figure."""
    own = kind.odd(check_in.answers, before.answers if before else None)
    return own or next(filter(None, (_jump(kind, check_in, name, value) for name, value in usual.items())), None)


def _jump(kind: CheckInKind, check_in: CheckIn, name: str, usual: float) -> str | None:
    value = kind.count(check_in.answers).get(name, 0)
    if value <= TIMES_USUAL * usual or value - usual < SMALLEST_STEP:
        return None
    title = next((figure.title.lower() for figure in kind.figures if figure.name == name), name)
    return f"{title} {number(value)}, thường lệ khoảng {number(round(usual))}"
