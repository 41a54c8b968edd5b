"""The pace of a platform, whatever is wanted of it: no window of time ever holds more than its limit."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.pacing import GROUP_WINDOW, KEPT_FOR_ALERTS, KEPT_FOR_URGENT, MARGIN, SOON, Pacing
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
    assert pacing.bot_ready_at(1_000.0) == 1_000.0 + MARGIN - SOON
    for person in PEOPLE[-KEPT_FOR_ALERTS:]:
        assert pacing.bot_ready_at(1_000.0, is_alert=True) == 1_000.0
        pacing.note_send(person, 1_000.0, is_group=False)
    assert pacing.bot_ready_at(1_000.0, is_alert=True) == 1_000.0 + MARGIN


def test_an_alert_in_a_broadcast_never_waits_long_and_the_broadcast_loses_nothing() -> None:
    pacing, now, sent = Pacing(LIMITS), 1_000.0, 0
    while now < 1_020.0:
        now = pacing.bot_ready_at(now)
        pacing.note_send(str(sent), now, is_group=False)
        sent += 1
        assert pacing.bot_ready_at(now, is_alert=True) - now <= SOON + 1e-9
    assert sent >= LIMITS.per_second * 20 / MARGIN - 1


def test_a_platform_of_one_message_a_second_has_nothing_to_keep_back() -> None:
    pacing = Pacing(replace(LIMITS, per_second=1))
    assert pacing.bot_ready_at(1_000.0) == 1_000.0
    pacing.note_send("1005", 1_000.0, is_group=False)
    assert pacing.bot_ready_at(1_000.0) == 1_000.0 + MARGIN


def test_chats_of_long_ago_are_forgotten_and_nothing_else() -> None:
    pacing = Pacing(LIMITS)
    for number in range(20_001):
        pacing.note_send(str(number), 1_000.0, is_group=False)
    pacing.note_send("5", 2_000.0, is_group=False)
    assert len(pacing._last_in_chat) == 1
    assert pacing.chat_ready_at("5", 2_000.0, is_group=False) > 2_000.0
