"""A week told at one look: each day's figures, who failed to report how often, what was urgent."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from handlers.check_in import CheckInKind
from handlers.kinds import all_kinds
from handlers.local_time import ONE_DAY, at, short_day
from handlers.summaries.progress import progress_of
from handlers.wording import among, bold, number
from storage.records.alerts import alerts
from storage.records.rounds import Round, names_still_open, rounds_on
from storage.roll_ups import Totals, grand_total

DAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
MOST_NAMES = 10
MOST_UNITS = 200


def week_text(tx: Connection, any_day: date, now: datetime) -> str:
    """The week of `any_day`, from its Monday to its Sunday."""
    monday = any_day - any_day.weekday() * ONE_DAY
    days = [monday + count * ONE_DAY for count in range(len(DAYS))]
    kinds = all_kinds(tx)
    asked = [each for day in days for each in rounds_on(tx, day) if each.kind in kinds and each.opens_at <= now]
    blocks = [_kind_block(tx, kinds[name], asked) for name in dict.fromkeys(each.kind for each in asked)]
    heading = f"📌 {bold(f'Tuần {short_day(days[0])} đến {short_day(days[-1])}')}"
    return "\n\n".join([heading, *blocks, *_missing_often(tx, asked, now), _urgent(tx, days)])


def _kind_block(tx: Connection, kind: CheckInKind, asked: list[Round]) -> str:
    own = [each for each in asked if each.kind == kind.name]
    total = _figures(kind, grand_total(tx, kind=kind.name, first=own[0].day, last=own[-1].day))
    # a headcount of Monday and one of Tuesday are the same people: only what comes anew each day adds up
    head = f"{bold(kind.title)}" + (f": {total}" if total and len(kind.figures) == 1 else "")
    return "\n".join([head, *(_day_line(tx, kind, each) for each in own)])


def _day_line(tx: Connection, kind: CheckInKind, asked: Round) -> str:
    come = progress_of(tx, asked.id)
    told = _figures(kind, grand_total(tx, kind=kind.name, first=asked.day, last=asked.day))
    many = f"{number(come.answered)}/{number(come.owed)} {kind.debtors}"
    parts = [part for part in (told, many, f"{number(come.late)} muộn" if come.late else "") if part]
    return f"• {DAYS[asked.day.weekday()]} {short_day(asked.day)}: {'; '.join(parts)}"


def _figures(kind: CheckInKind, totals: Totals) -> str:
    named = len(kind.figures) > 1
    told = [(figure.title.lower(), totals[figure.name]) for figure in kind.figures if totals.get(figure.name)]
    return ", ".join(f"{title} {number(value)}" if named else number(value) for title, value in told)


def _missing_often(tx: Connection, asked: list[Round], now: datetime) -> list[str]:
    """The units that let a round pass without a word, the most forgetful first."""
    over = [each for each in asked if each.due_at <= now]
    times = Counter(name for each in over for name in names_still_open(tx, each.id, MOST_UNITS))
    if not times:
        return []
    named = [f"{name} ({number(count)})" for name, count in times.most_common(MOST_NAMES)]
    return [f"{bold('Chưa báo (số lần)')}: {among(named, len(times), 'đơn vị khác')}"]


def _urgent(tx: Connection, days: list[date]) -> str:
    when = (alerts.c.raised_at >= at(days[0], "00:00"), alerts.c.raised_at < at(days[-1] + ONE_DAY, "00:00"))
    count = tx.execute(select(func.count()).select_from(alerts).where(*when)).scalar_one()
    return f"{bold('Tin khẩn')}: {number(count)}{' (xem /nhatky)' if count else ''}"
