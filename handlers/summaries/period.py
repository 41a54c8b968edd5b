"""A month, a quarter, a year at one look: what was asked, who answered when, what it sums up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from handlers.check_in import CheckInKind
from handlers.days.named_periods import Period
from handlers.kinds import all_kinds
from handlers.local_time import ONE_DAY, at, full_day, local_day
from handlers.wording import among, bold, number
from storage.records.alerts import alerts
from storage.records.directives import directives
from storage.records.rounds import ANSWERED, Expected, count_rounds, states_by_unit
from storage.records.units import units_by_id
from storage.roll_ups import Totals, grand_total, reported_figures

MOST_NAMES = 10
States = Mapping[Expected, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindInPeriod:
    """One kind: the states of its units, their own figures, the sums of all, and those of the time before."""

    kind: CheckInKind
    rounds: int
    states: Mapping[int, States]
    figures: Mapping[tuple[int, str], list[int]]
    totals: Totals
    before: Totals

    @property
    def adds_up(self) -> bool:
        """A headcount of Monday and one of Tuesday are the same people: only what comes anew each day adds up."""
        return len(self.kind.figures) == 1

    @property
    def all_states(self) -> Counter[Expected]:
        return sum((Counter(states) for states in self.states.values()), Counter[Expected]())


def kinds_in(tx: Connection, period: Period, now: datetime) -> list[KindInPeriod]:
    """The kinds that units were asked for, in the order of the house; nothing private among them."""
    last = min(period.last, local_day(now))
    found = []
    for kind in all_kinds(tx).values():
        asked = count_rounds(tx, kind.name, period.first, last)
        if not asked or kind.about != "unit" or kind.is_private:
            continue
        before = period.before
        one = KindInPeriod(
            kind=kind,
            rounds=asked,
            states=states_by_unit(tx, kind=kind.name, first=period.first, last=last),
            figures=reported_figures(tx, kind=kind.name, first=period.first, last=last),
            totals=grand_total(tx, kind=kind.name, first=period.first, last=last),
            before=grand_total(tx, kind=kind.name, first=before.first, last=before.last),
        )
        found.append(one)
    return found


def period_text(tx: Connection, period: Period, now: datetime) -> str:
    kinds = kinds_in(tx, period, now)
    blocks = [_block(tx, each, period) for each in kinds] or ["Chưa có đợt báo cáo nào của các đơn vị."]
    return "\n\n".join([f"📌 {bold(title_of(period, now))}", *blocks, other_matters(tx, period)])


def title_of(period: Period, now: datetime) -> str:
    today = local_day(now)
    return period.title + (f" (đến {full_day(today)})" if today < period.last else "")


def _block(tx: Connection, each: KindInPeriod, period: Period) -> str:
    lines = [bold(each.kind.title), *(f"• {sentence}" for sentence in sentences_of(each, period))]
    silent = {unit: states.get(Expected.MISSING, 0) for unit, states in each.states.items()}
    names = units_by_id(tx, silent)
    often = Counter({names[unit].short_name: count for unit, count in silent.items() if count})
    if often:
        told = [f"{name} ({number(count)})" for name, count in often.most_common(MOST_NAMES)]
        lines.append(f"• Chưa báo (số lần): {among(told, len(often), 'đơn vị khác')}")
    return "\n".join(lines)


def sentences_of(each: KindInPeriod, period: Period) -> list[str]:
    states = each.all_states
    owed = sum(count for state, count in states.items() if state is not Expected.EXCUSED)
    come = sum(states[state] for state in ANSWERED)
    share = f" ({percent(come, owed)})" if owed else ""
    late = f", trong đó {number(states[Expected.LATE])} muộn" if states[Expected.LATE] else ""
    sentences = [f"{number(each.rounds)} đợt; đã báo {number(come)}/{number(owed)} lượt{share}{late}"]
    if each.adds_up:
        name = each.kind.figures[0].name
        total, before = each.totals.get(name, 0), each.before.get(name)
        change = "" if before is None else f" (kỳ trước, {period.before.title_inside}: {number(before)})"
        sentences.append(f"{each.kind.figures[0].title}: {number(total)}{change}")
    else:
        means = [f"{figure.title.lower()} {_mean(each, figure.name)}" for figure in each.kind.figures]
        told = [mean for mean in means if not mean.endswith(" 0")]
        if told:
            sentences.append(f"Bình quân của các đơn vị đã báo, cộng lại: {', '.join(told)}")
    return sentences


def _mean(each: KindInPeriod, name: str) -> str:
    """The units' own means together: a round that many let pass does not make the body look smaller."""
    return _decimal(sum(sum(values) / len(values) for (_, figure), values in each.figures.items() if figure == name))


def _decimal(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def percent(part: int, whole: int) -> str:
    return f"{_decimal(100 * part / whole)}%"


def other_matters(tx: Connection, period: Period) -> str:
    first, after = at(period.first, "00:00"), at(period.last + ONE_DAY, "00:00")
    counts = []
    for title, moment in (("Tin khẩn", alerts.c.raised_at), ("chỉ đạo đã phát hành", directives.c.published_at)):
        many = tx.execute(select(func.count()).where(moment >= first, moment < after)).scalar_one()
        counts.append(f"{title}: {number(many)}")
    return "; ".join(counts) + "."
