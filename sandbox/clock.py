"""The movable clock: the machine's time plus an offset that only grows; everything that waits in the sandbox waits on it."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

FARTHEST = 10 * 366 * 86_400.0
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Clock:
    def __init__(self, offset: float = 0.0) -> None:
        self.offset = offset
        self.version = 0
        self.closed = False
        self._moved = asyncio.Event()

    def now(self) -> float:
        return time.time() + self.offset

    def today(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC).astimezone(VIETNAM)

    def advance(self, seconds: float) -> None:
        """Only forward: messages already carry the time they were sent at."""
        if seconds < 0:
            raise ValueError("Đồng hồ chỉ đi tới, không lùi lại được.")
        if not self.offset + seconds < FARTHEST:
            raise ValueError("Xa quá: đồng hồ chỉ đi trước máy nhiều nhất mười năm.")
        self.offset += seconds
        self.version += 1
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()

    def move_to(self, moment: datetime) -> None:
        self.advance(moment.timestamp() - self.now())

    async def sleep(self, seconds: float) -> None:
        """Sleeps in the clock's time: moving the clock past the end wakes the sleeper."""
        end = self.now() + seconds
        while (left := end - self.now()) > 0:
            await self.wait_for_move(left)

    def close(self) -> None:
        """Nobody is kept waiting for a clock that stands still for good."""
        self.closed = True
        self._moved.set()

    async def wait_for_move(self, timeout: float) -> None:  # noqa: ASYNC109 - a bounded wait is what is asked for
        try:
            async with asyncio.timeout(timeout):
                await self._moved.wait()
        except TimeoutError:
            return

    def as_json(self) -> dict[str, Any]:
        return {"now": self.today().isoformat(timespec="seconds"), "offset": self.offset, "version": self.version}


def read_moment(words: str, today: datetime) -> datetime:
    """ "16:30" is the next such time of day, "tomorrow 07:30" that of the day after, else an ISO moment."""
    day, _, time_of_day = words.strip().rpartition(" ")
    if day not in ("", "tomorrow", "ngày mai"):
        raise ValueError(f"Không hiểu thời điểm «{words}».")
    try:
        if len(time_of_day) > 5:
            moment = datetime.fromisoformat(time_of_day)
            return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
        hour, minute = (int(part) for part in time_of_day.split(":"))
        moment = today.replace(hour=hour, minute=minute, second=0, microsecond=0)
    except ValueError:
        raise ValueError(f"Không hiểu thời điểm «{words}»: xin viết như 16:30 hoặc 2026-11-23T07:30+07:00.") from None
    if day or moment <= today:
        moment += timedelta(days=1)
    return moment
