"""Flood limits as a bot meets them: per bot, per chat and per group, on the movable clock; off unless asked for."""

import math
from collections import deque
from dataclasses import dataclass, fields
from typing import Any

MINUTE = 60.0
SAME_SIZE_FROM = 100_000


@dataclass(slots=True)
class Limits:
    enforced: bool = False
    strict: bool = False
    per_second: int = 30
    per_chat: int = 1
    per_group_minute: int = 20
    round_trip: float = 0.0
    absorb: float = 0.0  # waits up to so many seconds are sat out inside the call, as the real server does up to 8


@dataclass(slots=True)
class Bucket:
    """Lenient: so many tokens, refilled evenly; bursts up to the whole bucket pass."""

    size: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float, cost: float) -> float:
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        needed = min(cost, self.size)
        return 0.0 if self.level >= needed else (needed - self.level) / self.per_second

    def take(self, now: float, cost: float) -> None:  # noqa: ARG002 - the window beside it needs the time
        self.level -= cost


class Window:
    """Strict: never more than so many within any such stretch of time."""

    def __init__(self, size: int, seconds: float) -> None:
        self.size = size
        self.seconds = seconds
        self._taken: deque[float] = deque()

    def wait(self, now: float, cost: float) -> float:
        while self._taken and self._taken[0] <= now - self.seconds:
            self._taken.popleft()
        free = self.size - len(self._taken)
        if free >= min(cost, self.size):
            return 0.0
        return self._taken[int(min(cost, self.size)) - free - 1] + self.seconds - now

    def take(self, now: float, cost: float) -> None:
        self._taken.extend([now] * int(cost))


def _as(default: Any, value: Any) -> bool | int | float:
    """A limit as it was meant: yes or no, a count of at least one, or seconds."""
    if isinstance(default, bool):
        return value is True
    return max(1, int(value)) if isinstance(default, int) else max(0.0, float(value))


class Flood:
    def __init__(self) -> None:
        self.limits = Limits()
        self._meters: dict[tuple[int, str], Bucket | Window] = {}

    def change(self, wish: dict[str, Any]) -> Limits:
        for limit in fields(Limits):
            if limit.name in wish:
                setattr(self.limits, limit.name, _as(limit.default, wish[limit.name]))
        self._meters.clear()
        return self.limits

    def wait(self, *, bot_id: int, chat_key: str, is_group: bool, now: float, cost: int = 1) -> int:
        """Seconds to wait before this call may be made again; 0 lets it through and counts it."""
        if not self.limits.enforced:
            return 0
        meters = [self._meter(bot_id, "", now), self._meter(bot_id, chat_key, now)]
        if is_group:
            meters.append(self._meter(bot_id, "minute " + chat_key, now))
        longest = max(meter.wait(now, cost) for meter in meters)
        if longest > 0:
            return math.ceil(longest)
        for meter in meters:
            meter.take(now, cost)
        return 0

    def wait_for_upload(self, *, bot_id: int, size: int, now: float) -> int:
        """Files of one size over 100 kB may only come so fast; beyond that the answer is a whole minute."""
        if not self.limits.enforced or size < SAME_SIZE_FROM:
            return 0
        meter = self._meters.setdefault((bot_id, f"size {size}"), Bucket(5, 1 / 0.9, 5, now))
        if meter.wait(now, 1) > 0:
            return 60
        meter.take(now, 1)
        return 0

    def _meter(self, bot_id: int, name: str, now: float) -> Bucket | Window:
        meter = self._meters.get((bot_id, name))
        if meter is None:
            meter = self._meters[bot_id, name] = self._new_meter(name, now)
        return meter

    def _new_meter(self, name: str, now: float) -> Bucket | Window:
        limits = self.limits
        if name.startswith("minute "):
            size, seconds = limits.per_group_minute, MINUTE
        else:
            size, seconds = (limits.per_chat if name else limits.per_second), 1.0
        if limits.strict:
            return Window(size, seconds)
        room = max(size, 3)  # short bursts in one chat are tolerated
        return Bucket(room, size / seconds, room, now)
