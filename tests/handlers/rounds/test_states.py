"""The states of an expectation: whatever happens in whatever order, they stay legal and nothing is doubled."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from handlers import rounds, summaries
from handlers.reporting.recording import withdraw
from handlers.rounds import reminding
from handlers.rounds.expecting import Event, Move, Why, next_state
from storage.database import Database
from storage.outbox import parcels
from storage.records.check_ins import CheckInState, check_in_of_unit, check_ins
from storage.records.rounds import ANSWERED, Expected, expectations_of, round_of
from tests.cast import Cast
from tests.handlers.office_day import OPENS, TODAY, VISITORS, put, report
from tests.rehearsal import rehearse

UNITS = ("VP", "KT", "TM", "KCN1")


@pytest.mark.parametrize(
    ("state", "event", "is_past_due", "becomes"),
    [
        (Expected.WAITING, Event.ANSWERED, False, Move(Expected.ON_TIME, Why.ANSWERED_IN_TIME)),
        (Expected.WAITING, Event.ANSWERED, True, Move(Expected.LATE, Why.ANSWERED_LATE)),
        (Expected.MISSING, Event.ANSWERED, True, Move(Expected.LATE, Why.ANSWERED_LATE)),
        (Expected.ON_TIME, Event.ANSWERED, True, Move(Expected.ON_TIME, Why.CORRECTED)),
        (Expected.EXCUSED, Event.ANSWERED, False, Move(Expected.ON_TIME, Why.ANSWERED_IN_TIME)),
        (Expected.WAITING, Event.FELL_DUE, False, Move(Expected.WAITING, Why.NOT_DUE_YET)),
        (Expected.WAITING, Event.FELL_DUE, True, Move(Expected.MISSING, Why.NOT_ANSWERED_BY_DUE)),
        (Expected.LATE, Event.FELL_DUE, True, Move(Expected.LATE, Why.NOTHING_TO_DO)),
        (Expected.ON_TIME, Event.WITHDRAWN, False, Move(Expected.WAITING, Why.TAKEN_BACK)),
        (Expected.ON_TIME, Event.WITHDRAWN, True, Move(Expected.MISSING, Why.TAKEN_BACK)),
        (Expected.MISSING, Event.EXCUSED, True, Move(Expected.EXCUSED, Why.EXCUSED)),
        (Expected.ON_TIME, Event.EXCUSED, True, Move(Expected.ON_TIME, Why.NOTHING_TO_DO)),
    ],
)
def test_each_move_has_its_reason(state: Expected, event: Event, is_past_due: bool, becomes: Move) -> None:
    assert next_state(state, event, is_past_due=is_past_due) == becomes


@given(st.lists(st.tuples(st.sampled_from(Event), st.booleans())))
def test_only_an_answer_answers_and_only_a_withdrawal_takes_it_back(events: list[tuple[Event, bool]]) -> None:
    state = Expected.WAITING
    for event, is_past_due in events:
        move = next_state(state, event, is_past_due=is_past_due)
        if state not in ANSWERED and move.state in ANSWERED:
            assert event is Event.ANSWERED
        if state in ANSWERED and move.state not in ANSWERED:
            assert event is Event.WITHDRAWN
        assert (move.state is state) == (move.why in {Why.CORRECTED, Why.NOTHING_TO_DO, Why.NOT_DUE_YET})
        state = move.state


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("open", "answer", "answer", "withdraw", "remind", "chase", "sum up")),
        st.sampled_from(UNITS),
        st.integers(0, 50),
        st.integers(0, 12),
    ),
    max_size=14,
)


@settings(max_examples=25)
@given(steps=STEPS)
async def test_any_order_of_a_day_leaves_the_books_in_order(
    database: Database, cast: Cast, steps: list[tuple[str, str, int, int]]
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        for step, unit, visitors, minutes in steps:
            now += timedelta(minutes=minutes)
            do(tx, cast, now, step, unit, visitors)
            _check(tx, cast, now)

    await rehearse(database, work, OPENS)


def do(tx: Connection, cast: Cast, now: datetime, step: str, unit: str, visitors: int) -> None:
    match step:
        case "open":
            rounds.open_round(tx, VISITORS, TODAY, now)
        case "answer":
            report(tx, cast, unit, visitors, now)
        case "withdraw":
            standing = check_in_of_unit(tx, VISITORS.name, cast.units[unit], TODAY)
            if standing is not None:
                withdraw(tx, standing, kind=VISITORS, now=now)
        case "remind":
            reminding.send_reminders(tx, TODAY, now)
        case "chase":
            reminding.send_chasers(tx, TODAY, now)
        case "sum up":
            summaries.send_summary(tx, TODAY, now)


def _check(tx: Connection, cast: Cast, now: datetime) -> None:
    current = check_ins.c.state == CheckInState.CURRENT
    counts = tx.execute(select(check_ins.c.unit_id, func.count()).where(current).group_by(check_ins.c.unit_id))
    assert all(count == 1 for _, count in counts)
    asked = round_of(tx, VISITORS.name, TODAY)
    if asked is None:
        return
    expectations = expectations_of(tx, asked.id)
    assert sorted(each.unit_id or 0 for each in expectations) == sorted(cast.units[unit] for unit in UNITS)
    for each in expectations:
        standing = check_in_of_unit(tx, VISITORS.name, each.unit_id or 0, TODAY)
        assert (each.state in ANSWERED) == (standing is not None)
        assert each.check_in_id == (standing.id if standing else None)
        if each.state == Expected.MISSING:
            assert now >= asked.due_at
    answered = sum(each.state in ANSWERED for each in expectations)
    [board] = put(tx, key=f"board/round/{asked.id}/%")
    assert f"{answered}/4 đơn vị đã báo cáo" in board.text
    assert len(put(tx, key="supplement/%")) <= 1
    assert (
        tx.execute(select(func.count()).select_from(parcels).where(parcels.c.key.like("summary/%"))).scalar_one() <= 1
    )
