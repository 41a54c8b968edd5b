"""How fast a platform may be written to: by bot, by chat, by group and minute. Pure: seconds come in as an argument.

The second of the bot is kept by arrivals, which nobody sees: a request arrived somewhere between its leaving and its
answer. What took longer than the quickest of late may have arrived later by as much, and keeps its place by as much longer.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from bot.platform import Limits

SECOND = 1.005  # what comes next may be a little quicker than the quickest so far
LONGEST_DOUBT = 1.0  # seconds by which a place is kept longer, at most: some answers take minutes
ROUND_TRIPS = 300  # of which the quickest counts: the way may change
MARGIN = 1.03  # windows of a chat a little wider than the platform's: what leaves evenly arrives with jitter
SEVERAL_CHATS = 3  # that many chats refusing within the window: it is the bot that is too fast
SEVERAL_WITHIN = 10.0
GROUP_WINDOW = 60.0
KEPT_FOR_URGENT = 4  # of a group's messages in a minute: an alert must not find the room closed by a broadcast
KEPT_FOR_ALERTS = 3  # of the bot's messages in a second: so many alerts go
SOON = 0.15  # within this time, however full the second is


@dataclass(slots=True, eq=False)
class Departure:
    """A request that left, and when it was answered."""

    left: float
    answered: float | None = None


class Pacing:
    """Knows when the next message may go. `now` is in seconds that only rise (`Clock.seconds`)."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._most = max(1, int(limits.per_second))
        self._second: list[Departure] = []
        self._round_trips: deque[float] = deque(maxlen=ROUND_TRIPS)
        self._quickest = 0.0
        self._last_in_chat: dict[str, float] = {}
        self._in_group: dict[str, deque[float]] = {}
        self._rests: dict[str, float] = {}
        self._refusals: deque[tuple[float, str]] = deque(maxlen=SEVERAL_CHATS)
        self._all_rest_until = 0.0

    def bot_ready_at(self, now: float, *, is_alert: bool = False) -> float:
        """When this bot may send again, whatever the chat. Others go in a rhythm that soon lets alerts in between."""
        ready = max(now, self._all_rest_until)
        for_others = max(1, self._most - KEPT_FOR_ALERTS)
        if len(self._second) < for_others:
            return ready
        arrived = sorted(self._arrived_by(departure, now) for departure in self._second)
        if len(arrived) >= self._most:
            ready = max(ready, arrived[-self._most] + SECOND)
        if not is_alert:
            ready = max(ready, arrived[-for_others] + SECOND - SOON)
        return ready

    def _arrived_by(self, departure: Departure, now: float) -> float:
        """The latest that it may have arrived, reckoned as if the way there took no time."""
        known = now if departure.answered is None else departure.answered
        late = known - departure.left - self._quickest
        return departure.left + min(max(0.0, late), LONGEST_DOUBT)

    def chat_ready_at(self, chat_id: str, now: float, *, is_group: bool, is_urgent: bool = False) -> float:
        """When this chat may be written to again."""
        ready = max(now, self._rests.get(chat_id, 0.0))
        last = self._last_in_chat.get(chat_id)
        if last is not None:
            ready = max(ready, last + self._limits.chat_interval * MARGIN)
        sent = self._in_group.get(chat_id) if is_group else None
        if sent is not None:
            spare = 0 if is_urgent else min(KEPT_FOR_URGENT, self._limits.group_per_minute - 1)
            over = len(sent) + 1 - (self._limits.group_per_minute - spare)
            if over > 0:
                ready = max(ready, sent[over - 1] + GROUP_WINDOW * MARGIN)
        return ready

    def note_send(self, chat_id: str, now: float, *, is_group: bool, counts_in_chat: bool = True) -> Departure:
        """A request leaves then: now, or in a moment."""
        departure = Departure(now)
        self._second = [one for one in self._second if self._arrived_by(one, now) + SECOND > now]
        self._second = [*self._second, departure][-self._most :]
        if not counts_in_chat:
            return departure
        self._last_in_chat[chat_id] = now
        if is_group:
            sent = self._in_group.setdefault(chat_id, deque(maxlen=self._limits.group_per_minute))
            sent.append(now)
        if len(self._last_in_chat) > 20_000:
            self._forget_before(now - 2 * GROUP_WINDOW)
        return departure

    def note_answer(self, departure: Departure, now: float) -> None:
        """The platform has spoken about it; what it never heard of is left unanswered."""
        departure.answered = now
        self._round_trips.append(now - departure.left)
        self._quickest = min(self._round_trips)

    def note_refusal(self, chat_id: str, seconds: float, now: float) -> None:
        """The platform said "too fast": the chat rests; when several say so at once, the bot does."""
        self._rests[chat_id] = now + seconds
        self._refusals.append((now, chat_id))
        lately = {chat for moment, chat in self._refusals if now - moment < SEVERAL_WITHIN}
        if len(lately) >= SEVERAL_CHATS:
            self._all_rest_until = max(self._all_rest_until, now + seconds)

    def _forget_before(self, moment: float) -> None:
        self._last_in_chat = {chat: last for chat, last in self._last_in_chat.items() if last > moment}
        self._in_group = {chat: sent for chat, sent in self._in_group.items() if sent[-1] > moment}
        self._rests = {chat: until for chat, until in self._rests.items() if until > moment}
