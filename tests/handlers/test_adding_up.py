"""Whatever is reported, corrected and withdrawn, and however units are moved: the sums are those of plain addition."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from handlers.reporting.recording import correct, record, withdraw
from handlers.reporting.source import Source
from storage.database import Database
from storage.invariants import broken_invariants
from storage.record import change
from storage.records.check_ins import CheckIn, CheckInState, check_ins, figures
from storage.records.monthly_figures import monthly_figures, rebuild_months
from storage.records.units import units
from storage.roll_ups import Totals, roll_up
from tests.cast import PLATFORM, Cast
from tests.handlers.office_day import HEADCOUNT, VISITORS
from tests.rehearsal import rehearse

LAST = date(2026, 11, 20)
CODES = ("KT", "TM", "KCN1", "VP")

reports = st.tuples(st.just("report"), st.sampled_from(CODES), st.integers(0, 70), st.integers(0, 500))
corrections = st.tuples(st.just("correct"), st.integers(0, 20), st.integers(0, 500))
withdrawals = st.tuples(st.just("withdraw"), st.integers(0, 20))
mergers = st.tuples(st.just("merge"), st.sampled_from(CODES[1:3]), st.sampled_from(("SO", "KT")))
histories = st.lists(st.one_of(reports, corrections, withdrawals, mergers), max_size=15)


@settings(max_examples=12)
@given(history=histories, first=st.integers(0, 70), length=st.integers(0, 70))
async def test_any_history_adds_up(
    database: Database, cast: Cast, now: datetime, history: list[tuple[str, ...]], first: int, length: int
) -> None:
    ends = LAST - timedelta(days=first)
    begins = ends - timedelta(days=length)

    def work(tx: Connection, now: datetime) -> None:
        live_through(tx, cast, history, now)
        for kind in (VISITORS, HEADCOUNT):
            assert roll_up(tx, kind=kind.name, first=begins, last=ends) == add_up(tx, kind.name, begins, ends)
        assert [each for each in broken_invariants(tx) if each.startswith("Số cộng")] == []

    await rehearse(database, work, now)


def live_through(tx: Connection, cast: Cast, history: list[tuple[str, ...]], now: datetime) -> None:
    made: list[CheckIn] = []
    source = Source(said="…", platform=PLATFORM, chat_id="1", message_id=None)
    common = {"reported_by": cast.lan.person_id, "source": source, "now": now}
    for act, *given_values in history:
        values: list[int | str] = list(given_values)
        if act == "report":
            code, days, visitors = str(values[0]), int(values[1]), int(values[2])
            where = {"unit_id": cast.units[code], "person_id": None, "day": LAST - timedelta(days=days)}
            answers = {"visitors": visitors}
            made.append(record(tx, kind=VISITORS, answers=answers, **where, **common))  # type: ignore[arg-type]
        elif act == "merge":
            change(tx, units, units.c.code == values[0], parent_id=cast.units[str(values[1])])
        elif made and act == "correct":
            old = made[int(values[0]) % len(made)]
            made.append(correct(tx, old, kind=VISITORS, answers={"visitors": int(values[1])}, **common))  # type: ignore[arg-type]
        elif made:
            withdraw(tx, made[int(values[0]) % len(made)], kind=VISITORS, now=now)


def add_up(tx: Connection, kind: str, begins: date, ends: date) -> dict[int, Totals]:
    parents = {row.id: row.parent_id for row in tx.execute(select(units.c.id, units.c.parent_id))}
    rows = select(check_ins.c.unit_id, figures.c.name, figures.c.value).join(figures)
    where = (check_ins.c.kind == kind, check_ins.c.day.between(begins, ends), check_ins.c.state == CheckInState.CURRENT)
    totals: dict[int, Totals] = {}
    for unit_id, name, value in tx.execute(rows.where(*where)):
        above = unit_id
        while above is not None:
            sums = totals.setdefault(above, {})
            sums[name] = sums.get(name, 0) + value
            above = parents[above]
    return totals


async def test_an_older_database_is_added_up_when_it_is_brought_up_to_date(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        live_through(tx, cast, [("report", "KT", "1", "7"), ("report", "TM", "40", "9"), ("correct", "0", "8")], now)
        rows = sorted(tuple(row) for row in tx.execute(select(monthly_figures).where(monthly_figures.c.reports > 0)))
        rebuild_months(tx)
        assert sorted(tuple(row) for row in tx.execute(select(monthly_figures))) == rows
        assert len(rows) == 2

    await database.run(work, now)


async def test_a_sum_that_is_wrong_is_found(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        live_through(tx, cast, [("report", "KT", "1", "7")], now)
        assert broken_invariants(tx) == []
        change(tx, monthly_figures, monthly_figures.c.unit_id == cast.units["KT"], value=8)
        [sentence] = broken_invariants(tx)
        assert sentence == (
            f"Số cộng theo tháng khác với tổng các báo cáo (loại, tháng, đơn vị, tên): "
            f"visitor_count 202611 {cast.units['KT']} visitors."
        )

    await database.run(work, now)
