"""Whether what comes in now could be kept is told without going to and fro."""

from __future__ import annotations

from storage.writing import CALM, REMEMBERED, TOO_LONG, Writing


class Hand:
    """Of a clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


def test_a_small_success_between_two_refusals_does_not_make_a_full_disk_well() -> None:
    hand = Hand()
    writing = Writing(hand)
    told = []
    for _ in range(5):  # people talk: what is large is refused, what is small still fits
        writing.was_refused()
        hand.at += CALM / 2
        writing.succeeded()
        told.append(writing.is_hindered)
    assert told == [True] * 5
    hand.at += CALM
    writing.succeeded()
    assert not writing.is_hindered


def test_a_refusal_is_forgotten_where_nobody_tries_again() -> None:
    hand = Hand()
    writing = Writing(hand)
    writing.was_refused()
    hand.at += REMEMBERED - 1
    assert writing.is_hindered
    hand.at += 1
    assert not writing.is_hindered


def test_who_waits_too_long_hinders_until_he_is_through() -> None:
    hand = Hand()
    writing = Writing(hand)
    with writing.one():
        assert not writing.is_hindered
        hand.at += TOO_LONG + 1
        assert writing.is_hindered
    assert not writing.is_hindered
