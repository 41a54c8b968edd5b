"""What a stage may know of the machinery in this process: whether anything is still to be handled, ticked or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, func, select

import sandbox.server
from bot.house import House
from handlers.local_time import local_day
from handlers.telling.windows import windows_to_close
from scheduler.calendar_rows import lacks_rows
from scheduler.looking import find_due
from storage import outbox
from storage.errands import errands
from storage.outbox import parcels
from storage.records.alerts import alerts_due
from storage.records.approvals import approvals_due
from storage.records.directives import directives_to_chase
from storage.records.follow_ups import follow_ups_due
from storage.records.incidents import duties_due
from storage.records.playbooks import runs_to_end, steps_due
from storage.records.rounds import rounds_to_sum_up
from storage.records.timed_reminders import reminders_due

LOOK_BACK = timedelta(days=5)
WATCHED = (
    alerts_due,
    directives_to_chase,
    steps_due,
    runs_to_end,
    duties_due,
    approvals_due,
    follow_ups_due,
    windows_to_close,
    reminders_due,
)
"""What the watches of the scheduler will move on at their next look."""


@dataclass(slots=True)
class HouseBackstage:
    house: House
    messenger: sandbox.server.Sandbox
    idle_at: datetime | None = None  # ticks before that are past, whatever the calendar says of them now

    def latest_change(self) -> int:
        return self.messenger.cloud.counters.sequence

    async def is_idle(self) -> bool:
        cloud = self.messenger.cloud
        if self.house.clock.ahead != cloud.clock.offset or any(post.queue.pending for post in cloud.posts.values()):
            return False
        if not all(side.is_empty for side in cloud.sides.values()):
            return False
        now = self.house.clock.now()
        since = self.idle_at or now - LOOK_BACK
        if await self.house.database.read(partial(_is_anything_due, since=since), now):
            return False
        self.idle_at = now
        return True


def _is_anything_due(tx: Connection, now: datetime, *, since: datetime) -> bool:
    to_send = select(func.count()).where(parcels.c.state.in_(outbox.OPEN), parcels.c.due_at <= now)
    to_fetch = select(func.count()).where(errands.c.done_at.is_(None))
    return bool(
        tx.execute(to_send).scalar_one()
        or tx.execute(to_fetch).scalar_one()
        or lacks_rows(tx, now)  # the calendar of a kind that was just defined: its ticks cannot be seen yet
        or find_due(tx, now, since=since)
        or any(due(tx, now) for due in WATCHED)
        or rounds_to_sum_up(tx, since=local_day(now), now=now)
    )
