"""The outward duties as data: each with its source of law, and clocks that begin, go on and end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.incidents.all_kinds import all_incident_kinds
from handlers.incidents.clocks import moments, next_moment
from handlers.incidents.duties import Duty, all_duties, duties_brought, duties_possible
from handlers.incidents.harm import harm_told, read_harm

PLACES = {"organization", "time", "day", "place", "said", "harm", "contract", "exposure", "disease"}
MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("duty", all_duties().values(), ids=lambda duty: duty.name)
def test_every_duty_names_its_law_and_fills_only_what_is_known(duty: Duty) -> None:
    assert duty.law
    assert duty.confidence in {"H", "M", "L"}
    assert set(duty.incidents) <= set(all_incident_kinds())
    assert {name for _, name, _, _ in Formatter().parse(duty.text) if name} <= PLACES


@pytest.mark.parametrize(
    ("facts", "owed"),
    [
        ({"dead": 1, "serious": 0, "light": 0}, {"labour_authority", "police"}),
        ({"dead": 0, "serious": 2, "light": 0}, {"labour_authority"}),
        ({"dead": 0, "serious": 1, "light": 0}, set()),
        ({"dead": 0, "serious": 1, "light": 0, "at_work": True}, {"investigation_serious"}),
        ({"dead": 0, "serious": 0, "light": 2, "at_work": True}, {"investigation_light"}),
        ({"dead": 0, "serious": 3, "light": 0, "at_work": True}, {"labour_authority", "investigation_several"}),
        ({"dead": 1, "serious": 0, "light": 0, "at_work": False}, set()),
        ({"contract": False}, {"commune_without_contract"}),
        ({}, set()),
    ],
)
def test_an_accident_brings_what_the_law_says(facts: dict[str, object], owed: set[str]) -> None:
    assert {duty.name for duty in duties_brought("workplace_accident", facts)} == owed


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("investigation_light", 4),
        ("investigation_serious", 7),
        ("investigation_several", 20),
        ("investigation_fatal", 30),
        ("health_station", 1),
    ],
)
def test_the_clocks_are_those_of_the_law(name: str, days: int) -> None:
    assert all_duties()[name].within == timedelta(days=days)


def test_what_is_not_known_yet_is_a_warning() -> None:
    possible = {duty.name for duty in duties_possible("workplace_accident", {})}
    assert possible == {"labour_authority", "police", "commune_without_contract"}
    known = {"dead": 0, "serious": 0, "light": 1, "contract": True}
    assert duties_possible("workplace_accident", known) == []


@given(st.integers(0, 40 * 24), st.integers(0, 24 * 60))
def test_a_duty_is_spoken_of_after_it_is_due_and_not_for_ever(hours: int, minutes: int) -> None:
    raised = MONDAY + timedelta(minutes=minutes)
    due = raised + timedelta(hours=hours)
    found = moments(raised, due)
    assert found == sorted(set(found))
    assert found[0] > raised
    assert sum(moment >= due for moment in found) >= 3
    assert next_moment(raised, due, found[-1]) is None
    assert next_moment(raised, due, raised) == found[0]


def test_a_day_is_spoken_of_before_it_is_over() -> None:
    found = moments(MONDAY, MONDAY + timedelta(hours=24))
    assert found[:3] == [MONDAY + timedelta(hours=18), MONDAY + timedelta(hours=23), MONDAY + timedelta(hours=24)]


@pytest.mark.parametrize(
    ("said", "dead", "serious", "light"),
    [
        ("1 chết, 2 nặng, 1 nhẹ", 1, 2, 1),
        ("một người chết", 1, 0, 0),
        ("2 người bị thương nặng", 0, 2, 0),
        ("không ai", 0, 0, 0),
        ("1 tử vong và 3 nhẹ", 1, 0, 3),
    ],
)
def test_harm_is_read_in_numbers_and_degrees(said: str, dead: int, serious: int, light: int) -> None:
    assert read_harm(said, MONDAY) == {"dead": dead, "serious": serious, "light": light}


@pytest.mark.parametrize("said", ["nhiều người", "có người bị thương", "2", "hình như 1 người gì đó", "nặng lắm"])
def test_harm_without_a_number_is_not_guessed(said: str) -> None:
    assert read_harm(said, MONDAY) is None


@pytest.mark.parametrize("said", ["may mà không có người chết", "suýt làm 1 người chết", "tai nạn, 3 người"])
def test_the_first_report_fills_nothing_it_does_not_say(said: str) -> None:
    assert harm_told(said) is None
