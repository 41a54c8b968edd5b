"""Which parcels leave now and which share a message: urgency, the order within a chat, and what may be merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import KEPT_FOR_ALERTS, SECOND, Pacing
from bot.delivery.parcels import AHEAD, bundle, choose
from bot.platforms.telegram import LIMITS
from storage.messages import Button, Deed, Lane, OutgoingMessage
from storage.outbox import Outcome, Parcel

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
LONG = LIMITS.text_length


def a_parcel(
    number: int = 1,
    text: str = "xin chào",
    *,
    chat: str = "1005",
    lane: Lane = Lane.REMINDER,
    deed: Deed = Deed.SAY,
    is_board: bool = False,
    repeats: int = 0,
    buttons: tuple[tuple[Button, ...], ...] = (),
) -> Parcel:
    message = OutgoingMessage(
        platform="telegram", chat_id=chat, text=text, deed=deed, buttons=buttons, is_group=chat.startswith("-")
    )
    return Parcel(
        id=number,
        key=f"k{number}",
        platform="telegram",
        chat_id=chat,
        lane=lane.rank,
        deed=deed,
        about="",
        payload=msgspec.json.encode(message).decode(),
        state=Outcome.LEASED,
        is_board=is_board,
        is_news=True,
        version=1,
        repeats=repeats,
        attempts=0,
        due_at=NOON,
        external_id=None,
        trouble=None,
    )


def chosen(held: Sequence[Parcel], *, busy: set[str] | None = None, most: int = 40, at: float = 1_000.0) -> list[int]:
    going = choose(held, Pacing(LIMITS), lambda: at, busy=busy or set(), most=most)
    return [parcel.id for parcel, _ in going]


def test_one_parcel_for_each_chat_leaves_at_a_time() -> None:
    held = [a_parcel(1), a_parcel(2), a_parcel(3, chat="1006")]
    assert chosen(held) == [1, 3]


def test_nothing_is_sent_to_a_chat_that_is_being_written_to() -> None:
    assert chosen([a_parcel(1), a_parcel(2, chat="1006")], busy={"1005"}) == [2]


def test_the_end_of_a_press_waits_for_nothing() -> None:
    closes = a_parcel(2, deed=Deed.CLOSE_PRESS, lane=Lane.ANSWER)
    assert chosen([closes, a_parcel(1)], busy={"1005"}) == [2]


def test_no_more_are_chosen_than_there_are_places() -> None:
    held = [a_parcel(number, chat=str(number)) for number in range(10)]
    assert chosen(held, most=4) == [0, 1, 2, 3]


def test_no_more_leave_than_the_bot_may_send_in_a_second() -> None:
    held = [a_parcel(number, chat=str(number)) for number in range(50)]
    assert len(chosen(held, most=50)) == LIMITS.per_second - KEPT_FOR_ALERTS
    alerts = [a_parcel(number, chat=str(number), lane=Lane.ALERT) for number in range(50)]
    assert len(chosen(alerts, most=50)) == LIMITS.per_second


def test_what_may_go_in_a_moment_is_chosen_already_and_leaves_at_its_moment() -> None:
    pacing = Pacing(replace(LIMITS, per_second=1))
    pacing.note_answer(pacing.note_send("1005", 1_000.0, is_group=False), 1_000.0)
    moment = 1_000.0 + SECOND
    held = [a_parcel(2, chat="1006"), a_parcel(3, chat="1007")]
    assert not list(choose(held, pacing, lambda: moment - 2 * AHEAD, busy=set(), most=9))
    going = choose(held, pacing, lambda: moment - AHEAD / 2, busy=set(), most=9)
    assert [(parcel.id, departure and departure.left) for parcel, departure in going] == [(2, moment)]


def test_a_place_that_is_still_in_doubt_at_that_moment_is_not_given_away() -> None:
    pacing = Pacing(replace(LIMITS, per_second=1))
    pacing.note_answer(pacing.note_send("1005", 1_000.0, is_group=False), 1_001.0)
    pacing.note_send("1006", 1_010.0, is_group=False)  # overdue by as much as the time goes on
    assert pacing.bot_ready_at(1_011.01) < 1_011.01 + AHEAD
    assert not list(choose([a_parcel(2, chat="1007")], pacing, lambda: 1_011.01, busy=set(), most=9))


lanes_and_chats = st.lists(st.tuples(st.sampled_from(list(Lane)), st.sampled_from(["1005", "1006", "-1001"])))


@given(lanes_and_chats)
def test_what_leaves_is_the_most_urgent_of_its_chat(wanted: list[tuple[Lane, str]]) -> None:
    parcels = [a_parcel(number, lane=lane, chat=chat) for number, (lane, chat) in enumerate(wanted)]
    held = sorted(parcels, key=lambda parcel: (parcel.lane, parcel.id))
    gone = set(chosen(held))
    for parcel in parcels:
        if parcel.id in gone:
            before = [other for other in parcels if other.chat_id == parcel.chat_id and other.id not in gone]
            assert all((parcel.lane, parcel.id) < (other.lane, other.id) for other in before)


def texts_of(first: Parcel, held: Sequence[Parcel], *, text_length: int = LONG) -> tuple[list[int], str]:
    together = bundle(first, held, text_length=text_length)
    return [parcel.id for parcel in together.parcels], together.message.text


def test_reminders_to_one_chat_become_one_message() -> None:
    held = [a_parcel(1, "một"), a_parcel(2, "hai"), a_parcel(3, "ba", chat="1006"), a_parcel(4, "bốn")]
    assert texts_of(held[0], held) == ([1, 2, 4], "một\n\nhai\n\nbốn")


def test_a_message_with_buttons_goes_alone() -> None:
    with_button = a_parcel(2, "hai", buttons=((Button("Đã nhận", "ack:1"),),))
    held = [a_parcel(1, "một"), with_button, a_parcel(3, "ba")]
    assert texts_of(held[0], held) == ([1, 3], "một\n\nba")
    assert texts_of(with_button, held) == ([2], "hai")


def test_alerts_and_answers_are_never_merged() -> None:
    for lane in (Lane.ALERT, Lane.ANSWER):
        held = [a_parcel(1, "một", lane=lane), a_parcel(2, "hai", lane=lane)]
        assert texts_of(held[0], held) == ([1], "một")


def test_boards_are_never_merged() -> None:
    held = [a_parcel(1, "một"), a_parcel(2, "14/18", is_board=True)]
    assert texts_of(held[0], held) == ([1], "một")


def test_what_would_be_too_long_together_stays_apart() -> None:
    held = [a_parcel(1, "a" * 60), a_parcel(2, "b" * 60), a_parcel(3, "c" * 20)]
    numbers, text = texts_of(held[0], held, text_length=100)
    assert numbers == [1, 3]
    assert len(text) <= 100


@given(st.lists(st.text(alphabet="aăâ 😷", max_size=40), min_size=1, max_size=8), st.integers(1, 120))
def test_merging_loses_no_words_and_keeps_the_order(words: list[str], text_length: int) -> None:
    held = [a_parcel(number, text) for number, text in enumerate(words)]
    numbers, text = texts_of(held[0], held, text_length=text_length)
    assert text == "\n\n".join(words[number] for number in numbers)
    assert numbers == sorted(numbers)


def test_what_may_have_gone_out_before_says_so() -> None:
    again = a_parcel(1, "Có ca sốt", lane=Lane.ALERT, repeats=1)
    assert texts_of(again, [again]) == ([1], "🔁 (nhắc lại) Có ca sốt")
    board = a_parcel(2, "14/18", is_board=True, repeats=1)
    assert texts_of(board, [board]) == ([2], "14/18")
