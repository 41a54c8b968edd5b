"""The escalation machine, whatever happens in whatever order: it ends when closed, nobody hears twice, somebody is next."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.alerts import machine
from handlers.alerts.machine import LONGEST_WAIT, Move, Standing, Terms
from storage.records.alerts import AlertState

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WAIT = timedelta(minutes=5)
CHAIN = ((1, 2), (3,), (), (4,))
TERMS = Terms(chain=CHAIN, wait=WAIT)
PEOPLE = st.integers(1, 6)  # 5 and 6 stand nowhere in the chain
CHAINS = st.lists(st.lists(st.integers(1, 4), max_size=3).map(tuple), max_size=5).map(tuple)
TERMS_OF = st.builds(
    Terms,
    chain=CHAINS,
    wait=st.just(WAIT),
    needed=st.integers(1, 3),
    office_at=st.integers(1, 4),
    may_snooze=st.booleans(),
)
DEEDS = st.lists(
    st.tuples(st.sampled_from(["wait", "take", "pass", "snooze", "close"]), PEOPLE, st.integers(0, 90)), max_size=30
)


def opened() -> Standing:
    return Standing(state=AlertState.OPEN, next_at=START)


def do(now: Standing, terms: Terms, deed: str, who: int, moment: datetime) -> Move:
    match deed:
        case "take":
            return machine.take(now, terms, who, moment)
        case "pass":
            return machine.decline(now, who, moment)
        case "snooze":
            return machine.snooze(now, terms, who, moment)
        case "close":
            return machine.close(now)
        case _:
            is_due = now.next_at is not None and now.next_at <= moment
            return machine.pass_time(now, terms, moment) if is_due else Move(why="rests", standing=now)


@given(terms=TERMS_OF, deeds=DEEDS)
def test_whatever_the_order_somebody_is_next_and_nobody_hears_twice(
    terms: Terms, deeds: list[tuple[str, int, int]]
) -> None:
    now, moment = opened(), START
    told: set[tuple[int, int]] = set()
    for deed, who, minutes in deeds:
        moment += timedelta(minutes=minutes)
        was = now
        move = do(now, terms, deed, who, moment)
        now = move.standing
        assert (now.next_at is None) == (now.state == AlertState.CLOSED)
        assert now.state != AlertState.TAKEN or now.taken_by is not None
        assert was.state != AlertState.CLOSED or (now == was and not move.tell and move.remind is None)
        assert not {(now.step, person) for person in move.tell} & told
        assert len(set(move.tell)) == len(move.tell)
        told |= {(now.step, person) for person in move.tell}
        if move.why == "step":
            assert move.tell or move.tell_office
            assert now.next_at is not None
            assert now.next_at - moment <= LONGEST_WAIT


@given(terms=TERMS_OF, deeds=DEEDS)
def test_left_alone_it_reaches_everybody_who_may_still_act_and_the_office(
    terms: Terms, deeds: list[tuple[str, int, int]]
) -> None:
    """Within one round of the chain, from wherever it stands; unless enough have taken it: then they are reminded."""
    now, moment = opened(), START
    for deed, who, minutes in deeds:
        moment += timedelta(minutes=minutes)
        now = do(now, terms, deed, who, moment).standing
    if now.state != AlertState.OPEN:
        return
    still_free = {p for group in terms.chain for p in group} - now.declined - now.confirmed
    told, office = set(), False
    for _ in range(2 * len(terms.chain) + 2):
        moment = max(moment, now.next_at or moment)
        move = machine.pass_time(now, terms, moment)
        now, office = move.standing, office or move.tell_office
        told |= set(move.tell)
        if now.state == AlertState.TAKEN:
            assert move.remind in now.confirmed
            return
    assert still_free <= told
    assert office


@given(terms=TERMS_OF, deeds=DEEDS, who=PEOPLE)
def test_it_ends(terms: Terms, deeds: list[tuple[str, int, int]], who: int) -> None:
    """Closed is closed: no answer and no time wakes it."""
    now = machine.close(opened()).standing
    moment = START
    for deed, other, minutes in [*deeds, ("take", who, 1), ("wait", who, 10_000)]:
        moment += timedelta(minutes=minutes)
        move = do(now, terms, deed, other, moment)
        assert move.standing == now
        assert not move.tell
        assert move.remind is None


def climb(now: Standing, steps: int, terms: Terms = TERMS) -> list[Move]:
    moves = []
    for _ in range(steps):
        move = machine.pass_time(now, terms, now.next_at or START)
        moves.append(move)
        now = move.standing
    return moves


def test_an_empty_step_is_passed_over_and_after_the_last_it_begins_again_slower() -> None:
    moves = climb(opened(), 5)
    assert [move.tell for move in moves] == [(1, 2), (3,), (4,), (1, 2), (3,)]
    assert [move.tell_office for move in moves] == [False, True, False, True, False]
    waits = [
        (later.standing.next_at or START) - (now.standing.next_at or START) for now, later in itertools.pairwise(moves)
    ]
    assert waits == [WAIT, WAIT, 2 * WAIT, 2 * WAIT]


def test_who_declined_is_asked_again_only_when_nobody_else_is_left() -> None:
    now = climb(opened(), 1)[-1].standing
    passed_on = machine.decline(now, 1, START).standing
    assert passed_on.next_at == START
    assert machine.pass_time(passed_on, TERMS, START).tell == (3,)
    alone = Terms(chain=((1,),), wait=WAIT)
    declined = machine.decline(climb(opened(), 1, alone)[-1].standing, 1, START).standing
    asked_again = machine.pass_time(declined, alone, START)
    assert asked_again.tell == (1,)
    assert asked_again.tell_office


def test_nobody_at_all_stands_in_the_chain_so_the_office_hears_each_time() -> None:
    moves = climb(opened(), 3, Terms(chain=((), ()), wait=WAIT))
    assert all(move.tell == () and move.tell_office for move in moves)


def test_two_are_needed_but_only_one_is_there() -> None:
    alone = Terms(chain=((1,),), wait=WAIT, needed=2)
    assert machine.take(climb(opened(), 1, alone)[-1].standing, alone, 1, START).why == "taken"


def test_of_two_who_took_it_one_gives_it_back() -> None:
    """The other keeps it, and one more is looked for."""
    two = Terms(chain=CHAIN, wait=WAIT, needed=2)
    now = climb(opened(), 2, two)[-1].standing
    now = machine.take(now, two, 1, START).standing
    now = machine.take(now, two, 3, START).standing
    assert now.state == AlertState.TAKEN
    given_back = machine.decline(now, 1, START).standing
    assert (given_back.state, given_back.taken_by) == (AlertState.OPEN, 3)
    assert machine.pass_time(given_back, two, START).tell == (4,)


def test_fifteen_minutes_are_granted_once_and_he_hears_again_with_the_next() -> None:
    now = climb(opened(), 1)[-1].standing
    put_off = machine.snooze(now, TERMS, 1, START)
    assert put_off.standing.next_at == START + timedelta(minutes=15)
    after = machine.pass_time(put_off.standing, TERMS, START + timedelta(minutes=15))
    assert after.tell == (3, 1)
    assert machine.snooze(after.standing, TERMS, 1, START).why == "not_granted"
    assert machine.snooze(after.standing, TERMS, 2, START).why == "not_granted"  # it is no longer his turn
