"""Ticks: each ran once, and none before its time."""

from __future__ import annotations

from sqlalchemy import func, select

from storage.invariant import Invariant
from storage.records.schedules import schedule_ticks

INVARIANTS = (
    Invariant(
        "Một giờ hẹn chạy hai lần (lịch, lúc)",
        select(schedule_ticks.c.schedule_id, schedule_ticks.c.due_at)
        .group_by(schedule_ticks.c.schedule_id, schedule_ticks.c.due_at)
        .having(func.count() > 1),
    ),
    Invariant(
        "Giờ hẹn chạy sớm hơn hạn (số)",
        select(schedule_ticks.c.id).where(schedule_ticks.c.began_at < schedule_ticks.c.due_at),
    ),
)
