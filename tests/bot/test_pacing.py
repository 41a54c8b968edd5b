"""The pace of a platform, whatever is wanted of it: no window of time ever holds more than its limit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from heapq import heappop, heappush

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.delivery.pacing import (
    GROUP_WINDOW,
    KEPT_FOR_ALERTS,
    KEPT_FOR_URGENT,
    LONGEST_DOUBT,
    ROUND_TRIPS,
    SECOND,
    SOON,
    Departure,
    Pacing,
)
from bot.platforms.telegram import LIMITS

ROOMS = ("-1001", "-1002", "-1003")
PEOPLE = tuple(str(number) for number in range(1001, 1051))


def most_within(moments: list[float], seconds: float) -> int:
    """The fullest window of that length (both its ends belong to it)."""
    return max((sum(start <= moment < start + seconds for moment in moments) for start in moments), default=0)


class Sending(RuleBasedStateMachine):
    """Sends as fast as it may, now to one chat and now to another, and is told from time to time to be slower."""

    def __init__(self) -> None:
        super().__init__()
        self.pacing = Pacing(LIMITS)
        self.now = 1_000.0
        self.sent: list[tuple[float, str]] = []
        self.resting: dict[str, float] = {}

    @rule(seconds=st.sampled_from((0.001, 0.03, 0.4, 1.0, 3.0, 20.0)))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @rule(room=st.sampled_from(ROOMS), is_urgent=st.booleans(), times=st.integers(1, 25))
    def write_to_room(self, room: str, is_urgent: bool, times: int) -> None:
        for _ in range(times):
            self.now = self.pacing.chat_ready_at(room, self.now, is_group=True, is_urgent=is_urgent)
            self._send(room, is_group=True)
            if not is_urgent:
                lately = [moment for moment, chat in self.sent if chat == room and moment > self.now - GROUP_WINDOW]
                assert len(lately) <= LIMITS.group_per_minute - KEPT_FOR_URGENT

    @rule(first=st.integers(0, 49), people=st.integers(1, 50))
    def write_to_people(self, first: int, people: int) -> None:
        for person in (PEOPLE * 2)[first : first + people]:
            self.now = self.pacing.chat_ready_at(person, self.now, is_group=False)
            self._send(person, is_group=False)

    @rule(room=st.sampled_from(ROOMS), seconds=st.integers(1, 30))
    def be_refused(self, room: str, seconds: int) -> None:
        self.pacing.note_refusal(room, seconds, self.now)
        self.resting[room] = self.now + seconds

    def _send(self, chat: str, *, is_group: bool) -> None:
        self.now = self.pacing.bot_ready_at(self.now)
        assert self.now >= self.resting.get(chat, 0.0)
        self.pacing.note_send(chat, self.now, is_group=is_group)
        self.sent.append((self.now, chat))

    @invariant()
    def the_bot_stays_below_its_limit(self) -> None:
        assert most_within([moment for moment, _ in self.sent[-120:]], 1.0) <= LIMITS.per_second

    @invariant()
    def every_chat_stays_below_its_limit(self) -> None:
        for chat in {chat for _, chat in self.sent[-120:]}:
            assert most_within([moment for moment, to in self.sent if to == chat], LIMITS.chat_interval) <= 1

    @invariant()
    def every_room_stays_below_its_limit(self) -> None:
        for room in ROOMS:
            moments = [moment for moment, to in self.sent if to == room]
            assert most_within(moments, GROUP_WINDOW) <= LIMITS.group_per_minute


TestSending = Sending.TestCase
TestSending.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)


THERE, BACK = 0.03, 0.07  # seconds, at the quickest


@dataclass(frozen=True, slots=True)
class Way:
    """How a request and its answer travel later than the quickest, in seconds."""

    there: float
    back: float


class Messenger:
    """Takes as many requests as the pace lets go, each on its own way; remembers when they arrived."""

    def __init__(self) -> None:
        self.pacing = Pacing(LIMITS)
        self.now = 1_000.0
        self.arrivals: list[float] = []
        self._answers: list[tuple[float, int, Departure]] = []

    def take(self, way: Way) -> None:
        while (ready := self.pacing.bot_ready_at(self.now)) > self.now:
            self.now = min(ready, self._answers[0][0]) if self._answers else ready
            while self._answers and self._answers[0][0] <= self.now:
                self.pacing.note_answer(heappop(self._answers)[2], self.now)
        departure = self.pacing.note_send(str(len(self.arrivals)), self.now, is_group=False)
        self.arrivals.append(self.now + THERE + way.there)
        heappush(self._answers, (self.arrivals[-1] + BACK + way.back, len(self.arrivals), departure))


ways = st.builds(Way, there=st.floats(0, LONGEST_DOUBT / 2), back=st.floats(0, LONGEST_DOUBT / 2))


@given(st.lists(st.lists(ways, min_size=1, max_size=7), min_size=1, max_size=7))
def test_however_late_requests_arrive_no_second_there_holds_too_many(spells: list[list[Way]]) -> None:
    messenger = Messenger()
    messenger.take(Way(0, 0))
    for spell in spells:
        for number in range(40):
            messenger.take(spell[number % len(spell)])
    assert most_within(messenger.arrivals, 1.0) <= LIMITS.per_second


def test_where_all_travel_alike_the_second_is_filled() -> None:
    messenger = Messenger()
    for _ in range(20 * LIMITS.per_second + 1):
        messenger.take(Way(0, 0))
    assert messenger.arrivals[-1] - messenger.arrivals[0] <= 20 * SECOND + 1e-6


def test_an_answer_that_takes_minutes_keeps_its_place_for_a_while_only() -> None:
    pacing = Pacing(replace(LIMITS, per_second=1))
    pacing.note_answer(pacing.note_send("1005", 1_000.0, is_group=False), 1_000.1)
    pacing.note_send("1006", 1_010.0, is_group=False)
    assert pacing.bot_ready_at(1_010.5) == pytest.approx(1_010.4 + SECOND)
    assert pacing.bot_ready_at(1_100.0) == 1_100.0


def test_a_way_that_has_become_longer_is_learnt() -> None:
    pacing, now = Pacing(replace(LIMITS, per_second=1)), 1_000.0
    for round_trip in [0.1] + [0.4] * ROUND_TRIPS:
        now = pacing.bot_ready_at(now)
        departure = pacing.note_send("1005", now, is_group=False)
        now += round_trip
        pacing.note_answer(departure, now)
    assert pacing.bot_ready_at(now) - departure.left == pytest.approx(SECOND)


def send_while_ready(pacing: Pacing, room: str, *, is_urgent: bool) -> int:
    """How many may go to a room within its minute, a second apart."""
    sent = 0
    for second in range(50):
        now = 1_000.0 + second * 1.05
        if pacing.chat_ready_at(room, now, is_group=True, is_urgent=is_urgent) <= now:
            pacing.note_send(room, now, is_group=True)
            sent += 1
    return sent


def test_a_broadcast_leaves_room_for_an_alert() -> None:
    pacing = Pacing(LIMITS)
    assert send_while_ready(pacing, "-1001", is_urgent=False) == LIMITS.group_per_minute - KEPT_FOR_URGENT
    assert pacing.chat_ready_at("-1001", 1_055.0, is_group=True, is_urgent=True) == 1_055.0
    assert pacing.chat_ready_at("-1001", 1_055.0, is_group=True) > 1_055.0


def test_urgent_messages_may_use_the_whole_minute() -> None:
    assert send_while_ready(Pacing(LIMITS), "-1001", is_urgent=True) == LIMITS.group_per_minute


def test_one_refusing_chat_rests_alone() -> None:
    pacing = Pacing(LIMITS)
    pacing.note_refusal("-1001", 7, 1_000.0)
    assert pacing.chat_ready_at("-1001", 1_000.0, is_group=True) == 1_007.0
    assert pacing.chat_ready_at("-1002", 1_000.0, is_group=True) == 1_000.0
    assert pacing.bot_ready_at(1_000.0) == 1_000.0


def test_when_several_chats_refuse_the_bot_rests() -> None:
    pacing = Pacing(LIMITS)
    for second, room in enumerate(ROOMS):
        pacing.note_refusal(room, 7, 1_000.0 + second)
    assert pacing.bot_ready_at(1_002.0) == 1_009.0


def test_the_same_chat_refusing_thrice_does_not_stop_the_bot() -> None:
    pacing = Pacing(LIMITS)
    for second in range(3):
        pacing.note_refusal("-1001", 7, 1_000.0 + second)
    assert pacing.bot_ready_at(1_003.0) == 1_003.0


def test_a_full_second_still_lets_alerts_in() -> None:
    pacing = Pacing(LIMITS)
    for person in PEOPLE[: LIMITS.per_second - KEPT_FOR_ALERTS]:
        assert pacing.bot_ready_at(1_000.0) == 1_000.0
        pacing.note_send(person, 1_000.0, is_group=False)
    assert pacing.bot_ready_at(1_000.0) == 1_000.0 + SECOND - SOON
    for person in PEOPLE[-KEPT_FOR_ALERTS:]:
        assert pacing.bot_ready_at(1_000.0, is_alert=True) == 1_000.0
        pacing.note_send(person, 1_000.0, is_group=False)
    assert pacing.bot_ready_at(1_000.0, is_alert=True) == 1_000.0 + SECOND


def test_an_alert_in_a_broadcast_never_waits_long_and_the_broadcast_loses_nothing() -> None:
    pacing, now, sent = Pacing(LIMITS), 1_000.0, 0
    while now < 1_020.0:
        now = pacing.bot_ready_at(now)
        pacing.note_answer(pacing.note_send(str(sent), now, is_group=False), now)
        sent += 1
        assert pacing.bot_ready_at(now, is_alert=True) - now <= SOON + 1e-9
    assert sent >= LIMITS.per_second * 20 / SECOND - 1


def test_a_platform_of_one_message_a_second_has_nothing_to_keep_back() -> None:
    pacing = Pacing(replace(LIMITS, per_second=1))
    assert pacing.bot_ready_at(1_000.0) == 1_000.0
    pacing.note_send("1005", 1_000.0, is_group=False)
    assert pacing.bot_ready_at(1_000.0) == 1_000.0 + SECOND


def test_chats_of_long_ago_are_forgotten_and_nothing_else() -> None:
    pacing = Pacing(LIMITS)
    for number in range(20_001):
        pacing.note_send(str(number), 1_000.0, is_group=False)
    pacing.note_send("5", 2_000.0, is_group=False)
    assert len(pacing._last_in_chat) == 1
    assert pacing.chat_ready_at("5", 2_000.0, is_group=False) > 2_000.0
