"""A line that takes what we send and gives no answer: after a few messages in doubt no more are sent until it answers.

Each message sent into such a line becomes one that nobody knows about, and the office must look after every one of them.
So the first after a quiet time go as feelers; three doubts in a row break the circuit; a harmless call is tried, with
growing pauses, until it is answered; then messages go one at a time until one of them is.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

import structlog

from bot.logs import where
from bot.platform import DeliveryError, Platform, Reason
from handlers.wording import platform_name

SEVERAL = 3  # doubts in a row
FEELERS = 8  # requests under way where nothing was answered lately
QUIET_FOR = 30.0  # seconds
PAUSES = (2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
TOO_LONG = 600.0  # seconds after which people are told another way

log = structlog.get_logger()


class Breaker:
    """The circuit of one platform. Times are the machine's seconds."""

    def __init__(self, platform: Platform, *, pauses: Sequence[float] = PAUSES, too_long: float = TOO_LONG) -> None:
        self._platform = platform
        self._pauses = pauses
        self._too_long = too_long
        self._answered_at = float("-inf")
        self._broken_at = 0.0
        self.reset()

    def reset(self) -> None:
        """As if nothing were known."""
        self.trouble: str | None = None
        self.is_broken = False
        self.is_on_trial = False  # the harmless call was answered; a message has not been yet
        self._doubts = 0
        self._failures = 0

    def room(self, at_once: int) -> int:
        """How many requests may be under way."""
        if self.is_broken:
            return 0
        if self.is_on_trial:
            return 1
        is_quiet = time.monotonic() - self._answered_at > QUIET_FOR
        return min(at_once, FEELERS) if is_quiet else at_once

    def note_answer(self) -> None:
        """The platform said something about a message: taken, or refused."""
        self._answered_at = time.monotonic()
        if self.trouble is not None:
            log.info("line_restored", platform=self._platform.name, failures=self._failures)
        if self._doubts or self.is_on_trial or self.is_broken:
            self.reset()

    def note_doubt(self) -> bool:
        """A message left and nobody knows what became of it; true where this breaks the circuit."""
        self._doubts += 1
        if self.is_broken or (self._doubts < SEVERAL and not self.is_on_trial):
            return False
        if self.trouble is None:
            self._broken_at = time.monotonic()
            name = platform_name(self._platform.name)
            self.trouble = (
                f"{name} nhận kết nối mà không trả lời: tôi tạm ngừng gửi và thử lại liên tục; tin chờ không mất."
            )
            log.warning("line_troubled", platform=self._platform.name, meaning=self.trouble, doubts=self._doubts)
        self.is_broken, self.is_on_trial = True, False
        return True

    def note(self, error: DeliveryError | None) -> bool:
        """The outcome of a request (none: it went well); true where it breaks the circuit. What never left says nothing."""
        if error is None or error.reason not in (Reason.UNCERTAIN, Reason.AWAY):
            self.note_answer()
        return error is not None and error.reason == Reason.UNCERTAIN and self.note_doubt()

    async def probe_until_answered(self, *, meanwhile: Callable[[], Awaitable[None]]) -> None:
        """`meanwhile` is done after each try once it has lasted too long."""
        while self.is_broken:
            is_answered = await self._probe()
            if not is_answered and time.monotonic() - self._broken_at >= self._too_long:
                try:
                    await meanwhile()
                except Exception as error:  # noqa: BLE001 - a fault of ours; the line must be probed all the same
                    log.error("delivery_failed", error=type(error).__name__, where=where(error))

    async def _probe(self) -> bool:
        """One pause and one harmless call; the circuit is on trial once that is answered."""
        await asyncio.sleep(self._pauses[min(self._failures, len(self._pauses) - 1)])
        if not self.is_broken:
            return True  # a message of before was answered meanwhile
        self._failures += 1
        try:
            await self._platform.probe()
        except Exception as error:  # noqa: BLE001 - whatever it is, who probes must go on
            log.info("probe_unanswered", platform=self._platform.name, error=type(error).__name__)
            return False
        if self.is_broken:
            self.is_broken, self.is_on_trial = False, True
        return True


def trouble_of(platform: Platform, breaker: Breaker | None) -> str | None:
    """What is wrong with the way out, or with the way in."""
    return (None if breaker is None else breaker.trouble) or platform.trouble
