"""Roll-up along the tree: whatever the tree and the figures, SQL adds up what plain Python adds up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from storage.database import Database
from storage.record import add
from storage.records.check_ins import CheckInState, check_ins, figures
from storage.records.monthly_figures import rebuild_months
from storage.records.people import people
from storage.records.units import UnitKind, units
from storage.roll_ups import grand_total, reported_figures, roll_up
from tests.rehearsal import rehearse

FIRST = date(2026, 10, 20)
DAYS = 75  # so that spans have whole months in them, parts of months, or neither
NAMES = ("visitors", "total")

trees = st.lists(st.integers(0, 30), min_size=1, max_size=10)
"""For each unit the number of its parent among those before it; the first is the top."""

facts = st.lists(
    st.tuples(
        st.integers(0, 9),  # unit
        st.integers(0, DAYS),  # day
        st.sampled_from(("visitor_count", "headcount")),
        st.sampled_from(CheckInState),
        st.dictionaries(st.sampled_from(NAMES), st.integers(0, 10**12), max_size=2),
    ),
    max_size=20,
)


@settings(max_examples=40)
@given(tree=trees, said=facts, first=st.integers(0, DAYS), length=st.integers(0, DAYS))
async def test_the_sums_are_those_of_plain_addition(
    database: Database,
    now: datetime,
    tree: list[int],
    said: list[tuple[int, int, str, CheckInState, dict[str, int]]],
    first: int,
    length: int,
) -> None:
    days = (first, first + length)

    def work(tx: Connection, now: datetime) -> None:
        ids = plant(tx, tree)
        report(tx, ids, said, now)
        rebuild_months(tx)
        expected = add_up(ids, tree, said, days)
        begin, end = (FIRST + timedelta(days=day) for day in days)
        assert roll_up(tx, kind="visitor_count", first=begin, last=end) == expected
        assert grand_total(tx, kind="visitor_count", first=begin, last=end) == expected.get(ids[0], {})
        own = reported_figures(tx, kind="visitor_count", first=begin, last=end)
        visitors = sum(sum(values) for (_, name), values in own.items() if name == "visitors")
        assert visitors == expected.get(ids[0], {}).get("visitors", 0)

    await rehearse(database, work, now)


def plant(tx: Connection, tree: list[int]) -> list[int]:
    ids: list[int] = []
    for number, parent in enumerate(tree):
        ids.append(
            add(
                tx,
                units,
                code=f"U{number}",
                name=f"Đơn vị {number}",
                short_name=f"ĐV{number}",
                kind=UnitKind.DIVISION if number else UnitKind.ORGANIZATION,
                parent_id=ids[parent % number] if number else None,
                valid_from=date(2020, 1, 1),
            )
        )
    return ids


def report(
    tx: Connection, ids: list[int], said: list[tuple[int, int, str, CheckInState, dict[str, int]]], now: datetime
) -> None:
    person = add(tx, people, staff_code="CB", full_name="Lan", sort_key="lan", join_code="x", is_active=True)
    for unit, day, kind, state, values in said:
        check_in = add(
            tx,
            check_ins,
            kind=kind,
            unit_id=ids[unit % len(ids)],
            reported_by=person,
            day=FIRST + timedelta(days=day),
            answers=values,
            said="",
            state=state,
            is_late=False,
            reported_at=now,
            platform="telegram",
            chat_id="1",
        )
        if values:
            tx.execute(
                insert(figures), [{"check_in_id": check_in, "name": name, "value": v} for name, v in values.items()]
            )


def add_up(
    ids: list[int],
    tree: list[int],
    said: list[tuple[int, int, str, CheckInState, dict[str, int]]],
    days: tuple[int, int],
) -> dict[int, dict[str, int]]:
    totals: dict[int, dict[str, int]] = {}
    for unit, day, kind, state, values in said:
        if kind != "visitor_count" or state is not CheckInState.CURRENT or not days[0] <= day <= days[1]:
            continue
        at: int | None = unit % len(ids)
        while at is not None:
            for name, value in values.items():
                above = totals.setdefault(ids[at], {})
                above[name] = above.get(name, 0) + value
            at = tree[at] % at if at else None
    return totals
